"""Verbs around an appointment: plan, change, finish, call off, and what takes each of them back."""

from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.viewer import Viewer
from vbg.visits.forms import VisitIn
from vbg.visits.models import Visit


def plan(session: Session, viewer: Viewer, family: Family, told: VisitIn) -> Visit:
    """A new appointment with this family."""
    visit = Visit(family_id=family.id, by_id=viewer.person_id, on=told.on)
    session.add(visit)
    _write(session, family, visit, told)
    audit.record(session, viewer, "visit.plan", "visit", visit.id, family.id)
    return visit


def change(session: Session, viewer: Viewer, visit: Visit, told: VisitIn) -> None:
    """Another day, place, aim; who is filmed how."""
    _write(session, session.get_one(Family, visit.family_id), visit, told)
    audit.record(session, viewer, "visit.change", "visit", visit.id, visit.family_id)


def _write(session: Session, family: Family, visit: Visit, told: VisitIn) -> None:
    visit.kind, visit.on, visit.at = told.kind, told.on, told.at
    visit.place, visit.what = told.place.strip(), told.what.strip()
    mine = {str(member.id) for member in families.members(session, family)}
    visit.roles = {who: role for who, role in told.filmed.items() if who in mine}
    session.flush()


def finish(session: Session, viewer: Viewer, visit: Visit) -> None:
    """It took place."""
    visit.done_at, visit.called_off_at = visit.done_at or clock.now(), None
    audit.record(session, viewer, "visit.finish", "visit", visit.id, visit.family_id)


def unfinish(session: Session, viewer: Viewer, visit: Visit) -> None:
    """It did not take place (yet) after all."""
    visit.done_at = None
    audit.record(session, viewer, "visit.unfinish", "visit", visit.id, visit.family_id)


def call_off(session: Session, viewer: Viewer, visit: Visit) -> None:
    """It does not take place; nothing of it goes."""
    visit.called_off_at = visit.called_off_at or clock.now()
    audit.record(session, viewer, "visit.call_off", "visit", visit.id, visit.family_id)


def take_up(session: Session, viewer: Viewer, visit: Visit) -> None:
    """It takes place after all."""
    visit.called_off_at = None
    audit.record(session, viewer, "visit.take_up", "visit", visit.id, visit.family_id)


def write_note(session: Session, viewer: Viewer, visit: Visit, note: str) -> None:
    """The counselor's own words of after it."""
    if note == visit.note:
        return
    visit.note = note
    audit.record(session, viewer, "visit.write_note", "visit", visit.id, visit.family_id)
