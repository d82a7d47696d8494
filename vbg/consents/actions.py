"""Verbs around consent: answer, withdraw."""

from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.consents import queries
from vbg.consents.models import Consent
from vbg.families.models import Member
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def answer(session: Session, viewer: Viewer, member: Member, purpose: str, said: str, way: str) -> Consent:
    """Keep what this adult said now; the same answer again is not written twice. ReasonError only_adults."""
    if member.kind != "adult":
        raise ReasonError("only_adults", "member_id")
    last = queries.newest(session, member.family_id).get((member.id, purpose))
    if last and last.answer == said and last.withdrawn_at is None:
        return last
    consent = Consent(
        family_id=member.family_id, member_id=member.id, purpose=purpose, answer=said, way=way,
        by_id=viewer.person_id, at=clock.now(),
    )  # fmt: skip
    session.add(consent)
    session.flush()
    audit.record(session, viewer, f"consent.{said}", "consent", consent.id, member.family_id)
    return consent


def withdraw(session: Session, viewer: Viewer, member: Member, purpose: str) -> None:
    """Take a yes back: it closes at the next request. ReasonError no_yes_to_withdraw."""
    last = queries.newest(session, member.family_id).get((member.id, purpose))
    if last is None or last.answer != "yes" or last.withdrawn_at:
        raise ReasonError("no_yes_to_withdraw", purpose)
    last.withdrawn_at = clock.now()
    audit.record(session, viewer, "consent.withdraw", "consent", last.id, member.family_id)
