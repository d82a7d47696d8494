"""Families over the JSON interface: ids and code names."""

from flask import Blueprint

from vbg.families import queries
from vbg.families.models import Family
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import page
from vbg.web.request import session, viewer

api = Blueprint("families_api", __name__, url_prefix="/api/v1")


@api.get("/families")
@opens_to(Audience.STAFF)
def index() -> dict[str, object]:
    """The families whose team names the viewer."""
    found = session().scalars(queries.visible_to(viewer()).order_by(Family.code))
    return page([{"id": str(family.id), "code": family.code} for family in found if not family.is_practice_room])
