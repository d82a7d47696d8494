"""The sheet of paper with one's own keys."""

import uuid

from flask import Blueprint, render_template, url_for
from flask_babel import get_locale

from vbg.desk.labels import tag_set
from vbg.films import queries as films
from vbg.palettes import queries as palettes
from vbg.places import queries as places
from vbg.tagsets import queries as tagsets
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

bp = Blueprint("desk_keys", __name__)


@bp.get("/films/<uuid:film_id>/keys")
@opens_to(Audience.STAFF)
def sheet(film_id: uuid.UUID) -> str:
    """The keyboard with the labels of this film's set, to lay beside the laptop. It names nobody."""
    film = films.one(session(), viewer(), film_id)
    sets = tagsets.in_use(session(), film.family_id)
    return render_template(
        "desk/keys.html", tagset_json=tag_set(str(get_locale()), "", sets),
        palette_json=palettes.described(session(), viewer()),
        shown=places.of_film(session(), viewer(), film).tag_set, back_url=url_for("desk.workspace", film_id=film.id),
    )  # fmt: skip
