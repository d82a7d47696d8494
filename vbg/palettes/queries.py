"""A palette is its owner's alone."""

from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from vbg.palettes import rules
from vbg.palettes.models import OwnLabel, Palette
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[OwnLabel]:
    """The viewer's own labels; nobody sees another's."""
    mine = OwnLabel.person_id == viewer.person_id
    return select(OwnLabel).where(mine if viewer.audience is Audience.STAFF else false())


def own(session: Session, viewer: Viewer) -> dict[str, OwnLabel]:
    """What the viewer arranged, by label."""
    return {row.label: row for row in session.scalars(visible_to(viewer).order_by(OwnLabel.label))}


def asks(session: Session, viewer: Viewer) -> bool:
    """Whether the viewer wants to be asked about corrections."""
    found = session.get(Palette, viewer.person_id)
    return found is None or found.asks


def fields_of(row: OwnLabel) -> dict[str, Any]:
    """A label's own fields by name."""
    return {name: getattr(row, name) for name in rules.BLANK}


def described(session: Session, viewer: Viewer) -> dict[str, Any]:
    """The palette as JSON: only what differs from the sets."""
    labels = {}
    for label, row in own(session, viewer).items():
        if changed := {name: value for name, value in fields_of(row).items() if value != rules.BLANK[name]}:
            labels[label] = changed
    return {"labels": labels, "asks": asks(session, viewer)}
