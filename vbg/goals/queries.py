"""Goals a viewer may see: staff, of their families. Parents read theirs through sharing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from vbg.families import queries as families
from vbg.families.models import Family
from vbg.goals.models import Goal
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[Goal]:
    """The goals of the families this member of staff may see, closed ones too."""
    if viewer.audience is not Audience.STAFF:
        return select(Goal).where(false())
    return select(Goal).where(Goal.family_id.in_(families.visible_to(viewer).with_only_columns(Family.id)))


def one(session: Session, viewer: Viewer, goal_id: UUID) -> Goal:
    """One goal, or NotFoundError."""
    goal = session.scalar(visible_to(viewer).where(Goal.id == goal_id))
    if goal is None:
        raise NotFoundError
    return goal


def of_family(session: Session, viewer: Viewer, family_id: UUID, closed: bool = False) -> Sequence[Goal]:
    """The family's goals, oldest first; the closed ones only when asked for."""
    query = visible_to(viewer).where(Goal.family_id == family_id).order_by(Goal.created_at, Goal.id)
    return session.scalars(query if closed else query.where(Goal.closed_at.is_(None))).all()


def ids_of(session: Session, family_id: UUID, wanted: Sequence[UUID]) -> set[UUID]:
    """Which of these ids are goals of the family. The caller has seen the family."""
    if not wanted:
        return set()
    return set(session.scalars(select(Goal.id).where(Goal.family_id == family_id, Goal.id.in_(wanted))))
