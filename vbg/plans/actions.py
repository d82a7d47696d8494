"""The verbs on a plan of approach: on strategies and on their steps. What is taken away can be put back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.films import queries as films
from vbg.goals.models import Goal
from vbg.goals.rules import check_day
from vbg.hypotheses import queries as hypotheses
from vbg.plans.forms import DoneIn, StepEdit, StepIn, StrategyEdit, StrategyIn
from vbg.plans.models import Step, Strategy
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Viewer


def add(session: Session, viewer: Viewer, goal: Goal, form: StrategyIn) -> tuple[Strategy, bool]:
    """Keep how a goal is gone about; the second value is False when this very one was here before.

    Raises ReasonError (id_taken, unknown_hypothesis, unknown_film).
    """
    session.execute(select(Goal.id).where(Goal.id == goal.id).with_for_update(key_share=True))
    again = session.get(Strategy, form.id) if form.id else None
    if again is not None:
        if (again.goal_id, again.text) != (goal.id, form.text):
            raise ReasonError("id_taken", "id")
        return again, False
    made = Strategy(id=form.id or ids.new(), goal=goal, by_id=viewer.person_id, created_at=clock.now(), removed=False)
    _write(session, viewer, made, form)
    session.add(made)
    _keep(session, viewer, "add", made)
    return made, True


def reword(session: Session, viewer: Viewer, strategy: Strategy, form: StrategyEdit) -> None:
    """Other words, another hypothesis or film. Raises ReasonError unknown_hypothesis, unknown_film."""
    _write(session, viewer, strategy, form)
    _keep(session, viewer, "reword", strategy)


def hide(session: Session, viewer: Viewer, strategy: Strategy) -> None:
    """Take a strategy away with its steps; it can be put back."""
    strategy.removed = True
    _keep(session, viewer, "hide", strategy)


def put_back(session: Session, viewer: Viewer, strategy: Strategy) -> None:
    """Show a strategy again."""
    strategy.removed = False
    _keep(session, viewer, "put_back", strategy)


def add_step(session: Session, viewer: Viewer, strategy: Strategy, form: StepIn) -> tuple[Step, bool]:
    """Keep a step; the second value is False when this very one was here before. Raises ReasonError id_taken."""
    session.execute(select(Strategy.id).where(Strategy.id == strategy.id).with_for_update(key_share=True))
    again = session.get(Step, form.id) if form.id else None
    if again is not None:
        if (again.strategy_id, again.text) != (strategy.id, form.text):
            raise ReasonError("id_taken", "id")
        return again, False
    made = Step(id=form.id or ids.new(), strategy=strategy, by_id=viewer.person_id, created_at=clock.now())
    made.removed = False
    session.add(made)
    reword_step(session, viewer, made, form)
    return made, True


def reword_step(session: Session, viewer: Viewer, step: Step, form: StepEdit) -> None:
    """Other words, somebody else, another time."""
    step.text, step.who, step.when_words = form.text, form.who, form.when_words
    _keep_step(session, viewer, "reword_step", step)


def finish(session: Session, viewer: Viewer, step: Step, form: DoneIn) -> None:
    """It was done. Raises ReasonError day_in_future."""
    step.done_on = check_day(form.on, clock.today(), "on")
    _keep_step(session, viewer, "finish", step)


def unfinish(session: Session, viewer: Viewer, step: Step) -> None:
    """It was not done after all."""
    step.done_on = None
    _keep_step(session, viewer, "unfinish", step)


def hide_step(session: Session, viewer: Viewer, step: Step) -> None:
    """Take a step away; it can be put back."""
    step.removed = True
    _keep_step(session, viewer, "hide_step", step)


def put_back_step(session: Session, viewer: Viewer, step: Step) -> None:
    """Show a step again."""
    step.removed = False
    _keep_step(session, viewer, "put_back_step", step)


def _write(session: Session, viewer: Viewer, strategy: Strategy, form: StrategyEdit) -> None:
    family_id = strategy.goal.family_id
    try:
        thought = hypotheses.one(session, viewer, form.hypothesis) if form.hypothesis else None
    except NotFoundError:
        raise ReasonError("unknown_hypothesis", "hypothesis") from None
    try:
        film = films.one(session, viewer, form.film) if form.film else None
    except NotFoundError:
        raise ReasonError("unknown_film", "film") from None
    if thought and thought.family_id != family_id:
        raise ReasonError("unknown_hypothesis", "hypothesis")
    if film and film.family_id != family_id:
        raise ReasonError("unknown_film", "film")
    strategy.text, strategy.hypothesis, strategy.film = form.text, thought, film


def _keep(session: Session, viewer: Viewer, verb: str, strategy: Strategy) -> None:
    session.flush()
    audit.record(session, viewer, f"plans.{verb}", "strategy", strategy.id, strategy.goal.family_id)


def _keep_step(session: Session, viewer: Viewer, verb: str, step: Step) -> None:
    session.flush()
    audit.record(session, viewer, f"plans.{verb}", "step", step.id, step.strategy.goal.family_id)
