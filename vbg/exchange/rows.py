"""A moment as files know it, and the refusal that names a line."""

from dataclasses import dataclass
from uuid import UUID

from vbg import ids
from vbg.reasons import ReasonError


class LineError(ReasonError):
    """A file cannot be taken in: `line` counts from 1, `code` says why, `values` fill its sentence."""

    def __init__(self, line: int, code: str, **values: object) -> None:
        super().__init__(code, "", **values)
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One moment. Times are whole ms of film time, `end_ms` None is a point; `marks` are (label, ms).

    `id` None: the file does not say which one it is. `line` is where it begins in the file it was read from.
    """

    start_ms: int
    end_ms: int | None
    id: UUID | None = None
    words: str = ""
    marks: tuple[tuple[str, int], ...] = ()
    goals: tuple[str, ...] = ()
    who_began: str | None = None
    chosen: bool = False
    line: int = 0
    when_words: str = ""
    what_words: str = ""
    for_words: str = ""
    child_says: str = ""
    photo_ms: int | None = None


def read_id(text: str, line: int) -> UUID | None:
    """The id that `text` spells, None for an empty one. LineError not_an_id."""
    found = ids.parse(text) if text else None
    if text and found is None:
        raise LineError(line, "not_an_id")
    return found
