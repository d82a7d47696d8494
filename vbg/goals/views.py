"""Writing down a goal, its agreement, and laying it aside. The page of a goal is the desk's."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vbg.families import queries as families
from vbg.goals import actions, queries
from vbg.goals.forms import AgreementIn, GoalEdit, GoalIn
from vbg.goals.models import Goal
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer

bp = Blueprint("goals", __name__)


@bp.get("/families/<uuid:family_id>/goals/new")
@opens_to(Audience.STAFF)
def new(family_id: UUID) -> ResponseReturnValue:
    """The empty form."""
    family = families.one(session(), viewer(), family_id)
    return render_template("goals/new.html", family=family, form={}, errors={})


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
    form, errors = read(GoalEdit)
    if form is not None:
        try:
            actions.reword(session(), viewer(), goal, form)
            return redirect(_show(goal))
        except ReasonError as reason:
            errors = refused(reason)
    return _edit(goal, _stands(goal) | request.form.to_dict(), errors), 422


@bp.post("/goals/<uuid:goal_id>/agreement")
@opens_to(Audience.STAFF)
def agree(goal_id: UUID) -> ResponseReturnValue:
    """Who agreed, and when."""
    goal = queries.one(session(), viewer(), goal_id)
    form, errors = read(AgreementIn)
    if form is not None:
        try:
            actions.agree(session(), viewer(), goal, form)
            return redirect(_show(goal))
        except ReasonError as reason:
            errors = refused(reason)
    return _edit(goal, _stands(goal) | request.form.to_dict(), errors), 422


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


def _stands(goal: Goal) -> dict[str, str]:
    day = goal.agreed_on.isoformat() if goal.agreed_on else ""
    return {"text": goal.text, "authors": goal.authors, "agreed_by": goal.agreed_by, "agreed_on": day}


def _edit(goal: Goal, form: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("goals/edit.html", goal=goal, family=goal.family, form=form, errors=errors)


def _show(goal: Goal) -> str:
    return url_for("desk_goals.show", goal_id=goal.id)
