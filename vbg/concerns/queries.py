"""Concerns as a viewer may see them: the family's team, nobody else in any way."""

import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.people.models import Person
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer

Kept = TypeVar("Kept", ConcernFact, ConcernStep)


def visible_to(viewer: Viewer, kind: type[Kept]) -> Select[Kept]:
    """The facts or steps of the families this member of staff may see, those taken away too."""
    if viewer.audience is not Audience.STAFF:
        return select(kind).where(false())
    return select(kind).where(kind.family_id.in_(families.visible_to(viewer).with_only_columns(Family.id)))


def one(session: Session, viewer: Viewer, kind: type[Kept], kept_id: uuid.UUID) -> Kept:
    """This fact or step, taken away or not, or NotFoundError."""
    found: Kept | None = session.scalar(visible_to(viewer, kind).where(kind.id == kept_id))
    if found is None:
        raise NotFoundError
    return found


def of_family(session: Session, viewer: Viewer, kind: type[Kept], family_id: uuid.UUID) -> Sequence[Kept]:
    """The family's facts or steps, oldest day first, those taken away too."""
    mine = visible_to(viewer, kind).where(kind.family_id == family_id)
    return session.scalars(mine.order_by(kind.on, kind.created_at, kind.id)).all()


def writers(session: Session, kept: Sequence[Any]) -> dict[uuid.UUID, str]:
    """By id: the names of who wrote these. The caller has seen them."""
    found = session.scalars(select(Person).where(Person.id.in_({one.by_id for one in kept})))
    return {one.id: one.name for one in found}
