"""Plans of approach a viewer may see: staff, of their families."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload

from vbg.goals import queries as goals
from vbg.goals.models import Goal
from vbg.plans.models import Step, Strategy
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[Strategy]:
    """The strategies for goals that this member of staff may see, those taken away too."""
    if viewer.audience is not Audience.STAFF:
        return select(Strategy).where(false())
    return select(Strategy).where(Strategy.goal_id.in_(goals.visible_to(viewer).with_only_columns(Goal.id)))


def one(session: Session, viewer: Viewer, strategy_id: UUID) -> Strategy:
    """One strategy with its goal, or NotFoundError."""
    seen = visible_to(viewer).where(Strategy.id == strategy_id)
    found = session.scalar(seen.options(joinedload(Strategy.goal).joinedload(Goal.family)))
    if found is None:
        raise NotFoundError
    return found


def step(session: Session, viewer: Viewer, step_id: UUID) -> Step:
    """One step of a strategy that the viewer may see, taken away or not; or NotFoundError."""
    found = session.get(Step, step_id)
    if found is None:
        raise NotFoundError
    one(session, viewer, found.strategy_id)
    return found


def of_goals(session: Session, shown: Sequence[Goal]) -> dict[UUID, list[Strategy]]:
    """By goal: its strategies that stand, oldest first. The caller has seen the goals."""
    found: dict[UUID, list[Strategy]] = {goal.id: [] for goal in shown}
    query = select(Strategy).where(Strategy.goal_id.in_(found), Strategy.removed.is_(False))
    query = query.options(joinedload(Strategy.hypothesis), joinedload(Strategy.film))
    for strategy in session.scalars(query.order_by(Strategy.created_at, Strategy.id)):
        found[strategy.goal_id].append(strategy)
    return found


def steps(session: Session, strategies: Sequence[Strategy]) -> dict[UUID, list[Step]]:
    """By strategy: its steps that stand, oldest first. The caller has seen the strategies."""
    found: dict[UUID, list[Step]] = {strategy.id: [] for strategy in strategies}
    query = select(Step).where(Step.strategy_id.in_(found), Step.removed.is_(False))
    for one_step in session.scalars(query.order_by(Step.created_at, Step.id)):
        found[one_step.strategy_id].append(one_step)
    return found
