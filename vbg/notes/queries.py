"""Notes of families as a viewer may see them: staff by care team, everybody else not at all."""

import re
import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from vbg import ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.moments.rules import folded
from vbg.notes.models import FamilyNote, FamilyNoteWording
from vbg.people.models import Person
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer

PAGE = 20


def visible_to(viewer: Viewer) -> Select[FamilyNote]:
    """The notes of the families this member of staff may see, those in the trash too."""
    if viewer.audience is not Audience.STAFF:
        return select(FamilyNote).where(false())
    mine = families.visible_to(viewer).with_only_columns(Family.id)
    return select(FamilyNote).where(FamilyNote.family_id.in_(mine))


def one(session: Session, viewer: Viewer, note_id: uuid.UUID) -> FamilyNote:
    """This note, in the trash or not, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(FamilyNote.id == note_id))
    if found is None:
        raise NotFoundError
    return found


def listed(
    session: Session, viewer: Viewer, family_id: uuid.UUID, words: str = "", after: str = "", *, removed: bool = False
) -> tuple[list[FamilyNote], str]:
    """The family's notes, newest day first, at most PAGE, and where the next page begins (empty: no more).

    `words`: only notes that hold each of them, whatever their case and accents. `removed`: those in the trash.
    """
    query = _of(viewer, family_id, removed=removed)
    for word in folded(words).split():
        query = query.where(FamilyNote.folded.contains(word, autoescape=True))
    if place := _place_of(after):
        on, last = place
        query = query.where(or_(FamilyNote.on < on, and_(FamilyNote.on == on, FamilyNote.id < last)))
    rows = list(session.scalars(query.order_by(FamilyNote.on.desc(), FamilyNote.id.desc()).limit(PAGE + 1)))
    return rows[:PAGE], f"{rows[PAGE - 1].on}_{rows[PAGE - 1].id}" if len(rows) > PAGE else ""


def of_family(session: Session, viewer: Viewer, family_id: uuid.UUID) -> Sequence[FamilyNote]:
    """All notes of the family that are not in the trash, oldest day first."""
    return session.scalars(_of(viewer, family_id).order_by(FamilyNote.on, FamilyNote.id)).all()


def any_removed(session: Session, viewer: Viewer, family_id: uuid.UUID) -> bool:
    """Whether something lies in the family's trash."""
    return bool(session.scalar(select(exists(_of(viewer, family_id, removed=True).with_only_columns(FamilyNote.id)))))


def wordings(session: Session, note: FamilyNote) -> Sequence[FamilyNoteWording]:
    """How the note read before, last first. The caller has seen the note."""
    query = select(FamilyNoteWording).where(FamilyNoteWording.note_id == note.id)
    return session.scalars(query.order_by(FamilyNoteWording.at.desc(), FamilyNoteWording.id.desc())).all()


def writers(session: Session, notes: Sequence[FamilyNote | FamilyNoteWording]) -> dict[uuid.UUID, str]:
    """By id: the names of who wrote these. The caller has seen them."""
    found = session.scalars(select(Person).where(Person.id.in_({one.by_id for one in notes})))
    return {one.id: one.name for one in found}


def _of(viewer: Viewer, family_id: uuid.UUID, *, removed: bool = False) -> Select[FamilyNote]:
    return visible_to(viewer).where(FamilyNote.family_id == family_id, FamilyNote.removed.is_(removed))


def _place_of(after: str) -> tuple[date, uuid.UUID] | None:
    day, _, rest = after.partition("_")
    last = ids.parse(rest)
    if last is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII):
        return None
    try:
        return date.fromisoformat(day), last
    except ValueError:
        return None
