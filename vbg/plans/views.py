"""Writing down how a goal is gone about, and its steps. The page of the whole plan is the desk's."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy.orm import Session

from vbg.films import queries as films
from vbg.goals import queries as goals
from vbg.goals.models import Goal
from vbg.hypotheses import queries as hypotheses
from vbg.moments import queries as moments
from vbg.plans import actions, queries
from vbg.plans.forms import DoneIn, StepEdit, StepIn, StrategyEdit, StrategyIn
from vbg.plans.models import Step, Strategy
from vbg.reasons import ReasonError
from vbg.viewer import Audience, Viewer
from vbg.web.access import opens_to
from vbg.web.forms import Form, read, refused
from vbg.web.request import session, viewer

bp = Blueprint("plans", __name__)
STEP_FIELDS = ("text", "who", "when_words")
Thing = TypeVar("Thing", Strategy, Step)


@bp.get("/goals/<uuid:goal_id>/strategies/new")
@opens_to(Audience.STAFF)
def new(goal_id: UUID) -> ResponseReturnValue:
    """The empty form."""
    return _form("plans/new.html", goals.one(session(), viewer(), goal_id), {}, {})


@bp.post("/goals/<uuid:goal_id>/strategies")
@opens_to(Audience.STAFF)
def create(goal_id: UUID) -> ResponseReturnValue:
    """Keep it and show it, or show the form again with what is wrong."""
    goal = goals.one(session(), viewer(), goal_id)
    form, errors = read(StrategyIn)
    if form is not None:
        try:
            made, _fresh = actions.add(session(), viewer(), goal, form)
            return redirect(_show(made))
        except ReasonError as reason:
            errors = refused(reason)
    return _form("plans/new.html", goal, request.form.to_dict(), errors), 422


@bp.get("/strategies/<uuid:strategy_id>")
@opens_to(Audience.STAFF)
def show(strategy_id: UUID) -> ResponseReturnValue:
    """How a goal is gone about, step by step, and the moments that it comes from."""
    return _page(queries.one(session(), viewer(), strategy_id), {}, {})


@bp.get("/strategies/<uuid:strategy_id>/edit")
@opens_to(Audience.STAFF)
def edit(strategy_id: UUID) -> ResponseReturnValue:
    """The strategy in its form."""
    found = queries.one(session(), viewer(), strategy_id)
    stands = {"text": found.text, "hypothesis": str(found.hypothesis_id or ""), "film": str(found.film_id or "")}
    return _form("plans/edit.html", found.goal, stands, {}, found)


@bp.post("/strategies/<uuid:strategy_id>")
@opens_to(Audience.STAFF)
def update(strategy_id: UUID) -> ResponseReturnValue:
    """Other words for it."""
    found = queries.one(session(), viewer(), strategy_id)
    errors = _tried(StrategyEdit, found, actions.reword)
    if not errors:
        return redirect(_show(found))
    return _form("plans/edit.html", found.goal, request.form.to_dict(), errors, found), 422


@bp.post("/strategies/<uuid:strategy_id>/removal")
@opens_to(Audience.STAFF)
def hide(strategy_id: UUID) -> ResponseReturnValue:
    """Take it away; its page stays, with the press that puts it back."""
    found = queries.one(session(), viewer(), strategy_id)
    actions.hide(session(), viewer(), found)
    return redirect(_show(found))


@bp.post("/strategies/<uuid:strategy_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back(strategy_id: UUID) -> ResponseReturnValue:
    """Put it back."""
    found = queries.one(session(), viewer(), strategy_id)
    actions.put_back(session(), viewer(), found)
    return redirect(_show(found))


@bp.post("/strategies/<uuid:strategy_id>/steps")
@opens_to(Audience.STAFF)
def create_step(strategy_id: UUID) -> ResponseReturnValue:
    """A step more."""
    found = queries.one(session(), viewer(), strategy_id)
    errors = _tried(StepIn, found, actions.add_step)
    if not errors:
        return redirect(_show(found) + "#steps")
    return _page(found, request.form.to_dict(), errors), 422


@bp.get("/steps/<uuid:step_id>/edit")
@opens_to(Audience.STAFF)
def edit_step(step_id: UUID) -> ResponseReturnValue:
    """The step in its form."""
    step = queries.step(session(), viewer(), step_id)
    return _step_form(step, {name: getattr(step, name) for name in STEP_FIELDS}, {})


@bp.post("/steps/<uuid:step_id>")
@opens_to(Audience.STAFF)
def update_step(step_id: UUID) -> ResponseReturnValue:
    """Other words, somebody else, another time."""
    step = queries.step(session(), viewer(), step_id)
    errors = _tried(StepEdit, step, actions.reword_step)
    if not errors:
        return redirect(_back(step))
    return _step_form(step, request.form.to_dict(), errors), 422


@bp.post("/steps/<uuid:step_id>/done")
@opens_to(Audience.STAFF)
def finish(step_id: UUID) -> ResponseReturnValue:
    """It was done: today, or on the day that was said."""
    step = queries.step(session(), viewer(), step_id)
    errors = _tried(DoneIn, step, actions.finish)
    if not errors:
        return redirect(_back(step))
    return _page(step.strategy, {}, {"": next(iter(errors.values()))}), 422


@bp.post("/steps/<uuid:step_id>/done/end")
@opens_to(Audience.STAFF)
def unfinish(step_id: UUID) -> ResponseReturnValue:
    """It was not done after all."""
    step = queries.step(session(), viewer(), step_id)
    actions.unfinish(session(), viewer(), step)
    return redirect(_back(step))


@bp.post("/steps/<uuid:step_id>/removal")
@opens_to(Audience.STAFF)
def hide_step(step_id: UUID) -> ResponseReturnValue:
    """Take a step away."""
    step = queries.step(session(), viewer(), step_id)
    actions.hide_step(session(), viewer(), step)
    return redirect(url_for("plans.show", strategy_id=step.strategy_id, hidden_step=step.id))


@bp.post("/steps/<uuid:step_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back_step(step_id: UUID) -> ResponseReturnValue:
    """Put a step back."""
    step = queries.step(session(), viewer(), step_id)
    actions.put_back_step(session(), viewer(), step)
    return redirect(_back(step))


def _tried(kind: type[Form], thing: Thing, act: Callable[[Session, Viewer, Thing, Form], object]) -> dict[str, str]:
    """Do it with the posted form; sentences by field when it cannot be."""
    form, errors = read(kind)
    if form is None:
        return errors
    try:
        act(session(), viewer(), thing, form)
    except ReasonError as reason:
        return refused(reason)
    return {}


def _form(
    page: str, goal: Goal, form: Mapping[str, str], errors: dict[str, str], strategy: Strategy | None = None
) -> str:
    offered = hypotheses.of_family(session(), viewer(), goal.family_id)
    return render_template(
        page, goal=goal, family=goal.family, strategy=strategy, form=form, errors=errors, hypotheses=offered,
        films=films.of_family(session(), viewer(), goal.family_id),
    )  # fmt: skip


def _step_form(step: Step, form: Mapping[str, str], errors: dict[str, str]) -> str:
    family = step.strategy.goal.family
    return render_template("plans/step.html", step=step, family=family, form=form, errors=errors)


def _page(found: Strategy, form: Mapping[str, str], errors: dict[str, str]) -> str:
    goal, language = found.goal, str(get_locale())
    shown = moments.of_goal(session(), viewer(), goal)
    thought = found.hypothesis
    sides = hypotheses.sides(session(), viewer(), [thought])[thought.id] if thought else hypotheses.Sides()
    told = {"goal": shown, "for": sides.speaks_for, "against": sides.against}
    return render_template(
        "plans/show.html", strategy=found, goal=goal, family=goal.family, thought=thought, form=form, errors=errors,
        steps=queries.steps(session(), [found])[found.id], hidden_step=_hidden(found),
        proofs={name: hypotheses.proofs(session(), some, goal.family_id, language) for name, some in told.items()},
    )  # fmt: skip


def _hidden(strategy: Strategy) -> Step | None:
    """The step that was just taken away, to put it back with one press."""
    try:
        step = queries.step(session(), viewer(), UUID(request.args.get("hidden_step", "")))
    except (ValueError, ReasonError):
        return None
    return step if step.removed and step.strategy_id == strategy.id else None


def _show(strategy: Strategy) -> str:
    return url_for("plans.show", strategy_id=strategy.id)


def _back(step: Step) -> str:
    """The plan when its page asked, else the strategy."""
    if request.form.get("from") == "plan":
        return url_for("desk_plan.show", family_id=step.strategy.goal.family_id, _anchor=f"s-{step.id}")
    return url_for("plans.show", strategy_id=step.strategy_id, _anchor="steps")
