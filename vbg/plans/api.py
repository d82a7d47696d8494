"""A family's plan of approach as JSON."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from vbg.families import queries as families
from vbg.goals import queries as goals
from vbg.plans import actions, queries
from vbg.plans.forms import DoneIn, StepIn, StrategyIn
from vbg.plans.models import Step, Strategy
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import body, page, problem
from vbg.web.request import session, viewer
from vbg.web.words import say

api = Blueprint("plans_api", __name__, url_prefix="/api/v1")


def _step(one: Step) -> dict[str, Any]:
    done_on = one.done_on.isoformat() if one.done_on else None
    return {"id": str(one.id), "text": one.text, "who": one.who, "when_words": one.when_words, "done_on": done_on}


def _strategy(one: Strategy, steps: list[Step]) -> dict[str, Any]:
    return {
        "id": str(one.id), "goal": str(one.goal_id), "text": one.text,
        "hypothesis": str(one.hypothesis_id) if one.hypothesis_id else None,
        "film": str(one.film_id) if one.film_id else None, "steps": [_step(step) for step in steps],
    }  # fmt: skip


@api.get("/families/<uuid:family_id>/plan")
@opens_to(Audience.STAFF)
def index(family_id: UUID) -> ResponseReturnValue:
    """How each goal that is not closed is gone about, goal by goal, each strategy with its steps."""
    families.one(session(), viewer(), family_id)
    by_goal = queries.of_goals(session(), goals.of_family(session(), viewer(), family_id))
    found = [strategy for some in by_goal.values() for strategy in some]
    steps = queries.steps(session(), found)
    return page([_strategy(one, steps[one.id]) for one in found])


@api.post("/goals/<uuid:goal_id>/strategies")
@opens_to(Audience.STAFF)
def create(goal_id: UUID) -> ResponseReturnValue:
    """A new strategy: 201, or 200 when this very one was sent before; 409 when its id is another's."""
    goal = goals.one(session(), viewer(), goal_id)
    form = body(StrategyIn)
    try:
        made, fresh = actions.add(session(), viewer(), goal, form)
    except ReasonError as reason:
        return _taken(reason)
    where = url_for("plans_api.index", family_id=goal.family_id)
    return _strategy(made, queries.steps(session(), [made])[made.id]), 201 if fresh else 200, {"Location": where}


@api.post("/strategies/<uuid:strategy_id>/steps")
@opens_to(Audience.STAFF)
def create_step(strategy_id: UUID) -> ResponseReturnValue:
    """A new step: 201, or 200 when this very one was sent before; 409 when its id is another's."""
    strategy = queries.one(session(), viewer(), strategy_id)
    form = body(StepIn)
    try:
        made, fresh = actions.add_step(session(), viewer(), strategy, form)
    except ReasonError as reason:
        return _taken(reason)
    where = url_for("plans_api.index", family_id=strategy.goal.family_id)
    return _step(made), 201 if fresh else 200, {"Location": where}


@api.put("/steps/<uuid:step_id>/done")
@opens_to(Audience.STAFF)
def finish(step_id: UUID) -> ResponseReturnValue:
    """The step was done: today, or on the day that is sent."""
    step = queries.step(session(), viewer(), step_id)
    actions.finish(session(), viewer(), step, body(DoneIn))
    return _step(step)


@api.delete("/steps/<uuid:step_id>/done")
@opens_to(Audience.STAFF)
def unfinish(step_id: UUID) -> ResponseReturnValue:
    """The step was not done after all."""
    step = queries.step(session(), viewer(), step_id)
    actions.unfinish(session(), viewer(), step)
    return _step(step)


def _taken(reason: ReasonError) -> ResponseReturnValue:
    if reason.code != "id_taken":
        raise reason
    return problem(409, "id_taken", {"id": say("id_taken")})
