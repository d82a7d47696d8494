"""Tag sets a viewer may see: staff, those of the house and of their practice. And what any label means."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, false, select
from sqlalchemy.orm import Session

from vbg.reasons import NotFoundError
from vbg.tagsets import rules
from vbg.tagsets.basisset import BASISSET
from vbg.tagsets.housesets import HOUSE_SETS, HOUSE_TAGS
from vbg.tagsets.models import FamilySet, OwnSet, SetVersion
from vbg.tagsets.shape import Tag, TagSet
from vbg.viewer import Audience, Viewer

_KNOWN: WeakKeyDictionary[Engine, dict[str, dict[str, Tag]]] = WeakKeyDictionary()
"""Per database: the labels of each published version by its `home`. A version never changes."""


class Labels:
    """What each label means, in the version in which a mark was made. House labels cost a look in a dict."""

    def __init__(self, session: Session) -> None:
        self._session = session
        engine: Any = session.get_bind()
        self._known = _KNOWN.setdefault(engine, {})

    def find(self, tag_id: str, /) -> Tag | None:
        """The label with this id (`house/looks`, `own.2/looks`), or None."""
        if tag_id in HOUSE_TAGS:
            return HOUSE_TAGS[tag_id]
        home, _, _key = tag_id.partition("/")
        if home not in self._known:
            found = self._version(home)
            if found is None:
                return None
            if "tag_set_published" in self._session.info:  # may still be rolled back
                return found.find(tag_id)
            self._known[home] = {tag.id: tag for tag in found.tags}
        return self._known[home].get(tag_id)

    def _version(self, home: str) -> TagSet | None:
        key, _, number = home.rpartition(".")
        if not (rules.is_key(key) and number.isascii() and number.isdigit() and len(number) < 7):
            return None
        query = select(SetVersion).join(OwnSet, OwnSet.id == SetVersion.set_id)
        row = self._session.scalar(query.where(OwnSet.key == key, SetVersion.number == int(number)))
        return rules.of_document(row.content, key, row.number) if row else None


def visible_to(viewer: Viewer) -> Select[OwnSet]:
    """The practice's own sets, published or not."""
    if viewer.audience is not Audience.STAFF:
        return select(OwnSet).where(false())
    return select(OwnSet).where(OwnSet.practice_id == viewer.practice_id)


def own(session: Session, viewer: Viewer) -> Sequence[OwnSet]:
    """The practice's own sets, oldest first."""
    return session.scalars(visible_to(viewer).order_by(OwnSet.created_at, OwnSet.id)).all()


def one(session: Session, viewer: Viewer, set_id: UUID) -> OwnSet:
    """One own set, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(OwnSet.id == set_id))
    if found is None:
        raise NotFoundError
    return found


def named(session: Session, viewer: Viewer, key: str) -> TagSet:
    """A set of the house, or an own one as it is published, by its name in the API. NotFoundError."""
    if key in HOUSE_SETS:
        return HOUSE_SETS[key]
    found = _published(session, visible_to(viewer).where(OwnSet.key == key)) if rules.is_key(key) else []
    if not found:
        raise NotFoundError
    return found[0]


def available(session: Session, viewer: Viewer) -> list[TagSet]:
    """Every set that a family can use: the house's, then the practice's own that are published."""
    return [*HOUSE_SETS.values(), *_published(session, visible_to(viewer))]


def versions(session: Session, own_set: OwnSet) -> Sequence[SetVersion]:
    """What was published of a set, newest first. The caller has seen the set."""
    query = select(SetVersion).where(SetVersion.set_id == own_set.id)
    return session.scalars(query.order_by(SetVersion.number.desc())).all()


def version_of(session: Session, own_set: OwnSet, number: int) -> TagSet:
    """One published version. NotFoundError."""
    row = session.scalar(select(SetVersion).where(SetVersion.set_id == own_set.id, SetVersion.number == number))
    if row is None:
        raise NotFoundError
    return rules.of_document(row.content, own_set.key, number)


def working(session: Session, own_set: OwnSet) -> TagSet:
    """The set as it is being made: its draft, else what is published."""
    if own_set.draft:
        return rules.of_document(own_set.draft, own_set.key, own_set.version + 1)
    return version_of(session, own_set, own_set.version)


def in_use(session: Session, family_id: UUID) -> list[TagSet]:
    """The sets that a family uses, as they are published now; the basisset when none was chosen."""
    query = select(FamilySet.set_key).where(FamilySet.family_id == family_id).order_by(FamilySet.position)
    keys = session.scalars(query).all()
    if not keys:
        return [BASISSET]
    own_sets = {one.id: one for one in _published(session, select(OwnSet).where(OwnSet.key.in_(keys)))}
    known = HOUSE_SETS | own_sets
    return [known[key] for key in keys if key in known]


def _published(session: Session, sets: Select[OwnSet]) -> list[TagSet]:
    """These own sets as they are published now, oldest first, in one question; what has no version yet is not there."""
    now = (SetVersion.set_id == OwnSet.id) & (SetVersion.number == OwnSet.version)
    query = select(OwnSet.key, SetVersion).join(SetVersion, now).where(OwnSet.id.in_(sets.with_only_columns(OwnSet.id)))
    rows = session.execute(query.order_by(OwnSet.created_at, OwnSet.id)).all()
    return [rules.of_document(row.content, key, row.number) for key, row in rows]


def former(session: Session, on_film: set[str]) -> list[TagSet]:
    """What the labels on a film may come from: sets of the house, and all versions of own ones.

    `on_film`: the sets, by their name in the API, whose labels stand there. The caller has seen the film.
    """
    keys = {key for key in on_film if rules.is_key(key)} - HOUSE_SETS.keys()
    query = select(OwnSet.key, SetVersion).join(SetVersion, SetVersion.set_id == OwnSet.id).where(OwnSet.key.in_(keys))
    rows = session.execute(query.order_by(SetVersion.published_at, SetVersion.number)).all() if keys else []
    own_sets = [rules.of_document(row.content, key, row.number) for key, row in rows]
    return [*(HOUSE_SETS[key] for key in HOUSE_SETS if key in on_film), *own_sets]
