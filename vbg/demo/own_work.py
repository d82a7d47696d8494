"""What the demo's counselor did beside her families: a card in her own words, and the supervisions she had."""

from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from vbg import clock
from vbg.cards import actions as cards
from vbg.cards import queries
from vbg.cards.forms import CardIn
from vbg.supervision import actions as supervision
from vbg.supervision.forms import HeldIn
from vbg.viewer import Viewer

CARD: Final = CardIn(
    title="Naar bed",
    text="Elke avond hetzelfde.\n- Licht zacht\n- Een liedje\n- Een boekje\nLaat je kind één stap kiezen.",
    drawing="boekje",
)
HELD_DAYS_AGO: Final = (95, 60, 24)


def tell(session: Session, viewer: Viewer) -> None:
    """Keep both, as she would, unless they are there: filling may have broken off after it."""
    if queries.of_practice(session, viewer) or queries.in_bin(session, viewer):
        return
    cards.make(session, viewer, CARD)
    for days in HELD_DAYS_AGO:
        supervision.note(session, viewer, HeldIn(held_on=clock.today() - timedelta(days=days)))
