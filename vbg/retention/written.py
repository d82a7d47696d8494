"""What the team wrote of a family beside its films: in the family file only when it is chosen."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.concerns.models import ConcernFact, ConcernStep
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


def concerns(session: Session, family_id: UUID, people: Names) -> Iterator[Plain]:
    """What was seen or heard and the steps taken, oldest day first; not what was taken away."""
    kept: list[ConcernFact | ConcernStep] = []
    for kind in (ConcernFact, ConcernStep):
        kept += session.scalars(select(kind).where(kind.family_id == family_id, kind.removed.is_(False)))
    for one in sorted(kept, key=lambda one: (one.on, one.created_at)):
        fields = ("on", "seen_by", "fact", "meaning") if isinstance(one, ConcernFact) else ("on", "code", "words")
        yield {name: getattr(one, name) for name in fields} | {"by": people[one.by_id]}


CHOICES: Final[Mapping[str, Callable[[Session, UUID, Names], Iterator[Plain]]]] = {"notes": notes, "concerns": concerns}
"""What may be chosen, by its name in family.json."""
