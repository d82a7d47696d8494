"""The verbs on goals: add, reword, agree, close, reopen."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.goals import rules
from vbg.goals.forms import AgreementIn, GoalEdit, GoalIn
from vbg.goals.models import Goal
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def add(session: Session, viewer: Viewer, family_id: UUID, form: GoalIn) -> tuple[Goal, bool]:
    """Keep a goal of the family; the second value is False when this very goal was here before.

    Raises NotFoundError, ReasonError (id_taken, agreed_in_future).
    """
    family = families.one(session, viewer, family_id)
    session.execute(select(Family.id).where(Family.id == family.id).with_for_update(key_share=True))
    again = session.get(Goal, form.id) if form.id else None
    if again is not None:
        if (again.family_id, again.text, again.authors) != (family.id, form.text, form.authors):
            raise ReasonError("id_taken", "id")
        return again, False
    agreed_on = rules.check_agreement(form.agreed_by, form.agreed_on, clock.today())
    goal = Goal(
        id=form.id or ids.new(), family_id=family.id, text=form.text, authors=form.authors,
        agreed_by=form.agreed_by, agreed_on=agreed_on, created_at=clock.now(),
    )  # fmt: skip
    session.add(goal)
    _keep(session, viewer, "add", goal)
    return goal, True


def reword(session: Session, viewer: Viewer, goal: Goal, form: GoalEdit) -> None:
    """Give a goal other words, authors or agreement. Raises ReasonError agreed_in_future."""
    agreed_on = rules.check_agreement(form.agreed_by, form.agreed_on, clock.today())
    goal.text, goal.authors = form.text, form.authors
    goal.agreed_by, goal.agreed_on = form.agreed_by, agreed_on
    _keep(session, viewer, "reword", goal)


def agree(session: Session, viewer: Viewer, goal: Goal, form: AgreementIn) -> None:
    """Note who agreed and when; without a day it is today. Raises ReasonError agreed_in_future."""
    goal.agreed_on = rules.check_agreement(form.agreed_by, form.agreed_on, clock.today()) or clock.today()
    goal.agreed_by = form.agreed_by
    _keep(session, viewer, "agree", goal)


def close(session: Session, viewer: Viewer, goal: Goal) -> None:
    """Lay a goal aside; its moments keep their link."""
    goal.closed_at = goal.closed_at or clock.now()
    _keep(session, viewer, "close", goal)


def reopen(session: Session, viewer: Viewer, goal: Goal) -> None:
    """Take a goal up again."""
    goal.closed_at = None
    _keep(session, viewer, "reopen", goal)


def _keep(session: Session, viewer: Viewer, verb: str, goal: Goal) -> None:
    session.flush()
    audit.record(session, viewer, f"goals.{verb}", "goal", goal.id, goal.family_id)
