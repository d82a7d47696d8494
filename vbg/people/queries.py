"""Who is who; every Select starts from what the viewer may see."""

import hashlib
import uuid
from datetime import timedelta

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload

from vbg import clock
from vbg.config import Settings
from vbg.people import rules
from vbg.people.models import ApiToken, Person, Practice, SignInCode, WebSession
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Reading, Viewer


def hash_of(secret: str) -> str:
    """SHA-256 of a high-entropy secret, as stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def visible_to(viewer: Viewer) -> Select[Person]:
    """Staff see the people of their practice; a parent sees only themself."""
    if viewer.audience is Audience.STAFF:
        return select(Person).where(Person.practice_id == viewer.practice_id)
    return select(Person).where(Person.id == viewer.person_id if viewer.audience is Audience.PARENT else false())


def one(session: Session, viewer: Viewer, person_id: uuid.UUID) -> Person:
    """This person, or NotFoundError."""
    person = session.scalar(visible_to(viewer).where(Person.id == person_id))
    if person is None:
        raise NotFoundError
    return person


def practice(session: Session) -> Practice:
    """The practice of this instance."""
    return session.scalars(select(Practice)).one()


def by_email(session: Session, email: str) -> Person | None:
    """The person who signs in with this address."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def colleagues(session: Session, viewer: Viewer) -> list[Person]:
    """Counselors and managers of the practice, by name."""
    staff = visible_to(viewer).where(Person.role.in_(("counselor", "manager"))).order_by(Person.name)
    return list(session.scalars(staff))


def code_of(session: Session, code: str) -> SignInCode | None:
    """A code that can still be used."""
    found = session.scalar(select(SignInCode).where(SignInCode.code_hash == hash_of(code)))
    return found if found and found.used_at is None and found.expires_at > clock.now() else None


def session_of(session: Session, token: str, settings: Settings) -> WebSession | None:
    """The live web session of a cookie: not ended, not too old, not idle too long."""
    found = session.scalar(
        select(WebSession).where(WebSession.token_hash == hash_of(token)).options(joinedload(WebSession.person))
    )
    if found is None or found.ended_at is not None:
        return None
    return found if is_live(found, settings) else None


def is_live(found: WebSession, settings: Settings) -> bool:
    """Room and phone have no idle limit; parents' devices live 90 days; staff idle and absolute limits apply."""
    now = clock.now()
    if found.audience == Audience.ROOM:
        return now < found.created_at + timedelta(hours=settings.room_hours)
    if found.audience == Audience.PHONE:
        return now < found.created_at + rules.PHONE_LIFE
    if found.audience == Audience.PARENT:
        return now < found.seen_at + timedelta(days=90)
    idle = now < found.seen_at + timedelta(minutes=settings.idle_minutes)
    return idle and now < found.created_at + timedelta(hours=settings.session_hours)


def token_of(session: Session, token: str) -> ApiToken | None:
    """A live bearer token: known, not revoked, not expired."""
    found = session.scalar(
        select(ApiToken).where(ApiToken.token_hash == hash_of(token)).options(joinedload(ApiToken.person))
    )
    return found if found and token_state(found) == "live" else None


def token_state(token: ApiToken) -> str:
    """'live', 'expired' or 'revoked' at this moment."""
    return rules.token_state(clock.now(), token.expires_at, token.revoked_at)


def tokens_of(session: Session, person: Person) -> list[ApiToken]:
    """All tokens made for this person, oldest first."""
    made = select(ApiToken).where(ApiToken.person_id == person.id)
    return list(session.scalars(made.order_by(ApiToken.created_at, ApiToken.id)))


def viewer_of(person: Person, live: WebSession | None = None) -> Viewer:
    """This person as a viewer, in the capacity of the session."""
    audience = Audience(live.audience) if live else Audience.STAFF if person.is_staff else Audience.PARENT
    return Viewer(
        person_id=person.id, practice_id=person.practice_id, audience=audience, language=person.language,
        session_id=live.id if live else None, review_id=live.review_id if live else None,
        family_id=live.family_id if live else None,
        call_name=person.call_name or person.name,
        reading=Reading(person.short_text, person.read_aloud, person.one_at_a_time),
    )  # fmt: skip
