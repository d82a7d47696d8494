"""The verbs on goals: add, reword, agree, close, reopen; on the parents' rungs; on the counselor's levels."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.goals import rules
from vbg.goals.forms import AgreementIn, GoalEdit, GoalIn, LevelIn, RungIn, ScaleIn
from vbg.goals.models import Goal, GoalLevel, Rung
from vbg.people import queries as people
from vbg.reasons import ReasonError
from vbg.viewer import Viewer

WORDS = ("text", "short_word", "when_where", "seen_as", "begins_at", "enough", "authors")
"""What a goal says. Who agreed may change between two sendings of the same goal."""


def add(session: Session, viewer: Viewer, family_id: UUID, form: GoalIn) -> tuple[Goal, bool]:
    """Keep a goal of the family; the second value is False when this very goal was here before.

    Raises NotFoundError, ReasonError (id_taken, agreed_in_future).
    """
    family = families.one(session, viewer, family_id)
    session.execute(select(Family.id).where(Family.id == family.id).with_for_update(key_share=True))
    again = session.get(Goal, form.id) if form.id else None
    if again is not None:
        same = all(getattr(again, name) == getattr(form, name) for name in WORDS)
        if again.family_id != family.id or not same:
            raise ReasonError("id_taken", "id")
        return again, False
    agreed_on = rules.check_agreement(form.agreed_by, form.agreed_on, clock.today())
    goal = Goal(id=form.id or ids.new(), family_id=family.id, created_at=clock.now())
    _write(goal, form)
    goal.agreed_on = agreed_on
    session.add(goal)
    _keep(session, viewer, "add", goal)
    return goal, True


def reword(session: Session, viewer: Viewer, goal: Goal, form: GoalEdit) -> None:
    """Give a goal other words, authors or agreement. Raises ReasonError agreed_in_future."""
    agreed_on = rules.check_agreement(form.agreed_by, form.agreed_on, clock.today())
    _write(goal, form)
    goal.agreed_on = agreed_on
    _keep(session, viewer, "reword", goal)


def agree(session: Session, viewer: Viewer, goal: Goal, form: AgreementIn) -> None:
    """Note who agreed and when; without a day it is today. Raises ReasonError agreed_in_future."""
    goal.agreed_on = rules.check_agreement(form.agreed_by, form.agreed_on, clock.today()) or clock.today()
    goal.agreed_by = form.agreed_by
    _keep(session, viewer, "agree", goal)


def disagree(session: Session, viewer: Viewer, goal: Goal) -> None:
    """Make a goal a draft again."""
    goal.agreed_by, goal.agreed_on = "", None
    _keep(session, viewer, "disagree", goal)


def close(session: Session, viewer: Viewer, goal: Goal) -> None:
    """Lay a goal aside; its moments keep their link."""
    goal.closed_at = goal.closed_at or clock.now()
    _keep(session, viewer, "close", goal)


def reopen(session: Session, viewer: Viewer, goal: Goal) -> None:
    """Take a goal up again."""
    goal.closed_at = None
    _keep(session, viewer, "reopen", goal)


def choose_rung(session: Session, viewer: Viewer, goal: Goal, form: RungIn) -> Rung:
    """Keep the rung that the parents chose. Raises ReasonError day_in_future."""
    on = rules.check_day(form.on, clock.today(), "on")
    rung = Rung(id=ids.new(), goal_id=goal.id, value=form.value, on=on, created_at=clock.now())
    rung.chosen_by, rung.words, rung.by_id = form.chosen_by, form.words, viewer.person_id
    session.add(rung)
    _keep(session, viewer, "choose_rung", goal)
    return rung


def hide(session: Session, viewer: Viewer, kept: Rung | GoalLevel) -> None:
    """Take a rung or a level away; it can be put back."""
    kept.removed = True
    _keep(session, viewer, f"hide_{_noun(kept)}", kept.goal)


def put_back(session: Session, viewer: Viewer, kept: Rung | GoalLevel) -> None:
    """Show a rung or a level again."""
    kept.removed = False
    _keep(session, viewer, f"put_back_{_noun(kept)}", kept.goal)


def use_levels(session: Session, viewer: Viewer, used: bool) -> None:
    """Work with goal levels in this practice, or no longer: what was written down stays."""
    practice = people.practice(session)
    practice.goal_levels = used
    session.flush()
    audit.record(session, viewer, "goals.use_levels" if used else "goals.drop_levels", "practice", practice.id)


def scale(session: Session, viewer: Viewer, goal: Goal, form: ScaleIn) -> None:
    """Write down what each level of a goal looks like; five empty texts mean that it has none."""
    goal.level_texts = form.texts if any(text.strip() for text in form.texts) else []
    goal.start_level = form.start_level if goal.level_texts else None
    goal.weight = form.weight
    _keep(session, viewer, "scale", goal)


def choose_level(session: Session, viewer: Viewer, goal: Goal, form: LevelIn) -> GoalLevel:
    """Keep the level that the counselor sees. Raises ReasonError day_in_future."""
    on = rules.check_day(form.on, clock.today(), "on")
    level = GoalLevel(id=ids.new(), goal_id=goal.id, value=form.value, on=on, created_at=clock.now())
    level.by_id = viewer.person_id
    session.add(level)
    _keep(session, viewer, "choose_level", goal)
    return level


def _noun(kept: Rung | GoalLevel) -> str:
    return "rung" if isinstance(kept, Rung) else "level"


def _write(goal: Goal, form: GoalEdit) -> None:
    for name in (*WORDS, "agreed_by"):
        setattr(goal, name, getattr(form, name))


def _keep(session: Session, viewer: Viewer, verb: str, goal: Goal) -> None:
    session.flush()
    audit.record(session, viewer, f"goals.{verb}", "goal", goal.id, goal.family_id)
