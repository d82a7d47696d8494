"""The page of a goal: its words, the parents' ladder, then and now, and the moments that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from vbg import clock, timecode
from vbg.desk import ladders
from vbg.goals import queries as goals
from vbg.goals.models import Goal, GoalLevel, Rung
from vbg.moments import actions, rules
from vbg.moments import queries as moments
from vbg.moments.models import Moment
from vbg.people import queries as people
from vbg.reasons import NotFoundError
from vbg.reviews import actions as reviewing
from vbg.reviews import queries as reviews
from vbg.tagsets.queries import Labels
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

bp = Blueprint("desk_goals", __name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """A moment as the goal's page shows it; `on`: the day of its film. `heading` None: nothing was said of it yet."""

    moment: Moment
    on: date
    heading: str | None
    at: str
    still: str
    link: str


@bp.get("/goals/<uuid:goal_id>")
@opens_to(Audience.STAFF)
def show(goal_id: UUID) -> ResponseReturnValue:
    """One goal: its ladder, then and now, its moments; the level behind a fold."""
    goal = goals.one(session(), viewer(), goal_id)
    child, labels = moments.child_of(session(), goal.family_id), Labels(session())
    shown = moments.of_goal(session(), viewer(), goal)
    proofs = {moment.id: _proof(moment, child, labels) for moment in shown}
    then, now = (proofs.get(one) if one else None for one in moments.then_and_now(session(), goal))
    return render_template(
        "desk/goal.html", goal=goal, family=goal.family, proofs=list(proofs.values()), then=then, now=now,
        placed=reviews.placed(session(), viewer(), list(proofs)),
        ladders=ladders.drawn(goals.ladders(session(), [goal]).get(goal.id, ()), shown, clock.today()),
        hidden_rung=_hidden(Rung, "hidden_rung", goal), hidden_level=_hidden(GoalLevel, "hidden_level", goal),
        **_levels(goal),
    )  # fmt: skip


@bp.post("/goals/<uuid:goal_id>/then-and-now")
@opens_to(Audience.STAFF)
def then_and_now(goal_id: UUID) -> ResponseReturnValue:
    """Choose the two moments that show it then and now."""
    goal = goals.one(session(), viewer(), goal_id)
    actions.show_then_and_now(session(), viewer(), goal, _chosen("then"), _chosen("now"))
    return redirect(url_for(".show", goal_id=goal.id, _anchor="then-and-now"))


@bp.post("/goals/<uuid:goal_id>/moments/<uuid:moment_id>/choice")
@opens_to(Audience.STAFF)
def choose(goal_id: UUID, moment_id: UUID) -> ResponseReturnValue:
    """One press puts a moment into samen kijken, the next takes it out."""
    goal, moment = goals.one(session(), viewer(), goal_id), moments.one(session(), viewer(), moment_id)
    if moment.film.family_id != goal.family_id:
        raise NotFoundError
    review = reviewing.choose(session(), viewer(), moment, request.form.get("wanted") != "no")
    if request.headers.get("Vbg-Fragment") == "choice":
        return render_template("reviews/_chosen.html", moment=moment, review=review, form="choose")
    return redirect(url_for(".show", goal_id=goal.id, _anchor=f"m-{moment.id}"))


def _levels(goal: Goal) -> dict[str, object]:
    if not people.practice(session()).goal_levels:
        return {"levels_used": False, "level": None, "t": None, "counted": 0}
    all_goals: Sequence[Goal] = goals.of_family(session(), viewer(), goal.family_id)
    seen = goals.levels(session(), [*all_goals, goal])
    counted = sum(one.id in seen for one in all_goals)
    return {
        "levels_used": True, "level": seen.get(goal.id), "t": goals.t_score(all_goals, seen), "counted": counted
    }  # fmt: skip


def _hidden(kind: type[Rung] | type[GoalLevel], name: str, goal: Goal) -> Rung | GoalLevel | None:
    """What was just taken away, to put it back with one press."""
    try:
        kept: Rung | GoalLevel = goals.of_goal(session(), viewer(), kind, UUID(request.args.get(name, "")))
    except (ValueError, NotFoundError):
        return None
    return kept if kept.removed and kept.goal_id == goal.id else None


def _chosen(name: str) -> UUID | None:
    text = request.form.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFoundError from None


def _proof(moment: Moment, child: str, labels: Labels) -> Proof:
    link = url_for("desk.workspace", film_id=moment.film_id, _anchor=str(moment.id))
    words = rules.heading(moment.words, moment.marks, labels, child, str(get_locale()))
    return Proof(moment, ladders.day_of(moment), words, timecode.clock(moment.start_ms), ladders.still_of(moment), link)
