"""The verbs: ask that a family goes, let its rows go, say that it is gone."""

import uuid

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vbg import audit, clock, queue
from vbg.families.models import Care, Family
from vbg.films import actions as films
from vbg.people.models import Person, WebSession
from vbg.retention import queries
from vbg.retention.models import Erasure
from vbg.reviews.models import Review
from vbg.viewer import Viewer


def ask_erasure(session: Session, viewer: Viewer | None, family: Family) -> Erasure:
    """Take a whole family away for good: hidden from everybody now, destroyed by the job. Asked twice it is one."""
    asked = queries.erasure(session, family.id)
    if asked is None:
        asked = Erasure(family_id=family.id, asked_by=viewer.person_id if viewer else None, asked_at=clock.now())
        session.add(asked)
        audit.record(session, viewer, "retention.ask_erasure", "family", family.id, family.id)
    for film in queries.films(session, family.id):
        if film.removed_at is None:
            films.remove(session, viewer, film)
    session.execute(delete(Care).where(Care.family_id == family.id))
    session.flush()
    queue.ask(session, "retention.erase", family.id)
    return asked


def drop_rows(session: Session, family_id: uuid.UUID) -> None:
    """Let all rows of a family go whose films are gone, and the accounts that were for it alone."""
    accounts = queries.accounts(session, family_id)
    reviews = select(Review.id).where(Review.family_id == family_id)
    session.execute(delete(WebSession).where(WebSession.review_id.in_(reviews) | (WebSession.family_id == family_id)))
    session.execute(delete(Family).where(Family.id == family_id))
    session.execute(delete(Person).where(Person.id.in_(accounts)))
    audit.record(session, None, "retention.drop_rows", "family", family_id, family_id)


def prove(session: Session, family_id: uuid.UUID) -> None:
    """Nothing of the family is left: one line without content says so, once."""
    asked = session.scalar(select(Erasure).where(Erasure.family_id == family_id).with_for_update())
    if asked is None or asked.done_at is not None:
        return
    asked.done_at = clock.now()
    audit.record(session, None, "retention.erase", "family", family_id, family_id)
