"""The practice's own cards: its staff see them, nobody else."""

import uuid

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from vbg.cards.models import OwnCard
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[OwnCard]:
    """Staff: those of their practice, in the bin or not. Everybody else: none."""
    if viewer.audience is Audience.STAFF:
        return select(OwnCard).where(OwnCard.practice_id == viewer.practice_id)
    return select(OwnCard).where(false())


def one(session: Session, viewer: Viewer, card_id: uuid.UUID) -> OwnCard:
    """This card, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(OwnCard.id == card_id))
    if found is None:
        raise NotFoundError
    return found


def of_practice(session: Session, viewer: Viewer) -> list[OwnCard]:
    """The practice's cards, oldest first: a new one does not move the others."""
    return list(session.scalars(visible_to(viewer).where(OwnCard.removed_at.is_(None)).order_by(OwnCard.id)))


def in_bin(session: Session, viewer: Viewer) -> list[OwnCard]:
    """What was thrown away and can come back, newest first."""
    thrown = visible_to(viewer).where(OwnCard.removed_at.is_not(None))
    return list(session.scalars(thrown.order_by(OwnCard.removed_at.desc())))
