"""The moments a viewer finds: seen by them, on films that may be looked at now."""

from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager

from vbg import ids
from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.films.models import Film
from vbg.finding.rules import Wish
from vbg.moments import bands
from vbg.moments import queries as moments
from vbg.moments.models import Moment, MomentFind, MomentGoal, MomentTag
from vbg.tagsets.basisset import FUN
from vbg.viewer import Viewer

PAGE = 48
"""Moments at once."""
_IN_FILM = (Moment.start_ms, Moment.id)


def found(session: Session, viewer: Viewer, wish: Wish, cursor: str = "") -> tuple[list[Moment], str]:
    """At most PAGE moments, newest film first and in film order, and the cursor of the next page or "".

    Their films and families are loaded. A cursor that cannot be read begins at the front.
    """
    query = _asked(moments.visible_to(viewer).join(Film, Film.id == Moment.film_id), viewer, wish)
    query = query.where(Film.family_id.in_(_open(session, viewer, wish)))
    after = _read(cursor)
    if after:
        film_id, start, moment_id = after
        later = or_(Moment.start_ms > start, and_(Moment.start_ms == start, Moment.id > moment_id))
        query = query.where(or_(Moment.film_id < film_id, and_(Moment.film_id == film_id, later)))
    # first which ones, then all of them: whole rows of everything that is found would be sorted for one page
    named = query.with_only_columns(Moment.id).order_by(Moment.film_id.desc(), *_IN_FILM).limit(PAGE + 1)
    found_ids: list[UUID] = list(session.scalars(named))
    rows = _whole(session, found_ids)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.film_id}_{last.start_ms}_{last.id}" if last else ""


def _whole(session: Session, found_ids: list[UUID]) -> list[Moment]:
    query = select(Moment).join(Film, Film.id == Moment.film_id).join(Family, Family.id == Film.family_id)
    query = query.options(contains_eager(Moment.film).contains_eager(Film.family))
    rows = {row.id: row for row in session.scalars(query.where(Moment.id.in_(found_ids)))}
    return [rows[one] for one in found_ids if one in rows]  # erased between the two questions


def children(session: Session, family_ids: set[UUID]) -> dict[UUID, str]:
    """The call name of the child of each family that has one child; the caller has seen these families."""
    rows = session.execute(
        select(Member.family_id, Member.call_name).where(Member.family_id.in_(family_ids), Member.kind == "child")
    ).all()
    names: dict[UUID, list[str]] = {}
    for row in rows:
        names.setdefault(row.family_id, []).append(row.call_name)
    return {family_id: told[0] for family_id, told in names.items() if len(told) == 1}


def _open(session: Session, viewer: Viewer, wish: Wish) -> set[UUID]:
    mine = families.visible_to(viewer).with_only_columns(Family.id)
    if wish.family:
        mine = mine.where(Family.id == wish.family)
    return set(session.scalars(mine)) & consents.open_families(session, "filming")


def _asked(query: Select[Moment], viewer: Viewer, wish: Wish) -> Select[Moment]:
    if wish.goal:
        query = query.where(Moment.id.in_(select(MomentGoal.moment_id).where(MomentGoal.goal_id == wish.goal)))
    for tags in filter(None, ([wish.tag] if wish.tag else [], FUN if wish.fun else ())):
        query = query.where(Moment.id.in_(select(MomentTag.moment_id).where(MomentTag.tag.in_(tags))))
    if wish.situation:
        query = query.where(bands.at_begin() == wish.situation)
    if wish.chosen:
        query = query.where(Moment.chosen.is_(True))
    if wish.found_by == "me":
        query = query.where(Moment.found_by == viewer.person_id)
    if wish.found_by == "room":
        query = query.where(Moment.found_in_room != "")
    if not (wish.began or wish.words):
        return query
    query = query.join(MomentFind, MomentFind.moment_id == Moment.id)
    if wish.began:
        query = query.where(MomentFind.began == wish.began)
    for word in wish.words.split():
        query = query.where(MomentFind.folded.contains(word, autoescape=True))
    return query


def _read(cursor: str) -> tuple[UUID, int, UUID] | None:
    film, _, rest = cursor.partition("_")
    film_id, place = ids.parse(film), moments.place_of(rest)
    return (film_id, *place) if film_id and place else None
