"""What was answered, and what that opens."""

import uuid
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.consents.models import Consent
from vbg.consents.rules import Purpose, Said, Voice, is_open
from vbg.families import queries as families
from vbg.families.models import Family, Member


class Row(NamedTuple):
    """A member with the newest answer to each purpose."""

    member: Member
    answers: dict[str, Consent]


def newest(session: Session, family_id: uuid.UUID) -> dict[tuple[uuid.UUID, str], Consent]:
    """The newest answer per member and purpose."""
    found = select(Consent).where(Consent.family_id == family_id).order_by(Consent.at, Consent.id)
    return {(one.member_id, one.purpose): one for one in session.scalars(found)}


def rows(session: Session, family: Family) -> list[Row]:
    """Each adult with what they answered."""
    said = newest(session, family.id)
    adults = [member for member in families.members(session, family) if member.kind == "adult"]
    return [Row(one, {p: c for (who, p), c in said.items() if who == one.id}) for one in adults]


def allows(session: Session, family_id: uuid.UUID, purpose: str) -> bool:
    """Whether the family's answers open this purpose now. The practice room asks nobody."""
    family = session.get_one(Family, family_id)
    if family.is_practice_room:
        return True
    return is_open(_voices(session, family_id, purpose))


def open_families(session: Session, purpose: str) -> set[uuid.UUID]:
    """All families whose answers open this purpose now, whoever looks; for the worker, in two statements."""
    said = select(Consent.family_id, Consent.member_id, Consent.answer, Consent.withdrawn_at, Member.authority)
    said = said.join(Member, Member.id == Consent.member_id).where(Consent.family_id == Member.family_id)
    said = said.where(Consent.purpose == purpose, Member.kind == "adult")
    last = {row.member_id: row for row in session.execute(said.order_by(Consent.at, Consent.id))}
    voices: dict[uuid.UUID, list[Voice]] = {}
    for row in last.values():
        voices.setdefault(row.family_id, []).append(_voice(row))
    rooms = session.scalars(select(Family.id).where(Family.is_practice_room))
    return {family_id for family_id, heard in voices.items() if is_open(heard)} | set(rooms)


def _voice(row: Any) -> Voice:
    return Voice(Said.NO if row.withdrawn_at else Said(row.answer), row.authority != "no")


def _voices(session: Session, family_id: uuid.UUID, purpose: str) -> list[Voice]:
    """The newest answer of each adult. One narrow statement: each picture and each press of a key asks this."""
    said = select(Consent.member_id, Consent.answer, Consent.withdrawn_at, Member.authority)
    said = said.join(Member, Member.id == Consent.member_id).where(Consent.family_id == family_id)
    said = said.where(Consent.purpose == purpose, Member.family_id == family_id, Member.kind == "adult")
    last = {row.member_id: row for row in session.execute(said.order_by(Consent.at, Consent.id))}
    return [_voice(row) for row in last.values()]


def gates(session: Session, family_id: uuid.UUID) -> dict[str, bool]:
    """Each purpose and whether it is open."""
    return {purpose.value: allows(session, family_id, purpose) for purpose in Purpose}
