"""The page of a family's plan of approach: read together at the table, or on paper."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vbg.families import queries as families
from vbg.goals import queries as goals
from vbg.plans import queries as plans
from vbg.reviews import queries as reviews
from vbg.reviews.models import Review
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

bp = Blueprint("desk_plan", __name__)


@bp.get("/families/<uuid:family_id>/plan")
@opens_to(Audience.STAFF)
def show(family_id: UUID) -> ResponseReturnValue:
    """Goal by goal: how it is gone about, the steps, and what was agreed while watching together."""
    family = families.one(session(), viewer(), family_id)
    wishes = goals.of_family(session(), viewer(), family.id)
    strategies = plans.of_goals(session(), wishes)
    steps = plans.steps(session(), [one for some in strategies.values() for one in some])
    agreed: dict[UUID | None, list[Review]] = {}
    known = {goal.id for goal in wishes}
    for review, goal_id in reviews.with_step(session(), viewer(), family):
        agreed.setdefault(goal_id if goal_id in known else None, []).append(review)
    return render_template(
        "desk/plan.html", family=family, goals=wishes, strategies=strategies, steps=steps, agreed=agreed
    )  # fmt: skip
