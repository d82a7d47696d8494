"""All moments of a film as few bytes as draw them: columns of small numbers, in film order.

Times are in steps of the film's length (`STEPS` in all): what a line is drawn from, not what a moment is changed by.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

STEPS = 10_000
"""A whole film is never drawn on more columns."""
SHORTEST_MS = 10


class Drawn(NamedTuple):
    """What of one moment is drawn. Times in ms of film time; `end_ms` None is a point."""

    start_ms: int
    end_ms: int | None
    marks: list[Any]
    goals: list[Any]
    chosen: bool


def columns(moments: Iterable[Drawn], duration_ms: int) -> dict[str, Any]:
    """One column for each fact, in turn for each moment.

    `starts`: steps since the moment before. `lengths`: steps, -1 for a point. `kinds`: places in `kind`, which says
    `[places in goals, 1 where chosen]`. `marks`: how many; of each mark in turn `labels`: a place in `tags`, and
    `ats`: steps since its moment began.
    """
    tags: dict[str, int] = {}
    goals: dict[str, int] = {}
    kind: dict[tuple[tuple[int, ...], int], int] = {}
    told: dict[str, list[int]] = {name: [] for name in ("starts", "lengths", "kinds", "marks", "labels", "ats")}
    step_ms = max(SHORTEST_MS, duration_ms // STEPS)
    before = 0
    for one in moments:
        start = one.start_ms // step_ms
        told["starts"].append(start - before)
        before = start
        told["lengths"].append(-1 if one.end_ms is None else one.end_ms // step_ms - start)
        same = (tuple(_place(goals, goal) for goal in one.goals), int(one.chosen))
        told["kinds"].append(kind.setdefault(same, len(kind)))
        told["marks"].append(len(one.marks))
        told["labels"] += [_place(tags, mark["tag"]) for mark in one.marks]
        told["ats"] += [mark["at_ms"] // step_ms - start for mark in one.marks]
    return {"step_ms": step_ms, "tags": list(tags), "goals": list(goals), "kind": [list(one) for one in kind]} | told


def _place(known: dict[str, int], name: str) -> int:
    return known.setdefault(name, len(known))
