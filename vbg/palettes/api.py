"""One's own palette as JSON."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from vbg.palettes import actions, queries
from vbg.palettes.forms import PalettePatch, ShiftIn
from vbg.tagsets import queries as tagsets
from vbg.tagsets.rules import without_version
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import body
from vbg.web.request import session, viewer

api = Blueprint("palettes_api", __name__, url_prefix="/api/v1")


@api.get("/palette")
@opens_to(Audience.STAFF)
def show() -> ResponseReturnValue:
    """How the viewer has arranged her labels: only what differs from the sets."""
    return queries.described(session(), viewer())


@api.patch("/palette")
@opens_to(Audience.STAFF)
def update() -> ResponseReturnValue:
    """Change the fields sent; `before` in the answer is the PATCH that undoes it."""
    sets = tagsets.available(session(), viewer())
    defaults = {without_version(tag.id): tag.code for one in sets for tag in one.tags if not tag.retired}
    before = actions.arrange(session(), viewer(), body(PalettePatch), defaults)
    return queries.described(session(), viewer()) | {"before": before}


@api.put("/palette/shifts")
@opens_to(Audience.STAFF)
def note() -> ResponseReturnValue:
    """A begin or end was moved: `wanted_ms` is the lead or lag to ask about, null while there is nothing to ask."""
    form = body(ShiftIn)
    return {"label": form.label, "edge": form.edge, "wanted_ms": actions.note_shift(session(), viewer(), form)}
