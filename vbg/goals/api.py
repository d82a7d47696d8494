"""A family's goals as JSON."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from vbg.families import queries as families
from vbg.goals import actions, queries
from vbg.goals.forms import GoalIn
from vbg.goals.models import Goal
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import body, page, problem
from vbg.web.request import session, viewer
from vbg.web.words import say

api = Blueprint("goals_api", __name__, url_prefix="/api/v1")


def _json(goal: Goal) -> dict[str, Any]:
    return {
        "id": str(goal.id), "text": goal.text, "authors": goal.authors, "agreed_by": goal.agreed_by,
        "agreed_on": goal.agreed_on.isoformat() if goal.agreed_on else None,
        "closed": goal.closed_at is not None, "short_word": goal.short_word, "when_where": goal.when_where,
        "seen_as": goal.seen_as, "begins_at": goal.begins_at, "enough": goal.enough,
    }  # fmt: skip


@api.get("/families/<uuid:family_id>/goals")
@opens_to(Audience.STAFF)
def index(family_id: UUID) -> ResponseReturnValue:
    """The family's goals that are not closed, oldest first."""
    families.one(session(), viewer(), family_id)
    return page([_json(goal) for goal in queries.of_family(session(), viewer(), family_id)])


@api.post("/families/<uuid:family_id>/goals")
@opens_to(Audience.STAFF)
def create(family_id: UUID) -> ResponseReturnValue:
    """A new goal: 201, or 200 when this very goal was sent before; 409 when its id is another's."""
    families.one(session(), viewer(), family_id)
    form = body(GoalIn)
    try:
        goal, fresh = actions.add(session(), viewer(), family_id, form)
    except ReasonError as reason:
        if reason.code != "id_taken":
            raise
        return problem(409, "id_taken", {"id": say("id_taken")})
    return _json(goal), 201 if fresh else 200, {"Location": url_for("goals_api.index", family_id=family_id)}
