"""What a browser or program sends about the plan of approach. Only words are needed; nothing is trimmed."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr

from vbg.goals.forms import Day, Names, at_most, there
from vbg.goals.rules import MAX_TEXT

Words = Annotated[StrictStr, at_most(MAX_TEXT, "too_long_text"), AfterValidator(there)]
Maybe = Annotated[UUID | None, BeforeValidator(lambda value: None if value == "" else value)]
"""An id, or none: a browser sends an empty text for none."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StrategyEdit(_Form):
    """How the goal is gone about; the hypothesis it rests on and the film on which it is to be seen, if any."""

    text: Words
    hypothesis: Maybe = None
    film: Maybe = None


class StrategyIn(StrategyEdit):
    """A new strategy. The same POST with the same `id` makes no twin."""

    id: UUID | None = None


class StepEdit(_Form):
    """One small thing, who does it (call names) and when, in words."""

    text: Words
    who: Names = ""
    when_words: Names = ""


class StepIn(StepEdit):
    """A new step. The same POST with the same `id` makes no twin."""

    id: UUID | None = None


class DoneIn(_Form):
    """On which day it was done; without a day it is today."""

    on: Day = None
