"""Verbs around people: found a practice, sign in and out, hand out one-use codes, enter and leave the room."""

import secrets
import uuid
from datetime import timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.people import queries, rules
from vbg.people.forms import Reading
from vbg.people.models import ApiToken, Attempt, Person, Practice, SignInCode, WebSession
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience, Viewer

_hasher = PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Verified when nobody has this address, so that both answers take as long."""
    return _hasher.hash("nobody has this password")


def found_practice(session: Session, practice_id: uuid.UUID, name: str, country: str, time_zone: str) -> Practice:
    """The practice's row; its id comes from the data folder's marker."""
    practice = Practice(id=practice_id, name=name, country=country, time_zone=time_zone)
    session.add(practice)
    session.flush()
    audit.record(session, None, "practice.found", "practice", practice.id)
    return practice


def add_person(
    session: Session,
    viewer: Viewer | None,
    practice_id: uuid.UUID,
    name: str,
    email: str | None,
    role: str,
    call_name: str = "",
    language: str = "nl",
) -> Person:
    """Somebody who can sign in, without a password yet. ReasonError email_taken."""
    address = email.strip().lower() if email else None
    if address and queries.by_email(session, address):
        raise ReasonError("email_taken", "email")
    person = Person(
        practice_id=practice_id, name=name, email=address, role=role, call_name=call_name, language=language
    )
    session.add(person)
    session.flush()
    audit.record(session, viewer, "person.add", "person", person.id)
    return person


def set_password(session: Session, viewer: Viewer | None, person: Person, password: str) -> None:
    """Keep the Argon2id hash. ReasonError when the password is too weak."""
    if fault := rules.password_fault(password, person.role, person.email or ""):
        raise ReasonError(fault, "password")
    person.password_hash = _hasher.hash(password)
    audit.record(session, viewer, "person.set_password", "person", person.id)


def check_password(session: Session, email: str, password: str, address: str) -> Person:
    """The person who signs in. ReasonError too_many_tries or wrong_sign_in: never which of the two was wrong.

    A failure is counted in this unit; the caller keeps it even though the answer is a refusal.
    """
    marks = [queries.hash_of(f"mail:{email.strip().lower()}"), queries.hash_of(f"from:{address}")]
    now = clock.now()
    lately = select(Attempt.who_hash, Attempt.at).where(
        Attempt.who_hash.in_(marks), Attempt.at > now - rules.TRY_WINDOW
    )
    tries = session.execute(lately).all()
    mine = [at for who, at in tries if who == marks[0]]
    theirs = [at for who, at in tries if who == marks[1]]
    if rules.is_throttled(mine, now) or rules.is_throttled(theirs[rules.TRIES * 3 :], now):
        raise ReasonError("too_many_tries")
    person = queries.by_email(session, email)
    if not _matches(person.password_hash if person else None, password) or person is None:
        session.add_all(Attempt(who_hash=mark, at=now) for mark in marks)
        session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
        audit.record(session, None, "person.sign_in", "person", person.id if person else None, outcome="refused")
        raise ReasonError("wrong_sign_in")
    session.execute(delete(Attempt).where(Attempt.who_hash == marks[0]))
    return person


def _matches(stored: str | None, password: str) -> bool:
    try:
        _hasher.verify(stored or _nobody(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


def begin_session(
    session: Session,
    person: Person,
    audience: Audience | None = None,
    review_id: uuid.UUID | None = None,
    family_id: uuid.UUID | None = None,
) -> str:
    """A new web session; answers the token for the cookie, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    capacity = audience or (Audience.STAFF if person.is_staff else Audience.PARENT)
    live = WebSession(
        token_hash=queries.hash_of(token), person_id=person.id, audience=capacity.value, review_id=review_id,
        family_id=family_id,
    )  # fmt: skip
    session.add(live)
    session.flush()
    audit.record(session, queries.viewer_of(person), "person.begin_session", "web_session", live.id)
    return token


def end_session(session: Session, viewer: Viewer) -> None:
    """Sign this browser out."""
    session.execute(update(WebSession).where(WebSession.id == viewer.session_id).values(ended_at=clock.now()))
    audit.record(session, viewer, "person.end_session", "web_session", viewer.session_id)


def end_all_sessions(session: Session, viewer: Viewer | None, person: Person) -> None:
    """Sign this person out everywhere: after a new password."""
    live = (WebSession.person_id == person.id) & WebSession.ended_at.is_(None)
    session.execute(update(WebSession).where(live).values(ended_at=clock.now()))
    audit.record(session, viewer, "person.end_all_sessions", "person", person.id)


def touch(session: Session, session_id: uuid.UUID) -> None:
    """Note that this browser is still in use."""
    session.execute(update(WebSession).where(WebSession.id == session_id).values(seen_at=clock.now()))


def make_code(session: Session, viewer: Viewer | None, person: Person, life: timedelta = rules.CODE_LIFE) -> str:
    """A one-use code of 12 characters (60 bits); codes made before stop working."""
    session.execute(delete(SignInCode).where(SignInCode.person_id == person.id, SignInCode.used_at.is_(None)))
    code = "".join(secrets.choice(rules.CODE_ALPHABET) for _ in range(12))
    session.add(SignInCode(person_id=person.id, code_hash=queries.hash_of(code), expires_at=clock.now() + life))
    session.flush()
    audit.record(session, viewer, "person.make_code", "person", person.id)
    return code


def redeem(session: Session, code: str, password: str) -> Person:
    """Use a code: the person gets this password, older sessions end. ReasonError code_unknown, password_*."""
    found = queries.code_of(session, rules.tidy_code(code))
    if found is None:
        raise ReasonError("code_unknown", "code")
    person = session.get_one(Person, found.person_id)
    set_password(session, None, person, password)
    found.used_at = clock.now()
    end_all_sessions(session, None, person)
    return person


def make_token(
    session: Session, person: Person, scope: rules.Scope = rules.Scope.WRITE, life: timedelta | None = None
) -> str:
    """A bearer token for programs, without an end when `life` is None; shown once."""
    token = "vbg_" + secrets.token_urlsafe(32)
    kept = ApiToken(token_hash=queries.hash_of(token), person_id=person.id, scope=scope.value)
    kept.expires_at = clock.now() + life if life else None
    session.add(kept)
    session.flush()
    audit.record(session, queries.viewer_of(person), "person.make_token", "api_token", kept.id)
    return token


def revoke_token(session: Session, person: Person, token_id: uuid.UUID) -> ApiToken:
    """End one of this person's tokens at its next request; ended before stays so. NotFoundError."""
    token = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == person.id))
    if token is None:
        raise NotFoundError
    token.revoked_at = token.revoked_at or clock.now()
    audit.record(session, queries.viewer_of(person), "person.revoke_token", "api_token", token.id)
    return token


def choose_language(session: Session, viewer: Viewer, language: str) -> None:
    """The language this person reads."""
    session.execute(update(Person).where(Person.id == viewer.person_id).values(language=language))
    audit.record(session, viewer, "person.choose_language", "person", viewer.person_id)


def choose_reading(session: Session, viewer: Viewer, person: Person, form: Reading) -> None:
    """How this person reads, as they or their counselor chose it."""
    person.language = form.language
    for name in ("short_text", "read_aloud", "one_at_a_time"):
        setattr(person, name, getattr(form, name) == "yes")
    session.flush()
    audit.record(session, viewer, "person.choose_reading", "person", person.id)


def shut(session: Session, viewer: Viewer, person: Person) -> None:
    """Nobody signs in as this person until a new code is used: no password, no code, no session, no token."""
    person.password_hash = None
    session.execute(delete(SignInCode).where(SignInCode.person_id == person.id, SignInCode.used_at.is_(None)))
    live = (ApiToken.person_id == person.id) & ApiToken.revoked_at.is_(None)
    session.execute(update(ApiToken).where(live).values(revoked_at=clock.now()))
    end_all_sessions(session, viewer, person)
    audit.record(session, viewer, "person.shut", "person", person.id)
