"""What a browser or program sends about a moment. Whole numbers only: 1.0 and true are not times."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from vbg.films.rules import Situation
from vbg.goals.forms import at_most
from vbg.moments import rules
from vbg.tagsets.shape import Began


def _once(goals: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(goals))


def _known(situation: str) -> str:
    if situation not in set(Situation):
        raise ValueError("not_a_choice")
    return situation


Words = Annotated[StrictStr, at_most(rules.MAX_WORDS, "too_long_words")]
Line = Annotated[StrictStr, at_most(rules.MAX_LINE, "too_long_words")]
NoteText = Annotated[StrictStr, at_most(rules.MAX_NOTE, "too_long_words")]
By = Annotated[StrictStr, Field(max_length=60)]
Goals = Annotated[list[UUID], Field(max_length=rules.MAX_GOALS), AfterValidator(_once)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MarkIn(_Form):
    """A label at a time (ms of film time)."""

    tag: Annotated[StrictStr, Field(max_length=80)]
    at_ms: StrictInt


Marks = Annotated[list[MarkIn], Field(max_length=rules.MAX_MARKS)]


class MomentIn(_Form):
    """A new moment: a time is enough. `end_ms` null is a point.

    `found_by` null or "counselor" is whoever sends it, else the id of somebody around the family.
    `photo_ms` is the frame on its span that is kept as its still, null the default one. `child_says_by`: call name of
    the adult of the family who said or approved what the child would say; other words for the child take it back.
    """

    start_ms: StrictInt
    id: UUID | None = None
    end_ms: StrictInt | None = None
    marks: Marks = []
    goals: Goals = []
    who_began: Began | None = None
    words: Words = ""
    when_words: Line = ""
    what_words: Line = ""
    for_words: Line = ""
    child_says: Line = ""
    child_says_by: By = ""
    photo_ms: StrictInt | None = None
    chosen: StrictBool = False
    found_by: By | None = None


class MomentPatch(_Form):
    """The fields to change; those not sent stay. `who_began` null gives it back to the marks."""

    start_ms: StrictInt = 0
    end_ms: StrictInt | None = None
    marks: Marks = []
    goals: Goals = []
    who_began: Began | None = None
    words: Words = ""
    when_words: Line = ""
    what_words: Line = ""
    for_words: Line = ""
    child_says: Line = ""
    child_says_by: By = ""
    photo_ms: StrictInt | None = None
    chosen: StrictBool = False
    found_by: By | None = None

    @classmethod
    def of(cls, **fields: object) -> Self:
        """A patch made in code, from plain values."""
        return cls.model_validate(fields)


class SituationIn(_Form):
    """What the family does from a time (ms of film time) on; null takes the band that begins there away."""

    at_ms: StrictInt
    situation: Annotated[StrictStr, AfterValidator(_known)] | None = Field(
        json_schema_extra={"enum": [*Situation, None]}
    )


class NoteIn(_Form):
    """The working note's text; empty is a note without words. `was` is the text she wrote over, where it is known."""

    text: NoteText
    was: NoteText | None = None
