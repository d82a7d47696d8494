"""The verbs on a palette: arrange it, and note a correction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit
from vbg.palettes import queries, rules
from vbg.palettes.forms import PalettePatch, ShiftIn
from vbg.palettes.models import OwnLabel, Palette
from vbg.people.models import Person
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def arrange(session: Session, viewer: Viewer, patch: PalettePatch, defaults: Mapping[str, str]) -> dict[str, Any]:
    """Change the viewer's palette; answers the patch that puts back what stood before.

    `defaults`: label -> place of its key in the sets. ReasonError: unknown_label, only_its_key, key_reserved,
    key_in_use, palette_full.
    """
    _line_up(session, viewer)
    rows = queries.own(session, viewer)
    if len(rows.keys() | patch.labels.keys()) > rules.MAX_LABELS:
        raise ReasonError("palette_full", "labels")
    before: dict[str, Any] = {"labels": {}}
    for label, form in patch.labels.items():
        sent = form.sent()
        rules.check_name(label, sent)
        rules.check_key(sent.get("key_code"))
        row = rows[label] if label in rows else _row(session, viewer, label)
        rows[label] = row
        before["labels"][label] = {name: getattr(row, name) for name in sent}
        _put(row, sent)
    moved = {label for label, form in patch.labels.items() if form.sent().get("key_code", "") != ""}
    rules.check_clashes({label: row.key_code for label, row in rows.items()}, defaults, moved)
    if patch.asks is not None:
        before["asks"] = queries.asks(session, viewer)
        session.merge(Palette(person_id=viewer.person_id, asks=patch.asks))
    _keep(session, viewer, "arrange")
    return before


def note_shift(session: Session, viewer: Viewer, form: ShiftIn) -> int | None:
    """Note that a begin or end was moved; the lead or lag (ms) to ask about, when it has become a habit.

    ReasonError unknown_label.
    """
    rules.check_name(form.label, {})
    _line_up(session, viewer)
    rows = queries.own(session, viewer)
    if form.label not in rows and len(rows) >= rules.MAX_LABELS:
        return None
    row = rows.get(form.label) or _row(session, viewer, form.label)
    row.shifts = rules.noted(row.shifts, form.edge, str(form.moment), form.by_ms)
    _keep(session, viewer, "note_shift")
    asked = row.asked_lead if form.edge == "begin" else row.asked_lag
    if asked or not queries.asks(session, viewer):
        return None
    return rules.lesson(row.shifts, form.edge, form.time_ms)


def _row(session: Session, viewer: Viewer, label: str) -> OwnLabel:
    row = OwnLabel(person_id=viewer.person_id, label=label, shifts=[], **rules.BLANK)
    session.add(row)
    return row


def _put(row: OwnLabel, sent: Mapping[str, Any]) -> None:
    """The fields as sent. A time she may be asked about anew begins to count anew."""
    for name, value in sent.items():
        setattr(row, name, value)
    for asked, edge in (("asked_lead", "begin"), ("asked_lag", "end")):
        if sent.get(asked) is False:
            row.shifts = [one for one in row.shifts if one["edge"] != edge]


def _line_up(session: Session, viewer: Viewer) -> None:
    """Two machines of one person change her palette one after the other."""
    session.execute(select(Person.id).where(Person.id == viewer.person_id).with_for_update(key_share=True))


def _keep(session: Session, viewer: Viewer, verb: str) -> None:
    session.flush()
    audit.record(session, viewer, f"palettes.{verb}", "palette", viewer.person_id)
