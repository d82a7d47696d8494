"""All families of a counselor, found as she types. A code name stands in a body, never in an address."""

from flask import Blueprint, render_template, request

from vbg.families import queries as families
from vbg.films import queries as films
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import reads, session, viewer

bp = Blueprint("desk_families", __name__)
MAX_TEXT = 60


@bp.get("/families")
@opens_to(Audience.STAFF)
def index() -> str:
    """The first page, or the families that were put away."""
    return _page("", "", away=request.args.get("away") == "yes")


@bp.post("/families/search")
@opens_to(Audience.STAFF)
def search() -> str:
    """Those whose code name holds a word; for the page's own script the list alone."""
    reads()
    text, after = (request.form.get(name, "").replace("\0", "")[:MAX_TEXT] for name in ("text", "after"))
    return _page(text, after, away=request.form.get("away") == "yes")


def _page(text: str, after: str, *, away: bool) -> str:
    found, rest = families.listed(session(), viewer(), text, after, away=away)
    shown = {
        "found": found, "after": rest, "text": text, "away": away,
        "newest": films.newest_of(session(), viewer(), [one.id for one in found]),
    }  # fmt: skip
    if request.headers.get("Vbg-Fragment") == "results":
        return render_template("desk/_families.html", **shown)
    return render_template("desk/families.html", any_away=families.any_away(session(), viewer()), **shown)
