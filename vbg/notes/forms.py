"""What is sent about a note of a family. Its words are enough; nothing is trimmed."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr

from vbg.goals.forms import Day, at_most
from vbg.notes.rules import MAX_SHORT, MAX_TEXT, Kind


def _there(text: str) -> str:
    if not text.strip():
        raise ValueError("missing")
    return text


def _number(value: object) -> object:
    return value if value != "" else 0


Text = Annotated[StrictStr, at_most(MAX_TEXT, "too_long_note"), AfterValidator(_there)]
Short = Annotated[StrictStr, at_most(MAX_SHORT, "too_long_names")]


class NoteEdit(BaseModel):
    """A note as it is to read. `version`: the one that was corrected; 0 asks for no look at that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Text
    kind: Kind = Kind.TALK
    on: Day = None
    place: Short = ""
    present: Short = ""
    version: Annotated[int, BeforeValidator(_number)] = 0


class NoteIn(NoteEdit):
    """A new note. The same POST with the same `id` makes no twin."""

    id: UUID | None = None
