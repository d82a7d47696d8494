"""What follows from the marks of a moment, and what a moment may be. Times are whole ms of film time."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from vbg.reasons import ReasonError
from vbg.tagsets.shape import BEGAN, Began, Tag

MAX_SPAN_MS: Final = 600_000
"""Ten minutes. It also bounds how far back a window has to look for moments that still run."""
MAX_MARKS: Final = 200
MAX_GOALS: Final = 20
MAX_WORDS: Final = 4000
MAX_NOTE: Final = 20_000
MAX_LINE: Final = 300
"""Letters of each of the short words beside a moment."""
POINT_AIR_MS: Final = 2000
"""A photo of a point may lie so far on either side of it: what a clip of it shows."""
POINT_MS: Final = 4000
"""What is played of a point without a label."""
LINES: Final = ("when_words", "what_words", "for_words", "child_says")
"""The short words beside a moment, by the names of its fields."""

Mark = Mapping[str, Any]
Fields = Mapping[str, Any]
"""Some of a moment's fields as plain values, as an act keeps them."""


class Known(Protocol):
    """Labels by their id: one set, or all that a practice ever published."""

    def find(self, tag_id: str, /) -> Tag | None:
        """The label that a mark names, in the version in which the mark was made."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An initiative and the other person's first answer to it; `latency_ms` is the time between them."""

    first: Mark
    answer: Mark
    latency_ms: int


def in_order(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in film time; marks of the same ms keep the order of the presses."""
    return sorted(marks, key=lambda mark: int(mark["at_ms"]))


def who_began(marks: Sequence[Mark], labels: Known) -> Began | None:
    """Who the first mark that is about somebody is about, or None when no mark is."""
    found = (labels.find(mark["tag"]) for mark in in_order(marks))
    return next((BEGAN[tag.who] for tag in found if tag and tag.who), None)


def began(was_set: str | None, marks: Sequence[Mark], labels: Known) -> str | None:
    """Who began: as a person set it, else as it follows from the marks."""
    return was_set or who_began(marks, labels)


def pair(marks: Sequence[Mark], labels: Known) -> Pair | None:
    """The first press of child or parent and the first later one of the other, or None."""
    people = [(mark, _who(mark, labels)) for mark in in_order(marks)]
    people = [(mark, who) for mark, who in people if who in ("child", "parent")]
    for mark, who in people[1:]:
        if who != people[0][1]:
            first = people[0][0]
            return Pair(first, mark, int(mark["at_ms"]) - int(first["at_ms"]))
    return None


def _who(mark: Mark, labels: Known) -> str | None:
    tag = labels.find(mark["tag"])
    return tag.who if tag else None


def heading(words: str, marks: Sequence[Mark], labels: Known, child: str, language: str) -> str | None:
    """What stands above a moment: the first sentence of its words, else of its first label that has one.

    Without a `child` to name, a label that speaks of the child gives its name instead of its sentence.
    """
    if words.strip():
        return first_sentence(words)
    tags = (labels.find(mark["tag"]) for mark in in_order(marks))
    tag = next((tag for tag in tags if tag and tag.plain_nl), None)
    return _sentence(tag, child, language) if tag else None


def _sentence(tag: Tag, child: str, language: str) -> str:
    if child or "{k}" not in tag.plain_nl:
        return tag.plain(child, language)
    return tag.name(language)


def first_sentence(words: str) -> str:
    """The words up to and with the first full stop, question or exclamation mark, or line end."""
    text = words.strip()
    end = re.search(r"[.!?\u2026]+[\"\u201d\u2019')]*(?=\s|$)|(?=\n)", text)
    return text[: end.end()].strip() if end else text


def folded(text: str) -> str:
    """`text` as it is searched: no case, no accents, ĳ as ij, single blanks. Folding twice changes nothing."""
    bare = text
    for _ in range(3):
        parts = unicodedata.normalize("NFKD", bare)
        bare = unicodedata.normalize("NFKC", "".join(one for one in parts if not unicodedata.combining(one)).casefold())
    return " ".join(bare.split())


def check_span(start_ms: int, end_ms: int | None, duration_ms: int) -> None:
    """Refuse a span that no frame of the film fills. Codes: outside_film, end_before_start, span_too_long."""
    if not 0 <= start_ms < duration_ms:
        raise ReasonError("outside_film", "start_ms", duration_ms=duration_ms)
    if end_ms is None:
        return
    if end_ms <= start_ms:
        raise ReasonError("end_before_start", "end_ms")
    if end_ms > duration_ms:
        raise ReasonError("outside_film", "end_ms", duration_ms=duration_ms)
    if end_ms - start_ms > MAX_SPAN_MS:
        raise ReasonError("span_too_long", "end_ms", minutes=MAX_SPAN_MS // 60_000)


def photo_shown(photo_ms: int | None, start_ms: int, end_ms: int | None) -> int | None:
    """The photo that a moment with these edges (ms) shows, None for its default still.

    Moving an edge past a kept photo takes nothing away: the default still shows until the edges hold the photo again.
    """
    return photo_ms if photo_ms is not None and _holds(photo_ms, start_ms, end_ms) else None


def check_photo(fields: Fields, duration_ms: int, *, moved: bool) -> None:
    """Refuse a photo that is no part of the moment. Codes: outside_film, photo_outside_moment.

    `moved`: edges came along, maybe of a later hour than the photo, from a page without a line. The photo then waits
    as `photo_shown` says: no moment is lost over its photo.
    """
    photo = fields["photo_ms"]
    if photo is None:
        return
    if not 0 <= photo < duration_ms:
        raise ReasonError("outside_film", "photo_ms", duration_ms=duration_ms)
    if not moved and not _holds(photo, fields["start_ms"], fields["end_ms"]):
        raise ReasonError("photo_outside_moment", "photo_ms")


def _holds(at_ms: int, start_ms: int, end_ms: int | None) -> bool:
    if end_ms is None:
        return start_ms - POINT_AIR_MS <= at_ms < start_ms + POINT_AIR_MS
    return start_ms <= at_ms < end_ms


def others_words(sent: Fields, stands: Fields) -> dict[str, str]:
    """What changes along with `sent`: other words for the child are nobody's until somebody says or approves them."""
    new = sent.get("child_says", stands["child_says"]) != stands["child_says"]
    return {"child_says_by": ""} if new and "child_says_by" not in sent else {}


def check_marks(marks: Sequence[Mark], labels: Known, duration_ms: int) -> None:
    """Refuse marks outside [0, duration], or unknown ones. Codes: unknown_tag, mark_outside_film."""
    for mark in marks:
        if labels.find(mark["tag"]) is None:
            raise ReasonError("unknown_tag", "marks", tag=mark["tag"][:80])
        if not 0 <= mark["at_ms"] <= duration_ms:
            raise ReasonError("mark_outside_film", "marks", duration_ms=duration_ms)


def around(at_ms: int, tag: Tag, duration_ms: int) -> tuple[int, int]:
    """The span of one press: the label's lead before and lag after it, kept inside the film."""
    end = min(duration_ms, at_ms + tag.lag_ms)
    return max(0, min(at_ms - tag.lead_ms, end - 1)), end


def plays_to(start_ms: int, end_ms: int | None, first: Tag | None, duration_ms: int | None) -> int:
    """Where the playing of a moment ends; a point lasts as long as its `first` label reaches."""
    end = end_ms or start_ms + (first.lead_ms + first.lag_ms if first else POINT_MS)
    return min(end, duration_ms or end)


@dataclass(frozen=True, slots=True)
class Told:
    """What an act did, as a code, and the labels it speaks of; of a band its situation and film time (ms)."""

    code: str
    tags: tuple[str, ...] = ()
    situation: str = ""
    at_ms: int | None = None


_PLAIN: Final = (
    ("note", "note"), ("words", "words"), ("when_words", "lines"), ("what_words", "lines"), ("for_words", "lines"),
    ("child_says", "child"), ("child_says_by", "agreed"), ("photo_ms", "photo"), ("goals", "goals"),
    ("who_began", "who"),
)  # fmt: skip
_SPANS: Final = (("start_ms", "begin"), ("end_ms", "end"), ("marks", "labels"))


def told(verb: str, before: Fields, after: Fields) -> Told:
    """An act by the one thing that names it; an undoing is told as what it took back, a redoing as what it did again.

    Codes: mark, found, remove, restore, note, words, lines, child, agreed, photo, label_on, label_off, labels, chosen,
    unchosen, goals, situation, no_situation, who, moved, begin, end, other.
    """
    if verb == "undo":
        before, after = after, before
    if "situation" in after:
        shown = after["situation"] or before["situation"] or ""
        return Told("situation" if after["situation"] else "no_situation", (), shown, after["at_ms"])
    if "removed" in after:
        return _told_of_whole(after)
    on, off = _turned(before, after)
    if on or off:
        return Told("label_on", on) if on else Told("label_off", off)
    if "chosen" in after:
        return Told("chosen" if after["chosen"] else "unchosen")
    if "start_ms" in after and "end_ms" in after:
        return Told("moved")
    return Told(next((code for field, code in _PLAIN + _SPANS if field in after), "other"))


def _told_of_whole(after: Fields) -> Told:
    if after["removed"]:
        return Told("remove")
    if "start_ms" not in after:
        return Told("restore")
    tags = tuple(mark["tag"] for mark in in_order(after.get("marks", [])))
    return Told("found" if after.get("found_in_room") else "mark", tags)


def _turned(before: Fields, after: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels that a change put on, and those it took off."""
    new, old = (Counter(mark["tag"] for mark in side.get("marks", [])) for side in (after, before))
    return tuple((new - old).elements()), tuple((old - new).elements())
