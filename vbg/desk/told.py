"""What a family told, as its page and the workspace show it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from vbg import clock
from vbg.families import queries as families
from vbg.families import rules
from vbg.families.models import Family, Member, Saying, Supporter


@dataclass(frozen=True, slots=True)
class Told:
    """The questions that stand, each child's wish, what matters to them, who stands around whom."""

    asked: list[families.Asked]
    wishes: list[tuple[Member, Saying]]
    matters: list[Saying]
    supporters: list[Supporter]
    watching: set[uuid.UUID]
    names: list[str]
    facts: dict[uuid.UUID, families.Facts]


def of(session: Session, family: Family, members: Sequence[Member]) -> Told:
    """All of it. The caller has seen the family."""
    wishes, around, today = families.wishes(session, family), families.supporters(session, family), clock.today()
    return Told(
        asked=families.asked(session, family),
        wishes=[(one, wishes[one.id]) for one in members if one.id in wishes],
        matters=families.sayings(session, family, rules.Said.MATTERS),
        supporters=around,
        watching={one.id for one in around if rules.may_watch(one.may_watch, one.until_on, today)},
        names=families.names(session, family),
        facts={one.id: families.facts(family, one) for one in members},
    )


@dataclass(frozen=True, slots=True)
class Portrait:
    """A child in the words of who knows it best; `private` when it may be read by the counselor alone."""

    child: Member
    facts: families.Facts

    @property
    def written(self) -> bool:
        """Whether anything was written down."""
        child = self.child
        return any((child.likes, child.tempo, child.signals, child.senses))

    @property
    def private(self) -> bool:
        """Of a child that is old enough, and did not write along."""
        return self.facts.along and not self.child.written_together


def portraits(family: Family, members: Sequence[Member]) -> list[Portrait]:
    """Of each child."""
    return [Portrait(one, families.facts(family, one)) for one in members if one.kind == rules.Kind.CHILD]
