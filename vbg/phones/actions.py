"""The verbs: make a code, let a phone in by it, let go of the phones."""

import secrets
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.families.models import Family
from vbg.films.models import Upload
from vbg.people import actions as people
from vbg.people import rules as tries
from vbg.people.models import Attempt, Person, WebSession
from vbg.people.queries import hash_of, viewer_of
from vbg.phones import queries, rules
from vbg.phones.models import PhoneCode
from vbg.reasons import ReasonError
from vbg.viewer import Audience, Viewer


def make_code(session: Session, viewer: Viewer, family: Family) -> str:
    """A one-use code of 8 characters (40 bits, ten minutes); unused ones of before stop working."""
    _forget(session, viewer, family)
    code = "".join(secrets.choice(tries.CODE_ALPHABET) for _ in range(rules.CODE_SIGNS))
    now = clock.now()
    made = PhoneCode(
        family_id=family.id, by_id=viewer.person_id, code_hash=hash_of(code), made_at=now,
        expires_at=now + rules.CODE_LIFE,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, viewer, "phones.make_code", "phone_code", made.id, family.id)
    return code


def redeem(session: Session, text: str, address: str) -> str:
    """Let the phone in that bears this code; answers the token for its cookie.

    ReasonError: too_many_tries, phone_code_unknown, phone_code_used, phone_code_late. A wrong code is counted in this
    unit; the caller keeps it even though the answer is a refusal.
    """
    mark, now = hash_of(f"phone:{address}"), clock.now()
    lately = select(Attempt.at).where(Attempt.who_hash == mark, Attempt.at > now - tries.TRY_WINDOW)
    if tries.is_throttled(list(session.scalars(lately)), now):
        raise ReasonError("too_many_tries", "code")
    found = queries.code_of(session, tries.tidy_code(text))
    fault = rules.code_fault(now, found.expires_at, found.used_at) if found else "phone_code_unknown"
    if found is None:
        session.add(Attempt(who_hash=mark, at=now))
    if found is None or fault or not _use(session, found):
        audit.record(session, None, "phones.redeem", "phone_code", found.id if found else None, outcome="refused")
        raise ReasonError(fault or "phone_code_used", "code")
    person = session.get_one(Person, found.by_id)
    token = people.begin_session(session, person, Audience.PHONE, family_id=found.family_id)
    found.session_id = queries.session_of(session, token)
    audit.record(session, viewer_of(person), "phones.redeem", "phone_code", found.id, found.family_id)
    return token


def close(session: Session, viewer: Viewer, family: Family) -> None:
    """Let go of the viewer's phones of this family, and of a code that waits."""
    _forget(session, viewer, family)
    live = [one.id for one in queries.connected(session, viewer, family)]
    session.execute(update(WebSession).where(WebSession.id.in_(live)).values(ended_at=clock.now()))
    _hand_in(session, live)
    audit.record(session, viewer, "phones.close", "family", family.id, family.id)


def leave(session: Session, viewer: Viewer) -> None:
    """This phone is done."""
    people.end_session(session, viewer)
    _hand_in(session, [viewer.session_id])
    audit.record(session, viewer, "phones.leave", "web_session", viewer.session_id, viewer.family_id)


def _hand_in(session: Session, phones: Sequence[uuid.UUID | None]) -> None:
    """What these phones were filming still ends here: the next sweep makes a film of what came in."""
    growing = Upload.session_id.in_(phones), Upload.length == 0
    session.execute(update(Upload).where(*growing).values(expires_at=clock.now()))


def _forget(session: Session, viewer: Viewer, family: Family) -> None:
    mine = (PhoneCode.by_id == viewer.person_id) & (PhoneCode.family_id == family.id)
    session.execute(delete(PhoneCode).where(mine, PhoneCode.used_at.is_(None)))


def _use(session: Session, code: PhoneCode) -> bool:
    """Take the code for oneself; False when another phone was first."""
    mine = update(PhoneCode).where(PhoneCode.id == code.id, PhoneCode.used_at.is_(None)).values(used_at=clock.now())
    return session.execute(mine.returning(PhoneCode.id)).first() is not None
