"""The verbs on a practice's own cards: make, change, throw away, put back."""

from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.cards.forms import CardIn
from vbg.cards.models import OwnCard
from vbg.viewer import Viewer


def make(session: Session, viewer: Viewer, form: CardIn) -> OwnCard:
    """A new card of the practice."""
    card = OwnCard(practice_id=viewer.practice_id, by_id=viewer.person_id, **form.model_dump())
    session.add(card)
    session.flush()
    audit.record(session, viewer, "card.make", "card", card.id)
    return card


def change(session: Session, viewer: Viewer, card: OwnCard, form: CardIn) -> None:
    """Other words, another picture."""
    for name, value in form.model_dump().items():
        setattr(card, name, value)
    session.flush()
    audit.record(session, viewer, "card.change", "card", card.id)


def throw_away(session: Session, viewer: Viewer, card: OwnCard) -> None:
    """Into the bin, out of which it can come back."""
    card.removed_at = card.removed_at or clock.now()
    session.flush()
    audit.record(session, viewer, "card.throw_away", "card", card.id)


def put_back(session: Session, viewer: Viewer, card: OwnCard) -> None:
    """Out of the bin again."""
    card.removed_at = None
    session.flush()
    audit.record(session, viewer, "card.put_back", "card", card.id)
