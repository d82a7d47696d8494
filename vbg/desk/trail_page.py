"""The way of one family on one page that prints: for the team, and for those at home."""

from uuid import UUID

from flask import Blueprint, render_template, request

from vbg import clock
from vbg.desk import trail
from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

bp = Blueprint("trail", __name__)


@bp.get("/families/<uuid:family_id>/trail")
@opens_to(Audience.STAFF)
def show(family_id: UUID) -> str:
    """From the question to where it stands now; what was written is folded, and so not on paper."""
    family = families.one(session(), viewer(), family_id)
    around = trail.Around(session(), viewer(), family)
    return render_template(
        "desk/trail.html", family=family, rows=trail.line(around, trail.TEAM), today=clock.today(),
        outcomes=trail.outcomes(around, at_home=False),
    )  # fmt: skip


@bp.get("/families/<uuid:family_id>/trail/for-parents")
@opens_to(Audience.STAFF)
def for_parents(family_id: UUID) -> str:
    """The same for those at home, to print and hand over: no word of the team's own."""
    family = families.one(session(), viewer(), family_id)
    adults = [one for one in families.members(session(), family) if one.kind == "adult"]
    together = len(families.households(session(), family)) < 2
    reader = _reader(adults, together)
    around = trail.Around(session(), viewer(), family, reader.call_name if reader else "")
    return render_template(
        "desk/trail_home.html", family=family, rows=trail.line(around, trail.HOME), today=clock.today(),
        outcomes=trail.outcomes(around, at_home=True), adults=adults, together=together, reader=reader,
        question=_question(around, family),
    )  # fmt: skip


def _reader(adults: list[Member], together: bool) -> Member | None:
    """The adult that was chosen; without a choice all of one home, or the first of two homes."""
    wanted = request.args.get("reader", "")
    chosen = next((one for one in adults if str(one.id) == wanted), None)
    return chosen or (None if together or not adults else adults[0])


def _question(around: trail.Around, family: Family) -> str:
    return family.question if around.hears(family.question_authors) else ""
