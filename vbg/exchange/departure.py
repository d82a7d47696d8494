"""The moments of a film as files know them, for who has the right to the whole film."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.exchange.rows import Row
from vbg.moments import rules
from vbg.moments.models import Moment


def rows(session: Session, film_id: UUID) -> list[Row]:
    """All moments that are not in the trash, in film order; never the working notes beside them."""
    found = select(Moment).where(Moment.film_id == film_id, Moment.removed.is_(False))
    return [_row(moment) for moment in session.scalars(found.order_by(Moment.start_ms, Moment.id))]


def _row(moment: Moment) -> Row:
    return Row(
        moment.start_ms, moment.end_ms, moment.id, moment.words,
        tuple((mark["tag"], mark["at_ms"]) for mark in moment.marks), tuple(moment.goals),
        moment.who_began_set, moment.chosen, when_words=moment.when_words, what_words=moment.what_words,
        for_words=moment.for_words, child_says=moment.child_says,
        photo_ms=rules.photo_shown(moment.photo_ms, moment.start_ms, moment.end_ms),
    )  # fmt: skip
