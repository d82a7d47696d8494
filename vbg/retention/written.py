"""What the team wrote of a family beside its films: in the family file only when it is chosen."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.notes.models import FamilyNote

Plain = dict[str, Any]
Names = dict[UUID, str]


def notes(session: Session, family_id: UUID, people: Names) -> Iterator[Plain]:
    """Talks and observations, oldest day first; not what lies in the trash."""
    mine = select(FamilyNote).where(FamilyNote.family_id == family_id, FamilyNote.removed.is_(False))
    for one in session.scalars(mine.order_by(FamilyNote.on, FamilyNote.id)):
        yield {
            "kind": one.kind, "on": one.on, "place": one.place, "present": one.present, "text": one.text,
            "by": people[one.by_id],
        }  # fmt: skip


CHOICES: Final[Mapping[str, Callable[[Session, UUID, Names], Iterator[Plain]]]] = {"notes": notes}
"""What may be chosen, by its name in family.json."""
