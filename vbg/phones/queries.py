"""Which phones are connected for a family, and what came in from them."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import clock
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films.models import Film, Upload
from vbg.people import rules as people
from vbg.people.models import WebSession
from vbg.people.queries import hash_of
from vbg.phones.models import PhoneCode
from vbg.phones.rules import code_fault
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer


def family_of(session: Session, viewer: Viewer) -> Family:
    """The one family that this phone may send films of. NotFoundError when its counselor left the team."""
    family = session.scalar(families.receiving_from(viewer)) if viewer.audience is Audience.PHONE else None
    if family is None:
        raise NotFoundError
    return family


def waits(session: Session, viewer: Viewer, family: Family, code: str) -> bool:
    """Whether this code of the viewer's can still let a phone in for the family."""
    mine = select(PhoneCode).where(PhoneCode.by_id == viewer.person_id, PhoneCode.family_id == family.id)
    found = session.scalar(mine.where(PhoneCode.code_hash == hash_of(code)))
    return found is not None and code_fault(clock.now(), found.expires_at, found.used_at) is None


def connected(session: Session, viewer: Viewer, family: Family) -> list[WebSession]:
    """The viewer's own phones that may send films of the family at this moment."""
    mine = select(WebSession).where(
        WebSession.person_id == viewer.person_id, WebSession.family_id == family.id, WebSession.ended_at.is_(None),
        WebSession.audience == Audience.PHONE, WebSession.created_at > clock.now() - people.PHONE_LIFE,
    )  # fmt: skip
    return list(session.scalars(mine))


def arrivals(session: Session, viewer: Viewer, family: Family) -> list[tuple[Upload, Film | None]]:
    """What the viewer's phones sent of the family lately, the newest first, with the film that it became."""
    phones = select(WebSession.id).where(
        WebSession.person_id == viewer.person_id, WebSession.family_id == family.id,
        WebSession.created_at > clock.now() - 2 * people.PHONE_LIFE,
    )  # fmt: skip
    sent = select(Upload, Film).outerjoin(Film, Film.id == Upload.film_id)
    sent = sent.where(Upload.session_id.in_(phones), Film.removed_at.is_(None))
    return [(upload, film) for upload, film in session.execute(sent.order_by(Upload.created_at.desc()))]


def code_of(session: Session, code: str) -> PhoneCode | None:
    """The code as it was made, whether it still opens something or not."""
    return session.scalar(select(PhoneCode).where(PhoneCode.code_hash == hash_of(code)))


def session_of(session: Session, token: str) -> uuid.UUID:
    """The id of the session that bears this token."""
    return session.scalars(select(WebSession.id).where(WebSession.token_hash == hash_of(token))).one()
