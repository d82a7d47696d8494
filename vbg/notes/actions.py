"""The verbs on notes of a family: write, correct, hide, put back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.goals import rules as days
from vbg.moments.rules import folded
from vbg.notes.forms import NoteEdit, NoteIn
from vbg.notes.models import FamilyNote, FamilyNoteWording
from vbg.notes.rules import SAID
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def write(session: Session, viewer: Viewer, family_id: UUID, form: NoteIn) -> FamilyNote:
    """Keep a note; without a day it is of today. The same `id` again is the same note.

    Raises NotFoundError, ReasonError (id_taken, day_in_future).
    """
    family = families.one(session, viewer, family_id)
    session.execute(select(Family.id).where(Family.id == family.id).with_for_update(key_share=True))
    again = session.get(FamilyNote, form.id) if form.id else None
    if again is not None:
        if again.family_id != family.id or again.text != form.text:
            raise ReasonError("id_taken", "id")
        return again
    note = FamilyNote(id=form.id or ids.new(), family_id=family.id, by_id=viewer.person_id, created_at=clock.now())
    _say(note, form)
    session.add(note)
    _keep(session, viewer, "write", note)
    return note


def correct(session: Session, viewer: Viewer, note: FamilyNote, form: NoteEdit) -> None:
    """Give a note other words; how it read stays. Raises ReasonError (stale, day_in_future)."""
    if form.version not in (0, note.version):
        raise ReasonError("stale")
    before = {name: getattr(note, name) for name in SAID}
    _say(note, form)
    if before == {name: getattr(note, name) for name in SAID}:
        return
    note.version += 1
    session.add(FamilyNoteWording(note_id=note.id, by_id=viewer.person_id, at=clock.now(), **before))
    _keep(session, viewer, "correct", note)


def hide(session: Session, viewer: Viewer, note: FamilyNote) -> None:
    """Put a note in the trash; it can be put back."""
    note.removed = True
    _keep(session, viewer, "hide", note)


def put_back(session: Session, viewer: Viewer, note: FamilyNote) -> None:
    """Take a note out of the trash."""
    note.removed = False
    _keep(session, viewer, "put_back", note)


def _say(note: FamilyNote, form: NoteEdit) -> None:
    note.on = days.check_day(form.on, clock.today(), "on")
    note.kind, note.place, note.present, note.text = form.kind.value, form.place, form.present, form.text
    note.folded = folded(f"{form.text} {form.place} {form.present}")


def _keep(session: Session, viewer: Viewer, verb: str, note: FamilyNote) -> None:
    session.flush()
    audit.record(session, viewer, f"notes.{verb}", "family_note", note.id, note.family_id)
