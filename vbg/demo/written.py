"""What the demo's counselor wrote of its families."""

from sqlalchemy.orm import Session

from vbg import clock
from vbg.demo.cast import DemoFamily, days_before
from vbg.families.models import Family
from vbg.notes import actions
from vbg.notes.forms import NoteIn
from vbg.notes.rules import Kind
from vbg.viewer import Viewer


def notes(session: Session, viewer: Viewer, family: Family, told: DemoFamily) -> None:
    """Its talks and observations."""
    for one in told.notes:
        on = days_before(clock.today(), one.days_ago)
        form = NoteIn(text=one.text, kind=Kind(one.kind), on=on, place=one.place, present=one.present)
        actions.write(session, viewer, family.id, form)
