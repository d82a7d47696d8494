"""What the room may fetch: the films of its own review, and two small verbs."""

import uuid

from flask import Blueprint, request
from flask import session as cookie
from werkzeug.wrappers import Response

from vbg.films import queries as films
from vbg.films.models import Film
from vbg.moments import actions as moments
from vbg.reasons import ReasonError
from vbg.reviews import actions, forms, queries
from vbg.viewer import Audience
from vbg.web import media as edge
from vbg.web.access import opens_to
from vbg.web.api import body
from vbg.web.request import session, viewer

api = Blueprint("reviews_api", __name__, url_prefix="/api/v1/reviews/<uuid:review_id>")


def _film(review_id: uuid.UUID, film_id: uuid.UUID) -> Film:
    """A film that this room shows now; of the fun's films only while the fun is looked back at."""
    with_fun = cookie.get("fun") == str(review_id)
    return queries.film_in_room(session(), viewer(), review_id, film_id, with_fun=with_fun)


def _rendition(review_id: uuid.UUID, film_id: uuid.UUID, kind: str, ranged: bool) -> Response:
    film = _film(review_id, film_id)
    found = films.rendition(session(), film.id, kind, lambda made: str(made.version) == request.args.get("v"))
    return (edge.answer if ranged else edge.whole)(found, edge.etag_of(found.id, found.version))


@api.get("/films/<uuid:film_id>/media")
@opens_to(Audience.ROOM)
def media(review_id: uuid.UUID, film_id: uuid.UUID) -> Response:
    """A range of a film that this review shows."""
    return _rendition(review_id, film_id, "play", ranged=True)


@api.get("/films/<uuid:film_id>/frames")
@opens_to(Audience.ROOM)
def frames(review_id: uuid.UUID, film_id: uuid.UUID) -> Response:
    """Its frame times."""
    return _rendition(review_id, film_id, "frames", ranged=False)


@api.post("/proud")
@opens_to(Audience.ROOM)
def be_proud(review_id: uuid.UUID) -> tuple[dict[str, str], int]:
    """'Hier ben ik trots op'."""
    form = body(forms.ProudIn)
    film = _film(review_id, form.film_id)
    review = queries.one(session(), viewer(), review_id)
    proud = actions.be_proud(session(), viewer(), review, film, form.at_ms, form.id)
    return {"id": str(proud.id)}, 201


@api.delete("/proud/<uuid:proud_id>")
@opens_to(Audience.ROOM)
def unproud(review_id: uuid.UUID, proud_id: uuid.UUID) -> tuple[str, int]:
    """The same press again takes it back."""
    actions.unproud(session(), viewer(), queries.one(session(), viewer(), review_id), proud_id)
    return "", 204


@api.post("/moments")
@opens_to(Audience.ROOM)
def find(review_id: uuid.UUID) -> tuple[dict[str, str], int]:
    """'Mooi moment' at a pause, in a review of a whole film."""
    form = body(forms.FoundIn)
    review = queries.one(session(), viewer(), review_id)
    if review.film_id is None:
        raise ReasonError("not_here")
    film = queries.film_in_room(session(), viewer(), review_id, review.film_id)
    moment = moments.found_in_room(session(), viewer(), film.id, form.at_ms, "", form.id)
    return {"id": str(moment.id)}, 201
