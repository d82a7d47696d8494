"""What stands on Today beside reviews and answers: visits, films that wait for her, and what falls due.

Every list is short and asks the database once, however much there is; the rest of it stands on the families' pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import and_, exists
from sqlalchemy.orm import Session, contains_eager

from vbg import clock
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.films.rules import State
from vbg.moments.models import Moment
from vbg.places.models import Place
from vbg.viewer import Viewer
from vbg.visits import queries as visits

FILMS: Final = 6
LOOKED_AT: Final = 300
"""So many of her newest films are looked at for those that wait: more than a counselor makes in years."""
DUE_WITHIN: Final = timedelta(days=30)
DUE_ROWS: Final = 200
BEGUN_MS: Final = 5000
"""Who was less far into a film, or so near its end, did not leave it half-way."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A film for her to go on with; `at_ms` is where she stopped half-way, 0 when she did not."""

    film: Film
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """So many films of a family go on a day; `held`: for want of a yes, which can still be asked."""

    family: Family
    on: date
    held: bool
    films: tuple[Film, ...]


def drawn(session: Session, viewer: Viewer) -> dict[str, Any]:
    """What the page needs for these parts."""
    today = clock.today()
    near = visits.near(session, viewer, at_most=24)
    waiting = films_for_her(session, viewer)
    return {
        "visits_today": [one for one in near if one.on == today],
        "visits_later": [one for one in near if one.on > today],
        "visits_behind": visits.behind(session, viewer), "films": [one.film for one in waiting],
        "stopped": {one.film.id: one.at_ms for one in waiting if one.at_ms}, "dues": list(dues(session, viewer)),
    }  # fmt: skip


def films_for_her(session: Session, viewer: Viewer, at_most: int = FILMS) -> list[Waiting]:
    """Of her newest films first those she left half-way, without a moment yet, or not ready; then the others."""
    has_moment = exists().where(Moment.film_id == Film.id, Moment.removed.is_(False))
    left = and_(Place.person_id == viewer.person_id, Place.film_id == Film.id)
    # joined to the family instead of asked by a list of hers: the newest are found without looking at all of them
    mine = families.visible_to(viewer).join(Film, Film.family_id == Family.id).outerjoin(Place, left)
    newest = (
        mine.where(Family.ended_at.is_(None), Film.removed_at.is_(None)).order_by(Film.id.desc()).limit(LOOKED_AT)
        .with_only_columns(Film.id, has_moment, Place.at_ms, Place.whole, Film.state, Film.duration_ms)
    )  # fmt: skip
    rows = [(one, _half_way(one)) for one in session.execute(newest)]
    waits = [one for one in rows if one[1] or not one[0][1] or one[0].state != State.READY]
    known = {one[0].id for one in waits}
    chosen = [*waits, *(one for one in rows if one[0].id not in known)][:at_most]
    found = films.visible_to(viewer).where(Film.id.in_([one[0].id for one in chosen])).join(Film.family)
    by_id = {film.id: film for film in session.scalars(found.options(contains_eager(Film.family)))}
    return [Waiting(by_id[one.id], at_ms) for one, at_ms in chosen]


def _half_way(row: Any) -> int:
    """Where she left it, ms; 0 when she did not begin, or saw all of it."""
    if row.at_ms is None or row.whole or row.state != State.READY or row.at_ms < BEGUN_MS:
        return 0
    return int(row.at_ms) if row.at_ms < (row.duration_ms or 0) - BEGUN_MS else 0


def dues(session: Session, viewer: Viewer) -> Iterator[Due]:
    """What goes within a month, soonest first: a family's films of one day and one reason together."""
    until = clock.now() + DUE_WITHIN
    going = films.visible_to(viewer).join(Film.family).where(Film.erase_at.is_not(None), Film.erase_at <= until)
    going = going.where(Family.is_practice_room.is_(False)).options(contains_eager(Film.family))
    rows: Sequence[Film] = session.scalars(going.order_by(Film.erase_at, Film.id).limit(DUE_ROWS)).all()
    ordered = sorted(rows, key=_reason)
    for (on, _code, held), some in groupby(ordered, key=_reason):
        together = tuple(some)
        yield Due(together[0].family, on, held, together)


def _reason(film: Film) -> tuple[date, str, bool]:
    assert film.erase_at
    return film.erase_at.date(), film.family.code, film.state == State.HELD
