"""Appointments as staff see them: those of the families they are in the team of. Nobody else has any."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from vbg import clock, ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer
from vbg.visits import rules
from vbg.visits.models import Visit


def visible_to(viewer: Viewer) -> Select[Visit]:
    """Staff: by care team. Everybody else: none."""
    if viewer.audience is not Audience.STAFF:
        return select(Visit).where(false())
    return select(Visit).where(Visit.family_id.in_(families.visible_to(viewer).with_only_columns(Family.id)))


def one(session: Session, viewer: Viewer, visit_id: uuid.UUID) -> Visit:
    """This appointment, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(Visit.id == visit_id).options(joinedload(Visit.family)))
    if found is None:
        raise NotFoundError
    return found


def of_family(session: Session, viewer: Viewer, family_id: uuid.UUID) -> list[Visit]:
    """The family's appointments, in the order of their days."""
    mine = visible_to(viewer).where(Visit.family_id == family_id)
    return list(session.scalars(mine.order_by(Visit.on, Visit.at.is_(None), Visit.at, Visit.id)))


def named(session: Session, viewer: Viewer, family_id: uuid.UUID, name: str) -> Visit | None:
    """The family's appointment with this id, as an address says it; anything else is none."""
    visit_id = ids.parse(name)
    return session.scalar(visible_to(viewer).where(Visit.id == visit_id, Visit.family_id == family_id))


def near(session: Session, viewer: Viewer, at_most: int = 12) -> list[Visit]:
    """Those of today and of the week after it, soonest first, each with its family."""
    today = clock.today()
    found = _standing(viewer).where(Visit.on >= today, Visit.on <= today + rules.WEEK, Visit.done_at.is_(None))
    soonest = found.order_by(Visit.on, Visit.at.is_(None), Visit.at, Visit.id)
    return list(session.scalars(soonest.limit(at_most)))


def behind(session: Session, viewer: Viewer, at_most: int = 6) -> list[Visit]:
    """Those of the last two weeks of which nobody said how they went, newest first, each with its family."""
    today = clock.today()
    found = _standing(viewer).where(Visit.on < today, Visit.on >= today - rules.AFTERWARDS, Visit.done_at.is_(None))
    newest = found.order_by(Visit.on.desc(), Visit.at.desc(), Visit.id.desc())
    return list(session.scalars(newest.limit(at_most)))


def _standing(viewer: Viewer) -> Select[Visit]:
    # joined to the family instead of asked by a list of hers: the days decide, not how many families there are
    mine = families.visible_to(viewer).join(Visit, Visit.family_id == Family.id).with_only_columns(Visit)
    return mine.options(contains_eager(Visit.family)).where(Visit.called_off_at.is_(None), Family.ended_at.is_(None))


def next_of(visits: Sequence[Visit]) -> list[Visit]:
    """Of a family's appointments those of today and later that stand, soonest first."""
    today = clock.today()
    return [one for one in visits if rules.stand(one, today) in (rules.Stand.TODAY, rules.Stand.AHEAD)]
