"""Who sees this? One tap from any film or word: the names."""

import uuid

from flask import Blueprint

from vbg.sharing import readers
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

api = Blueprint("sharing_api", __name__, url_prefix="/api/v1")


@api.get(
    "/readers/<any(film,words,note,goal,question,home_question,clip,answer,asked,talk,written):noun>/<uuid:thing_id>"
)
@opens_to(Audience.STAFF, Audience.PARENT)
def index(noun: str, thing_id: uuid.UUID) -> dict[str, object]:
    """Names of the team, of parents it is shared with, and whether a room shows it. Never a time or a device."""
    found = readers.of(session(), viewer(), noun, thing_id)
    return {"team": list(found.team), "home": list(found.home), "room": found.room}
