"""A moment's fields as plain values, as the acts keep them, and how they go back into the row."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from vbg import clock
from vbg.goals import queries as goals
from vbg.moments import rules
from vbg.moments.models import Moment, MomentFind, MomentGoal, MomentTag, Note
from vbg.tagsets import queries as tagsets
from vbg.tagsets.rules import without_version

_BLANK: Final[dict[str, Any]] = {
    "start_ms": 0, "end_ms": None, "marks": [], "goals": [], "who_began": None, "words": "",
    "child_says_by": "", "photo_ms": None,
    "chosen": False, "found_by": None, "found_in_room": "",
} | dict.fromkeys(rules.LINES, "")  # fmt: skip


def blank() -> dict[str, Any]:
    """The fields of a moment nobody said anything about."""
    return dict(_BLANK)


def snapshot(moment: Moment) -> dict[str, Any]:
    """The fields of a moment as JSON values; `who_began` only as it was set, not as it follows."""
    return {
        "start_ms": moment.start_ms, "end_ms": moment.end_ms, "marks": moment.marks, "goals": moment.goals,
        "who_began": moment.who_began_set, "words": moment.words,
        "child_says_by": moment.child_says_by, "photo_ms": moment.photo_ms, "chosen": moment.chosen,
        "found_by": str(moment.found_by) if moment.found_by else None,
        "found_in_room": moment.found_in_room, "removed": moment.removed,
    } | lines(moment)  # fmt: skip


def lines(moment: Moment) -> dict[str, str]:
    """The short words beside a moment, by field."""
    return {name: getattr(moment, name) for name in rules.LINES}


def stands(session: Session, moment: Moment, names: Iterable[str]) -> dict[str, Any]:
    """These fields as they stand now; `note` is the working note's text."""
    fields = snapshot(moment)
    if "note" in names:
        note = session.get(Note, moment.id, populate_existing=True)
        fields["note"] = note.text if note else ""
    return {name: fields[name] for name in names}


def put_note(session: Session, moment: Moment, text: str, by: UUID) -> None:
    """Write the working note. The moment's version stays: the note is no part of what others see of it."""
    note = session.get(Note, moment.id)
    if note is None:
        note = Note(moment_id=moment.id)
        session.add(note)
    note.text, note.by_id, note.at = text, by, clock.now()
    session.flush()


def put(session: Session, moment: Moment, fields: dict[str, Any]) -> None:
    """Write these fields into the row, raise its version and keep its links to goals in step."""
    linked = bool(moment.goals)
    for name, value in fields.items():
        if name == "who_began":
            moment.who_began_set = value
        elif name == "found_by":
            moment.found_by = UUID(value) if value else None
        else:
            setattr(moment, name, value)
    moment.version += 1
    session.flush()
    if "goals" in fields and (linked or fields["goals"]):
        _link(session, moment)
    if {"marks", "who_began", "words"} & set(fields):
        index(session, moment)


def index(session: Session, moment: Moment) -> None:
    """Write anew what a flushed moment is found by."""
    session.execute(delete(MomentTag).where(MomentTag.moment_id == moment.id))
    tags = {without_version(mark["tag"]) for mark in moment.marks}
    if tags:
        session.execute(insert(MomentTag), [{"moment_id": moment.id, "tag": tag} for tag in sorted(tags)])
    session.execute(delete(MomentFind).where(MomentFind.moment_id == moment.id))
    began = rules.began(moment.who_began_set, moment.marks, tagsets.Labels(session))
    session.execute(
        insert(MomentFind), [{"moment_id": moment.id, "began": began, "folded": rules.folded(moment.words)}]
    )


def _link(session: Session, moment: Moment) -> None:
    session.execute(delete(MomentGoal).where(MomentGoal.moment_id == moment.id))
    wanted = [UUID(goal) for goal in moment.goals]
    known = goals.ids_of(session, moment.film.family_id, wanted) if wanted else set()
    if known:
        session.execute(insert(MomentGoal), [{"moment_id": moment.id, "goal_id": goal} for goal in known])
