"""A person's place in a film as JSON."""

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from vbg.films import queries as films
from vbg.places import actions, queries
from vbg.places.forms import PlaceIn
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import body
from vbg.web.request import session, viewer

api = Blueprint("places_api", __name__, url_prefix="/api/v1")


@api.get("/films/<uuid:film_id>/place")
@opens_to(Audience.STAFF)
def show(film_id: UUID) -> ResponseReturnValue:
    """Where you stopped in this film, and the stand you work in."""
    film = films.watched(session(), viewer(), film_id)
    return asdict(queries.of_film(session(), viewer(), film))


@api.put("/films/<uuid:film_id>/place")
@opens_to(Audience.STAFF)
def write(film_id: UUID) -> ResponseReturnValue:
    """Keep where you are; what is not sent stays."""
    film = films.watched(session(), viewer(), film_id)
    form = body(PlaceIn)
    actions.keep(session(), viewer(), film, form.model_dump(exclude_unset=True))
    return asdict(queries.of_film(session(), viewer(), film))
