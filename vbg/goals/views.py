"""Writing down a goal, its agreement, its rungs and levels, and laying it aside. The page of a goal is the desk's."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from vbg.families import queries as families
from vbg.goals import actions, queries, rules
from vbg.goals.forms import AgreementIn, GoalEdit, GoalIn, LevelIn, RungIn, ScaleIn
from vbg.goals.models import Goal, GoalLevel, Rung
from vbg.people import queries as people
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience, Viewer
from vbg.web.access import opens_to
from vbg.web.forms import Form, read, refused
from vbg.web.request import session, viewer

bp = Blueprint("goals", __name__)


@bp.get("/families/<uuid:family_id>/goals/new")
@opens_to(Audience.STAFF)
def new(family_id: UUID) -> ResponseReturnValue:
    """The empty form."""
    family = families.one(session(), viewer(), family_id)
    there = len(queries.of_family(session(), viewer(), family_id))
    return render_template(
        "goals/new.html", family=family, form={}, errors={}, many=there if there >= rules.MANY else 0
    )  # fmt: skip


@bp.post("/families/<uuid:family_id>/goals")
@opens_to(Audience.STAFF)
def create(family_id: UUID) -> ResponseReturnValue:
    """Keep the goal and show it, or show the form again with what is wrong."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(GoalIn)
    if form is not None:
        try:
            goal, _ = actions.add(session(), viewer(), family_id, form)
            return redirect(_show(goal))
        except ReasonError as reason:
            errors = refused(reason)
    return render_template("goals/new.html", family=family, form=request.form, errors=errors), 422


@bp.get("/goals/<uuid:goal_id>/edit")
@opens_to(Audience.STAFF)
def edit(goal_id: UUID) -> ResponseReturnValue:
    """The goal in its form."""
    goal = queries.one(session(), viewer(), goal_id)
    return _edit(goal, _stands(goal), {})


@bp.post("/goals/<uuid:goal_id>")
@opens_to(Audience.STAFF)
def update(goal_id: UUID) -> ResponseReturnValue:
    """Other words for the goal."""
    goal = queries.one(session(), viewer(), goal_id)
    errors = _tried(GoalEdit, goal, actions.reword)
    if not errors:
        return redirect(_show(goal))
    return _edit(goal, _stands(goal) | request.form.to_dict(), errors), 422


@bp.post("/goals/<uuid:goal_id>/agreement")
@opens_to(Audience.STAFF)
def agree(goal_id: UUID) -> ResponseReturnValue:
    """Who agreed, and when."""
    goal = queries.one(session(), viewer(), goal_id)
    errors = _tried(AgreementIn, goal, actions.agree)
    if not errors:
        return redirect(_show(goal))
    return _edit(goal, _stands(goal) | request.form.to_dict(), errors), 422


@bp.post("/goals/<uuid:goal_id>/agreement/end")
@opens_to(Audience.STAFF)
def disagree(goal_id: UUID) -> ResponseReturnValue:
    """A draft again."""
    goal = queries.one(session(), viewer(), goal_id)
    actions.disagree(session(), viewer(), goal)
    return redirect(_show(goal))


@bp.post("/goals/<uuid:goal_id>/closure")
@opens_to(Audience.STAFF)
def close(goal_id: UUID) -> ResponseReturnValue:
    """Lay the goal aside."""
    goal = queries.one(session(), viewer(), goal_id)
    actions.close(session(), viewer(), goal)
    return redirect(_show(goal))


@bp.post("/goals/<uuid:goal_id>/closure/end")
@opens_to(Audience.STAFF)
def reopen(goal_id: UUID) -> ResponseReturnValue:
    """Take the goal up again."""
    goal = queries.one(session(), viewer(), goal_id)
    actions.reopen(session(), viewer(), goal)
    return redirect(_show(goal))


@bp.get("/goals/<uuid:goal_id>/rungs/new")
@opens_to(Audience.STAFF)
def new_rung(goal_id: UUID) -> ResponseReturnValue:
    """The ladder, to choose a rung together: nothing on it but the goal."""
    return _rung(queries.one(session(), viewer(), goal_id), {}, {})


@bp.post("/goals/<uuid:goal_id>/rungs")
@opens_to(Audience.STAFF)
def choose_rung(goal_id: UUID) -> ResponseReturnValue:
    """Keep the rung."""
    goal = queries.one(session(), viewer(), goal_id)
    errors = _tried(RungIn, goal, actions.choose_rung)
    if not errors:
        return redirect(_show(goal))
    return _rung(goal, request.form.to_dict(), errors), 422


@bp.post("/rungs/<uuid:rung_id>/removal")
@opens_to(Audience.STAFF)
def hide_rung(rung_id: UUID) -> ResponseReturnValue:
    """Take a rung away."""
    return _hide(Rung, rung_id)


@bp.post("/rungs/<uuid:rung_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back_rung(rung_id: UUID) -> ResponseReturnValue:
    """Put a rung back."""
    return _put_back(Rung, rung_id)


@bp.post("/goal-levels")
@opens_to(Audience.STAFF)
def use_levels() -> ResponseReturnValue:
    """Work with goal levels in this practice."""
    actions.use_levels(session(), viewer(), used=True)
    return redirect(_back())


@bp.post("/goal-levels/end")
@opens_to(Audience.STAFF)
def drop_levels() -> ResponseReturnValue:
    """No longer work with goal levels: what was written down stays."""
    actions.use_levels(session(), viewer(), used=False)
    return redirect(_back())


@bp.get("/goals/<uuid:goal_id>/scale")
@opens_to(Audience.STAFF)
def edit_scale(goal_id: UUID) -> ResponseReturnValue:
    """What each level of the goal looks like."""
    goal = queries.one(session(), viewer(), goal_id)
    return _scale(goal, _scaled(goal), {})


@bp.post("/goals/<uuid:goal_id>/scale")
@opens_to(Audience.STAFF)
def scale(goal_id: UUID) -> ResponseReturnValue:
    """Keep what each level looks like."""
    goal = queries.one(session(), viewer(), goal_id)
    errors = _tried(ScaleIn, goal, actions.scale)
    if not errors:
        return redirect(_show(goal))
    return _scale(goal, _scaled(goal) | request.form.to_dict(), errors), 422


@bp.post("/goals/<uuid:goal_id>/levels")
@opens_to(Audience.STAFF)
def choose_level(goal_id: UUID) -> ResponseReturnValue:
    """Keep the level that the counselor sees."""
    goal = queries.one(session(), viewer(), goal_id)
    errors = _tried(LevelIn, goal, actions.choose_level)
    if not errors:
        return redirect(_show(goal))
    return _scale(goal, _scaled(goal), {"": errors.get("value") or errors.get("on") or errors.get("", "")}), 422


@bp.post("/goal-levels/<uuid:level_id>/removal")
@opens_to(Audience.STAFF)
def hide_level(level_id: UUID) -> ResponseReturnValue:
    """Take a level away."""
    return _hide(GoalLevel, level_id)


@bp.post("/goal-levels/<uuid:level_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back_level(level_id: UUID) -> ResponseReturnValue:
    """Put a level back."""
    return _put_back(GoalLevel, level_id)


def _tried(kind: type[Form], goal: Goal, act: Callable[[Session, Viewer, Goal, Form], object]) -> dict[str, str]:
    """Do it with the posted form; sentences by field when it cannot be."""
    form, errors = read(kind)
    if form is None:
        return errors
    try:
        act(session(), viewer(), goal, form)
    except ReasonError as reason:
        return refused(reason)
    return {}


def _hide(kind: type[Rung] | type[GoalLevel], kept_id: UUID) -> ResponseReturnValue:
    kept = queries.of_goal(session(), viewer(), kind, kept_id)
    actions.hide(session(), viewer(), kept)
    taken: dict[str, Any] = {"hidden_rung" if isinstance(kept, Rung) else "hidden_level": kept.id}
    return redirect(url_for("desk_goals.show", goal_id=kept.goal_id, **taken))


def _put_back(kind: type[Rung] | type[GoalLevel], kept_id: UUID) -> ResponseReturnValue:
    kept = queries.of_goal(session(), viewer(), kind, kept_id)
    actions.put_back(session(), viewer(), kept)
    return redirect(_show(kept.goal))


def _back() -> str:
    """The goal whose page asked, else today."""
    try:
        return _show(queries.one(session(), viewer(), UUID(request.form.get("goal", ""))))
    except (ValueError, NotFoundError):
        return url_for("desk.today")


def _rung(goal: Goal, form: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("goals/rung.html", goal=goal, family=goal.family, form=form, errors=errors)


def _scaled(goal: Goal) -> dict[str, str]:
    texts = goal.level_texts or [""] * len(rules.LEVELS)
    fields = list(ScaleIn.model_fields)[: len(rules.LEVELS)]
    start = goal.start_level if goal.start_level is not None else -2
    return dict(zip(fields, texts, strict=True)) | {"start_level": str(start), "weight": str(goal.weight)}


def _scale(goal: Goal, form: dict[str, str], errors: dict[str, str]) -> str:
    return render_template(
        "goals/scale.html", goal=goal, family=goal.family, form=form, errors=errors,
        used=people.practice(session()).goal_levels,
    )  # fmt: skip


def _stands(goal: Goal) -> dict[str, str]:
    day = goal.agreed_on.isoformat() if goal.agreed_on else ""
    kept = {name: str(getattr(goal, name)) for name in GoalEdit.model_fields if name != "agreed_on"}
    return kept | {"agreed_on": day}


def _edit(goal: Goal, form: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("goals/edit.html", goal=goal, family=goal.family, form=form, errors=errors)


def _show(goal: Goal) -> str:
    return url_for("desk_goals.show", goal_id=goal.id)
