"""What the counselor of the demo thinks may be so, through the verbs a counselor uses."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from vbg import clock
from vbg.demo.cast import DemoFamily, Thought, days_before
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import HypothesisIn, TurnIn
from vbg.moments.models import Moment
from vbg.viewer import Viewer


def think(
    session: Session, viewer: Viewer, family: Family, told: DemoFamily, made: Mapping[str, Moment],
    films: Mapping[str, Film],
) -> None:  # fmt: skip
    """Keep the family's working hypotheses: `made` are its moments by key, `films` its films by drawing."""
    for thought in told.thoughts:
        _thought(session, viewer, family, thought, made, films)


def _thought(
    session: Session, viewer: Viewer, family: Family, told: Thought, made: Mapping[str, Moment],
    films: Mapping[str, Film],
) -> None:  # fmt: skip
    today = clock.today()
    tested_by = [films[drawing].id for drawing in told.tested_by]
    on = days_before(today, told.days_ago)
    form = HypothesisIn(statement=told.statement, source=told.source, source_on=on, films=tested_by)
    kept, _fresh = hypotheses.add(session, viewer, family.id, form)
    for key in told.speak_for:
        hypotheses.put(session, viewer, kept, made[key], "for")
    for key in told.against:
        hypotheses.put(session, viewer, kept, made[key], "against")
    if told.status != "new":
        turn = TurnIn(status=told.status, reason=told.reason, on=days_before(today, told.turned_days_ago))
        hypotheses.judge(session, viewer, kept, turn)
