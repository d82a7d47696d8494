"""The demo's appointments: a few that took place, a few to come, each at a distance from today."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from vbg import clock
from vbg.demo.cast import DemoVisit, days_before
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.viewer import Viewer
from vbg.visits import actions
from vbg.visits.forms import VisitIn


def tell(session: Session, viewer: Viewer, family: Family, told: Sequence[DemoVisit]) -> None:
    """Plan them a week before their day, or today when that is still to come; those behind us took place."""
    ids = {one.call_name: one.id for one in families.members(session, family)}
    today, now = clock.today(), clock.now()
    for one in told:
        filmed = [f"{ids[name]} {role}" for name, role in one.roles]
        sent = {"kind": one.kind, "on": days_before(today, -one.in_days), "at": one.at, "place": one.place}
        form = VisitIn.model_validate(sent | {"what": one.what, "roles": filmed})
        with clock.freeze(now - timedelta(days=max(7 - one.in_days, 0))):
            visit = actions.plan(session, viewer, family, form)
        if one.in_days < 0:
            with clock.freeze(now + timedelta(days=one.in_days)):
                actions.finish(session, viewer, visit)
                actions.write_note(session, viewer, visit, one.note)
