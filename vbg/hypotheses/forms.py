"""What a browser or program sends about a working hypothesis. Only its statement is needed; nothing is trimmed."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictStr

from vbg.goals.forms import Day, Line, at_most, there
from vbg.hypotheses import rules

Asked = Annotated[StrictStr, at_most(rules.MAX_ASKED, "too_long_asked"), AfterValidator(there)]
Statement = Annotated[StrictStr, at_most(rules.MAX_TEXT, "too_long_text"), AfterValidator(there)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HypothesisEdit(_Form):
    """Its statement, whether an observation or a talk gave it, on which day (none: today), the films that test it."""

    statement: Statement
    source: rules.Source = "observation"
    source_on: Day = None
    films: list[UUID] = []


class HypothesisIn(HypothesisEdit):
    """A new hypothesis, maybe with the moment that speaks for it. The same POST with the same `id` makes no twin."""

    id: UUID | None = None
    moment: UUID | None = None


class TurnIn(_Form):
    """How it stands from now on, why, and since which day (none: today)."""

    status: rules.Status
    reason: Line = ""
    on: Day = None


class EvidenceIn(_Form):
    """On which side a moment speaks."""

    side: rules.Side


class AskIn(_Form):
    """The question, in words of the family's. The same POST with the same `id` makes no twin."""

    text: Asked
    id: UUID | None = None


class ReplyIn(_Form):
    """What somebody of the family answers; neither an answer nor words takes it back."""

    answer: rules.Answer = ""
    words: Line = ""
