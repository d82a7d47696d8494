"""What is sent about a concern: a fact, or a step that was taken."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr

from vbg.concerns.rules import CODES, MAX_NAMES, MAX_TEXT, OWN
from vbg.goals.forms import Day, at_most


def _there(text: str) -> str:
    if not text.strip():
        raise ValueError("missing")
    return text


def _known(code: str) -> str:
    if code not in CODES:
        raise ValueError("unknown_step")
    return code


Words = Annotated[StrictStr, at_most(MAX_TEXT, "too_long_concern")]
Names = Annotated[StrictStr, at_most(MAX_NAMES, "too_long_names")]
Id = Annotated[UUID | None, BeforeValidator(lambda value: value or None)]


class FactIn(BaseModel):
    """What was seen or heard; apart from it what that might mean. The same POST with the same `id` makes no twin."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id = None
    fact: Annotated[Words, AfterValidator(_there)]
    meaning: Words = ""
    seen_by: Names = ""
    on: Day = None


class ConcernStepIn(BaseModel):
    """A step that was taken; without a code it is one of her own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[StrictStr, AfterValidator(_known)] = OWN
    words: Words = ""
    on: Day = None
