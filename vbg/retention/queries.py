"""All of one family, for who may take it out or let it go: the owner of the machine and the worker, no viewer."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from vbg import ids
from vbg.families.models import Family, Member
from vbg.films.models import Film, Upload
from vbg.goals.models import Goal
from vbg.moments.models import Moment
from vbg.people.models import Person
from vbg.reasons import NotFoundError
from vbg.retention.models import Erasure
from vbg.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much of each there is; `accounts` are sign-ins that belong to this family alone."""

    films: int
    moments: int
    goals: int
    reviews: int
    members: int
    accounts: int


def named(session: Session, name: str) -> Family:
    """The family with this code name or id, or NotFoundError."""
    family_id = ids.parse(name)
    which = Family.code == name if family_id is None else Family.id == family_id
    family = session.scalar(select(Family).where(which))
    if family is None:
        raise NotFoundError
    return family


def belongings(session: Session, family_id: uuid.UUID) -> Belongings:
    """What the family has here."""
    films = select(Film.id).where(Film.family_id == family_id)
    return Belongings(
        films=_count(session, Film, Film.family_id == family_id),
        moments=_count(session, Moment, Moment.film_id.in_(films)),
        goals=_count(session, Goal, Goal.family_id == family_id),
        reviews=_count(session, Review, Review.family_id == family_id),
        members=_count(session, Member, Member.family_id == family_id),
        accounts=len(accounts(session, family_id)),
    )


def _count(session: Session, kind: Any, where: Any) -> int:
    return session.scalar(select(func.count()).select_from(kind).where(where)) or 0


def accounts(session: Session, family_id: uuid.UUID) -> list[uuid.UUID]:
    """Parents who sign in for this family and for no other."""
    other = aliased(Member)
    elsewhere = exists().where(other.person_id == Person.id, other.family_id != family_id)
    mine = select(Person.id).join(Member, Member.person_id == Person.id).where(Member.family_id == family_id)
    return list(session.scalars(mine.where(Person.role == "parent", ~elsewhere).distinct()))


def films(session: Session, family_id: uuid.UUID) -> list[Film]:
    """All films of the family in the order they came, removed ones too."""
    return list(session.scalars(select(Film).where(Film.family_id == family_id).order_by(Film.number)))


def uploads(session: Session, family_id: uuid.UUID) -> list[Upload]:
    """All uploads of the family."""
    return list(session.scalars(select(Upload).where(Upload.family_id == family_id)))


def erasure(session: Session, family_id: uuid.UUID) -> Erasure | None:
    """The family's erasure when one was asked for, done or not."""
    return session.scalar(select(Erasure).where(Erasure.family_id == family_id))


def unfinished(session: Session) -> list[uuid.UUID]:
    """Families whose erasure has to go on."""
    return list(session.scalars(select(Erasure.family_id).where(Erasure.done_at.is_(None)).order_by(Erasure.asked_at)))
