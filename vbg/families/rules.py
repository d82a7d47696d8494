"""Pure facts about families: who may decide, how old a child is, which phase that is called, how one is filmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vbg.reasons import ReasonError


class Kind(StrEnum):
    """A member is a child or an adult; nothing else is assumed."""

    CHILD = "child"
    ADULT = "adult"


class Authority(StrEnum):
    """Whether an adult holds authority (gezag): asked, never guessed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class OnFilm(StrEnum):
    """How somebody wants to be filmed; not asked yet is no member of it."""

    SEEN = "seen"
    HANDS = "hands"
    UNSEEN = "unseen"
    FILMS = "films"


class Said(StrEnum):
    """What a line is about: what has to change, what may stay, what matters to them, what the child wants."""

    CHANGE = "change"
    KEEP = "keep"
    MATTERS = "matters"
    WISH = "wish"


MOST_MATTERS: Final = 5
"""Lines of what matters that stand at a time: more of them nobody reads."""


class Phase(StrEnum):
    """A phase as parents name it; the words are chosen at the edge. No norm."""

    BABY = "baby"
    DREUMES = "dreumes"
    PEUTER = "peuter"
    PEUTER_KLEUTER = "peuter_kleuter"
    KLEUTER = "kleuter"
    LAGERE_SCHOOL = "lagere_school"
    SCHOOLKIND = "schoolkind"
    JONGERE = "jongere"


@dataclass(frozen=True, slots=True)
class PhaseTable:
    """From `since` on: each phase with the age in months at which it begins; the last one ends at `end`."""

    since: date
    begins: tuple[tuple[int, Phase], ...]
    end: int = 18 * 12


PHASES: Final[Mapping[str, Sequence[PhaseTable]]] = {
    "BE": (
        PhaseTable(
            date(2026, 1, 1),
            (
                (0, Phase.BABY), (12, Phase.PEUTER), (30, Phase.PEUTER_KLEUTER), (36, Phase.KLEUTER),
                (72, Phase.LAGERE_SCHOOL), (144, Phase.JONGERE),
            ),
        ),
    ),
    "NL": (
        PhaseTable(
            date(2026, 1, 1),
            (
                (0, Phase.BABY), (12, Phase.DREUMES), (24, Phase.PEUTER), (48, Phase.KLEUTER),
                (72, Phase.SCHOOLKIND), (144, Phase.JONGERE),
            ),
        ),
    ),
}  # fmt: skip
"""By country, oldest table first; a day before the first table goes by the first."""

WRITES_ALONG: Final[Mapping[str, int]] = {"BE": 144, "NL": 144}
"""From this age in months on, what is written about a child is written together with them, or is the counselor's."""


def months_between(born_on: date, on: date) -> int:
    """Whole months of age; who is born on the 29th, 30th or 31st turns on the 1st where a month has no such day."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)


def phase(country: str, born_on: date, on: date, tables: Mapping[str, Sequence[PhaseTable]] = PHASES) -> Phase | None:
    """The phase that a day's table of the country gives this age; None before birth, from 18 on, or elsewhere."""
    known = tables.get(country, ())
    table = next((one for one in reversed(known) if one.since <= on), known[0] if known else None)
    months = months_between(born_on, on)
    if table is None or months < 0 or months >= table.end:
        return None
    return next((name for begins, name in reversed(table.begins) if begins <= months), None)


def writes_along(country: str, born_on: date | None, on: date) -> bool:
    """Whether a child is old enough to be written about only together with them."""
    return born_on is not None and months_between(born_on, on) >= WRITES_ALONG.get(country, 144)


def not_ahead(day: date | None, today: date, field: str) -> date:
    """`day`, today without one. ReasonError day_in_future; one day of grace: the family's day may have begun."""
    if day is not None and day.toordinal() > today.toordinal() + 1:
        raise ReasonError("day_in_future", field)
    return day or today


def may_watch(said: str, until: date | None, today: date) -> bool:
    """Whether a yes for somebody around the family holds today; its last day counts."""
    return said == "yes" and (until is None or until >= today)
