"""The verbs on tag sets: begin one, edit its draft, publish it, go back, throw a draft away, give sets to a family."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.reasons import NotFoundError, ReasonError
from vbg.tagsets import queries, rules
from vbg.tagsets.forms import Heads, Label, NewSet, SetIn
from vbg.tagsets.models import FamilySet, OwnSet, SetVersion
from vbg.tagsets.shape import KEYS, Group, Tag, TagSet
from vbg.viewer import Viewer


def begin(session: Session, viewer: Viewer, form: NewSet) -> OwnSet:
    """A new set as a draft, empty or with the labels of another. ReasonError tag_says_no, bad_text, bad_hole."""
    empty = TagSet("", 0, 5000, 20_000, (), form.nl, form.nl)
    start = queries.named(session, viewer, form.copy_of) if form.copy_of else empty
    return _make(session, viewer, replace(start, nl=form.nl, en=form.nl, is_house=False))


def bring_in(session: Session, viewer: Viewer, form: SetIn) -> OwnSet:
    """A new draft from a file. ReasonError: what `rules.check` refuses, with the place in the file as field."""
    return _make(session, viewer, rules.of_document(_told(form), "", 0))


def _told(form: SetIn) -> dict[str, object]:
    return form.model_dump(exclude={"format", "format_version"})


def _make(session: Session, viewer: Viewer, tagset: TagSet) -> OwnSet:
    rules.check(tagset)
    set_id = ids.new()
    made = OwnSet(
        id=set_id, practice_id=viewer.practice_id, key=f"{rules.slug(tagset.nl)}-{set_id.hex[-8:]}",
        version=0, draft=rules.document(tagset), created_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, viewer, "tagsets.begin", "tag_set", made.id, None)
    return made


def head(session: Session, viewer: Viewer, own_set: OwnSet, form: Heads) -> None:
    """Other names for a set and its groups, and other colours. ReasonError as `rules.check`."""

    def edit(stands: TagSet) -> TagSet:
        named = list(zip(form.group_nl, form.group_en, form.group_colour, strict=False))
        if len(named) != len(stands.groups):
            raise ReasonError("unknown_group", "group_nl")
        groups = tuple(Group(old.key, *new) for old, new in zip(stands.groups, named, strict=True))
        return replace(stands, nl=form.nl, en=form.en, source=form.source, groups=groups)

    _edit(session, viewer, own_set, "head", edit)


def put(session: Session, viewer: Viewer, own_set: OwnSet, key: str | None, form: Label) -> str:
    """Add a label (`key` None) or change one; its key. ReasonError by the fields of the form, NotFoundError."""

    def edit(stands: TagSet) -> TagSet:
        groups, group = _group(stands, form)
        old = _place(stands, key) if key else len(stands.tags)
        name = key or rules.free_key(form.nl, {tag.key for tag in stands.tags})
        azerty, qwerty = KEYS.get(form.code, ("", ""))
        tag = Tag(
            name, form.nl, form.en or form.nl, form.who or None, group, form.supports or None, form.lead, form.lag,
            form.code, azerty, f"{form.icon}.svg", form.plain_nl, form.plain_en or form.plain_nl, qwerty,
            retired=bool(key) and stands.tags[old].retired,
        )  # fmt: skip
        if old >= rules.MAX_TAGS:
            raise ReasonError("too_many_labels", "nl")
        changed.append(name)
        return replace(stands, groups=groups, tags=(*stands.tags[:old], tag, *stands.tags[old + 1 :]))

    changed: list[str] = []
    _edit(session, viewer, own_set, "put", edit)
    return changed[0]


def retire(session: Session, viewer: Viewer, own_set: OwnSet, key: str, retired: bool = True) -> None:
    """No longer offer a label, or offer it again; what it meant stays. NotFoundError, ReasonError key_taken."""

    def edit(stands: TagSet) -> TagSet:
        place = _place(stands, key)
        changed = replace(stands.tags[place], retired=retired)
        return replace(stands, tags=(*stands.tags[:place], changed, *stands.tags[place + 1 :]))

    _edit(session, viewer, own_set, "retire" if retired else "offer", edit)


def publish(session: Session, viewer: Viewer, own_set: OwnSet) -> None:
    """Make the draft the next version, which families that use the set meet from now on. ReasonError no_labels."""
    _line_up(session, own_set)
    if own_set.draft:
        _publish(session, viewer, own_set, rules.of_document(own_set.draft, own_set.key, own_set.version + 1))
        own_set.draft = {}


def go_back(session: Session, viewer: Viewer, own_set: OwnSet, number: int) -> None:
    """Publish a former version again, as a new one; a draft stays. NotFoundError."""
    _line_up(session, own_set)
    _publish(session, viewer, own_set, queries.version_of(session, own_set, number))


def _publish(session: Session, viewer: Viewer, own_set: OwnSet, tagset: TagSet) -> None:
    rules.check(tagset)
    if all(tag.retired for tag in tagset.tags):
        raise ReasonError("no_labels")
    own_set.version += 1
    session.info["tag_set_published"] = True
    session.add(SetVersion(
        set_id=own_set.id, number=own_set.version, content=rules.document(tagset), by_id=viewer.person_id,
        published_at=clock.now(),
    ))  # fmt: skip
    session.flush()
    audit.record(session, viewer, "tagsets.publish", "tag_set", own_set.id, None)


def drop(session: Session, viewer: Viewer, own_set: OwnSet) -> bool:
    """Throw the draft away; True when nothing was ever published, so that the set is gone with it."""
    _line_up(session, own_set)
    audit.record(session, viewer, "tagsets.drop", "tag_set", own_set.id, None)
    if own_set.version:
        own_set.draft = {}
        return False
    session.delete(own_set)
    session.flush()
    return True


def choose(session: Session, viewer: Viewer, family_id: UUID, keys: list[str]) -> None:
    """The sets that a family uses, in order; none is the basisset. NotFoundError, ReasonError unknown_set."""
    family = families.one(session, viewer, family_id)
    session.execute(select(Family.id).where(Family.id == family.id).with_for_update(key_share=True))
    wanted = list(dict.fromkeys(keys))
    try:
        for key in wanted:
            queries.named(session, viewer, key)
    except NotFoundError:
        raise ReasonError("unknown_set", "sets") from None
    session.execute(delete(FamilySet).where(FamilySet.family_id == family.id))
    session.add_all(FamilySet(family_id=family.id, set_key=key, position=at) for at, key in enumerate(wanted))
    session.flush()
    audit.record(session, viewer, "tagsets.choose", "family", family.id, family.id)


def _edit(session: Session, viewer: Viewer, own_set: OwnSet, verb: str, edit: Callable[[TagSet], TagSet]) -> None:
    _line_up(session, own_set)
    edited = edit(queries.working(session, own_set))
    rules.check(edited)
    own_set.draft = rules.document(edited)
    session.flush()
    audit.record(session, viewer, f"tagsets.{verb}", "tag_set", own_set.id, None)


def _line_up(session: Session, own_set: OwnSet) -> None:
    """Wait for whoever else changes this set, and look at it as they left it."""
    session.refresh(own_set, with_for_update=True)


def _place(tagset: TagSet, key: str) -> int:
    found = [place for place, tag in enumerate(tagset.tags) if tag.key == key]
    if not found:
        raise NotFoundError
    return found[0]


def _group(stands: TagSet, form: Label) -> tuple[tuple[Group, ...], str]:
    if form.group:
        return stands.groups, form.group
    if not form.new_group:
        raise ReasonError("group_needed", "group")
    if len(stands.groups) >= rules.MAX_GROUPS:
        raise ReasonError("too_many_groups", "new_group")
    key = rules.free_key(form.new_group, {group.key for group in stands.groups})
    return (*stands.groups, Group(key, form.new_group, form.new_group, form.colour)), key
