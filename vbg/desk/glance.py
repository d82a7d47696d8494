"""A film at one glance: who begins, who answers, and the exchanges as a drawing. For the counselor, behind one link.

How long an answer took is the distance in the drawing alone: no number, and nothing about one person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from vbg.moments import rules

LARGEST: Final = 0.04
"""Px of the drawing for a ms at most: two quick turns are not drawn as a long wait."""
LEFT: Final = 14.0
WIDE: Final = 212.0
LANES: Final = {"child": 12.0, "parent": 36.0}


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of child or parent: the label's id, ms since the first turn, and where it is drawn (240 by 48 px)."""

    who: str
    tag: str
    after_ms: int
    px_per_ms: float = LARGEST

    @property
    def x(self) -> float:
        """The distance from the first turn is the time since then."""
        return LEFT + min(WIDE, self.after_ms * self.px_per_ms)

    @property
    def y(self) -> float:
        """The height of this person's lane."""
        return LANES[self.who]


@dataclass(frozen=True, slots=True)
class Exchange:
    """The turns of one moment, at least two."""

    moment: Any
    turns: list[Turn]

    @property
    def links(self) -> Iterator[str]:
        """The curve from each turn to its answer, as the path of an SVG."""
        for one, other in pairwise(self.turns):
            middle = (one.x + other.x) / 2
            yield f"M{one.x:.1f} {one.y}C{middle:.1f} {one.y} {middle:.1f} {other.y} {other.x:.1f} {other.y}"


@dataclass(slots=True)
class Glance:
    """How many moments began how, and the exchanges in film order."""

    child_first: int = 0
    parent_first: int = 0
    together: int = 0
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def tags(self) -> set[str]:
        """The ids of all labels that are drawn."""
        return {turn.tag for one in self.exchanges for turn in one.turns}


def of(moments: Sequence[Any], labels: rules.Known) -> Glance:
    """What the marks of these moments tell; all exchanges are drawn in one scale, the longest over the whole width."""
    found = Glance()
    told = [(moment, turns_of(moment.marks, labels)) for moment in moments]
    exchanges = [(moment, turns) for moment, turns in told if len(turns) > 1]
    longest = max((turns[-1].after_ms for _, turns in exchanges), default=0)
    scale = min(LARGEST, WIDE / max(1, longest))
    for moment, turns in exchanges:
        found.exchanges.append(Exchange(moment, [replace(turn, px_per_ms=scale) for turn in turns]))
        found.child_first += turns[0].who == "child"
        found.parent_first += turns[0].who == "parent"
    found.together = sum(_began(moment, labels) == "together" for moment in moments)
    return found


def _began(moment: Any, labels: rules.Known) -> str | None:
    return rules.began(moment.who_began_set, moment.marks, labels)


def turns_of(marks: Sequence[rules.Mark], labels: rules.Known) -> list[Turn]:
    """The first mark of each turn: whoever goes on without an answer keeps the turn."""
    turns: list[Turn] = []
    began: int | None = None
    for mark in rules.in_order(marks):
        tag = labels.find(mark["tag"])
        if tag is None or tag.who not in LANES or (turns and turns[-1].who == tag.who):
            continue
        began = int(mark["at_ms"]) if began is None else began
        turns.append(Turn(str(tag.who), tag.id, int(mark["at_ms"]) - began))
    return turns
