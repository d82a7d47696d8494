"""What a browser or program sends about a goal. Only its text is needed; nothing is trimmed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr

from vbg.goals import rules


def _text(text: str) -> str:
    fault = rules.text_fault(text) or (None if text.strip() else "missing")
    if fault:
        raise ValueError(fault)
    return text


def _names(names: str) -> str:
    fault = rules.text_fault(names, rules.MAX_NAMES)
    if fault:
        raise ValueError("too_long_names" if fault == "too_long_goal" else fault)
    return names


def _day(value: object) -> object:
    if value in ("", None):
        return None
    return value if isinstance(value, str | date) else "not a day"


Names = Annotated[StrictStr, AfterValidator(_names)]
Text = Annotated[StrictStr, AfterValidator(_text)]
Day = Annotated[date | None, BeforeValidator(_day)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AgreementIn(_Form):
    """Who agreed, and on which day; a name alone means today."""

    agreed_by: Names = ""
    agreed_on: Day = None


class GoalEdit(AgreementIn):
    """A goal's words, whose they are, and who agreed to them."""

    text: Text
    authors: Names = ""


class GoalIn(GoalEdit):
    """A new goal. The same POST with the same `id` makes no twin."""

    id: UUID | None = None
