"""All moments of a film as few bytes as draw them: columns of small numbers, in film order.

Times are in tenths of a second (`STEP_MS`): what a line is drawn from, not what a moment is changed by.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

STEP_MS = 100


class Drawn(NamedTuple):
    """What of one moment is drawn. Times in ms of film time; `end_ms` None is a point."""

    start_ms: int
    end_ms: int | None
    marks: list[Any]
    goals: list[Any]
    chosen: bool


def columns(moments: Iterable[Drawn]) -> dict[str, Any]:
    """One column for each fact, in turn for each moment.

    `starts`: steps since the moment before. `lengths`: steps, -1 for a point. `kinds`: places in `kind`, which says
    `[places in goals, 1 where chosen]`. `marks`: how many; of each mark in turn `labels`: a place in `tags`, and
    `ats`: steps since its moment began.
    """
    tags: dict[str, int] = {}
    goals: dict[str, int] = {}
    kind: dict[tuple[tuple[int, ...], int], int] = {}
    told: dict[str, list[int]] = {name: [] for name in ("starts", "lengths", "kinds", "marks", "labels", "ats")}
    before = 0
    for one in moments:
        start = _steps(one.start_ms)
        told["starts"].append(start - before)
        before = start
        told["lengths"].append(-1 if one.end_ms is None else _steps(one.end_ms) - start)
        same = (tuple(_place(goals, goal) for goal in one.goals), int(one.chosen))
        told["kinds"].append(kind.setdefault(same, len(kind)))
        told["marks"].append(len(one.marks))
        told["labels"] += [_place(tags, mark["tag"]) for mark in one.marks]
        told["ats"] += [_steps(mark["at_ms"]) - start for mark in one.marks]
    return {"step_ms": STEP_MS, "tags": list(tags), "goals": list(goals), "kind": [list(one) for one in kind]} | told


def _steps(ms: int) -> int:
    return ms // STEP_MS


def _place(known: dict[str, int], name: str) -> int:
    return known.setdefault(name, len(known))
