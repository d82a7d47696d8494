"""The page of a goal: its words and the moments that show it, with their stills."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from vbg import timecode
from vbg.goals import queries as goals
from vbg.moments import queries as moments
from vbg.moments import rules
from vbg.moments.models import Moment
from vbg.tagsets.queries import Labels
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

bp = Blueprint("desk_goals", __name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """A moment as the goal's page shows it. `heading` None: nothing was said about it yet."""

    moment: Moment
    heading: str | None
    at: str
    still: str
    link: str


@bp.get("/goals/<uuid:goal_id>")
@opens_to(Audience.STAFF)
def show(goal_id: UUID) -> ResponseReturnValue:
    """One goal with its moments."""
    goal = goals.one(session(), viewer(), goal_id)
    child = moments.child_of(session(), goal.family_id)
    labels = Labels(session())
    proofs = [_proof(moment, child, labels) for moment in moments.of_goal(session(), viewer(), goal)]
    return render_template("desk/goal.html", goal=goal, family=goal.family, proofs=proofs)


def _proof(moment: Moment, child: str, labels: Labels) -> Proof:
    still = f"/api/v1/films/{moment.film_id}/still?at_ms={moment.start_ms}"
    link = url_for("desk.workspace", film_id=moment.film_id, _anchor=str(moment.id))
    words = rules.heading(moment.words, moment.marks, labels, child, str(get_locale()))
    return Proof(moment, words, timecode.clock(moment.start_ms), still, link)
