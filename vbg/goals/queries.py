"""Goals a viewer may see: staff, of their families. Parents read theirs through sharing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from vbg.families import queries as families
from vbg.families.models import Family
from vbg.goals import rules
from vbg.goals.models import Goal, GoalLevel, Rung
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer

Kept = Rung | GoalLevel


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs that one set of people chose on a goal, oldest first; `who` are their call names, or empty."""

    who: str
    rungs: tuple[Rung, ...]

    @property
    def start(self) -> Rung:
        """Where they began."""
        return self.rungs[0]

    @property
    def now(self) -> Rung:
        """What they chose last."""
        return self.rungs[-1]


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


def ladders(session: Session, goals: Sequence[Goal]) -> dict[UUID, tuple[Ladder, ...]]:
    """By goal: a ladder for each set of people who chose rungs on it. The caller has seen the goals."""
    query = select(Rung).where(Rung.goal_id.in_([goal.id for goal in goals]), Rung.removed.is_(False))
    chosen: dict[UUID, dict[str, list[Rung]]] = {}
    for rung in session.scalars(query.order_by(Rung.on, Rung.created_at, Rung.id)):
        chosen.setdefault(rung.goal_id, {}).setdefault(rung.chosen_by, []).append(rung)
    return {
        goal_id: tuple(Ladder(who, tuple(rungs)) for who, rungs in by_names.items())
        for goal_id, by_names in chosen.items()
    }


def levels(session: Session, goals: Sequence[Goal]) -> dict[UUID, GoalLevel]:
    """By goal: the level seen last. The caller has seen the goals."""
    query = select(GoalLevel).where(GoalLevel.goal_id.in_([goal.id for goal in goals]), GoalLevel.removed.is_(False))
    ordered = query.order_by(GoalLevel.on, GoalLevel.created_at, GoalLevel.id)
    return {level.goal_id: level for level in session.scalars(ordered)}


def t_score(goals: Sequence[Goal], seen: dict[UUID, GoalLevel]) -> float | None:
    """T over the goals that have a level now; None when none has. Says nothing beside another family's."""
    return rules.t_score([(goal.weight, seen[goal.id].value) for goal in goals if goal.id in seen])


def of_goal(session: Session, viewer: Viewer, kind: type[Rung] | type[GoalLevel], kept_id: UUID) -> Kept:
    """A rung or a level of a goal that the viewer may see, taken away or not; or NotFoundError."""
    found: Kept | None = session.get(Rung, kept_id) if kind is Rung else session.get(GoalLevel, kept_id)
    if found is None:
        raise NotFoundError
    one(session, viewer, found.goal_id)
    return found
