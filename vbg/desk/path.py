"""The path of a family, film -> watch together -> on: derived from its films, reviews and visits whenever it is drawn.

A round is some films and the times they were watched together; what is filmed after a watching begins the next one.
No number of it is kept anywhere, and there is no total: nobody knows how many rounds a family wants.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from vbg import clock
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.films.rules import State
from vbg.reviews import queries as review_queries
from vbg.reviews.models import Review
from vbg.viewer import Viewer
from vbg.visits import queries as visit_queries
from vbg.visits import rules as visits


@dataclass(slots=True)
class Round:
    """One time around: what was filmed and when it was watched together, each in the order of its days."""

    number: int
    films: list[Any] = field(default_factory=list)
    watched: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Path:
    """The rounds behind the family, the one it is in, and what comes next.

    `step` is one of film, bring (it was filmed, and did not come in yet), prepare, watch, wrap_up, on, closed;
    `review` the one that is under way. `filming`, `watching`, `closing`: the next appointment for each, if any.
    """

    before: list[Round]
    now: Round
    step: str
    review: Any = None
    filming: Any = None
    watching: Any = None
    closing: Any = None

    @property
    def place(self) -> str:
        """At which of the three stops the family is: film, review or on."""
        return {"film": "film", "bring": "film", "on": "on", "closed": "on"}.get(self.step, "review")


def film_day(film: Any) -> date:
    """The day it was filmed, else the day it came in."""
    return film.recorded_on or film.created_at.date()  # type: ignore[no-any-return]


def watch_day(review: Any) -> date:
    """The day they watched."""
    return (review.started_at or review.closed_at).date()  # type: ignore[no-any-return]


def rounds(films: Iterable[Any], watched: Iterable[Any], shown: Mapping[UUID, set[UUID]]) -> list[Round]:
    """All rounds, the last one being that of now; at least one, which may be empty.

    `shown`: by review, the films that it showed. On one day what was watched comes first, then the watching, then
    what was filmed after it: a counselor often watches the last film and makes the next one in one visit.
    """
    watched = list(watched)
    seen_on: dict[UUID, date] = {}
    for review in watched:
        for film_id in shown.get(review.id, ()):
            seen_on[film_id] = min(seen_on.get(film_id, date.max), watch_day(review))
    days = {watch_day(review) for review in watched if shown.get(review.id)}
    order: list[tuple[tuple[date, int, str], str, Any]] = []
    for film in films:
        seen = seen_on.get(film.id)
        day = min(film_day(film), seen or date.max)
        order.append(((day, 2 if seen is None and day in days else 0, str(film.id)), "film", film))
    order += [((watch_day(one), 1, str(one.id)), "review", one) for one in watched]
    found = [Round(1)]
    for _key, kind, thing in sorted(order, key=lambda one: one[0]):
        if kind == "review":
            found[-1].watched.append(thing)
            continue
        if found[-1].watched:
            found.append(Round(found[-1].number + 1))
        found[-1].films.append(thing)
    return found


def of(
    films: Sequence[Any], reviews: Sequence[Any], shown: Mapping[UUID, set[UUID]], planned: Sequence[Any],
    ended: bool = False,
) -> Path:  # fmt: skip
    """The path that these rows tell; `planned` are the family's appointments in the order of their days."""
    here = [film for film in films if film.state != State.FAILED]
    done = rounds(here, [one for one in reviews if one.started_at or one.closed_at], shown)
    today = clock.today()
    ahead = [one for one in planned if visits.stand(one, today) in (visits.Stand.TODAY, visits.Stand.AHEAD)]
    first = {kind: next((one for one in ahead if one.kind == kind), None) for kind in visits.Kind}
    under_way = next((one for one in reviews if not one.closed_at), None)
    step = "closed" if ended else _step(done[-1], under_way, planned, here)
    return Path(
        done[:-1], done[-1], step, under_way, first[visits.Kind.FILMING], first[visits.Kind.REVIEW],
        first[visits.Kind.CLOSING],
    )  # fmt: skip


def drawn(
    session: Session, viewer: Viewer, family: Family, films: Sequence[Film], reviews: Sequence[Review]
) -> dict[str, Any]:
    """What the page of a family needs to draw its path and its next appointments."""
    planned = visit_queries.of_family(session, viewer, family.id)
    shown = review_queries.films_shown(session, reviews)
    return {
        "path": of(films, reviews, shown, planned, family.ended_at is not None), "any_visit": bool(planned),
        "visits": visit_queries.next_of(planned), "film_day": film_day, "watch_day": watch_day,
    }  # fmt: skip


def _step(now: Round, under_way: Any, planned: Sequence[Any], films: Sequence[Any]) -> str:
    """What comes next for the counselor and the family."""
    if under_way and under_way.started_at:
        return "wrap_up"
    if _rounded_off(planned, films):
        return "closed"
    if now.films and not now.watched:
        return "watch" if under_way else "prepare"
    if _filmed_since(planned, now, films):
        return "bring"
    return "on" if now.watched else "film"


def _rounded_off(planned: Sequence[Any], films: Sequence[Any]) -> bool:
    closed = [one.on for one in planned if one.kind == visits.Kind.CLOSING and one.done_at and not one.called_off_at]
    return bool(closed) and all(film_day(film) <= max(closed) for film in films)


def _filmed_since(planned: Sequence[Any], now: Round, films: Sequence[Any]) -> bool:
    """Whether a filming took place of which no film is here, after all that was watched."""
    since = max((watch_day(one) for one in now.watched), default=date.min)
    newest = max(map(film_day, films), default=date.min)
    took_place = [
        one.on for one in planned
        if one.kind == visits.Kind.FILMING and one.done_at and not one.called_off_at and one.on >= since
    ]  # fmt: skip
    return any(day > newest for day in took_place)
