"""From an appointment to what it is for, where that takes other nouns: prepare watching together."""

import uuid

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vbg.films import queries as films
from vbg.films.rules import State
from vbg.reviews import actions as reviews
from vbg.reviews import queries as review_queries
from vbg.viewer import Audience
from vbg.visits import queries
from vbg.web.access import opens_to
from vbg.web.request import session, viewer

bp = Blueprint("desk_visits", __name__)


@bp.post("/visits/<uuid:visit_id>/review")
@opens_to(Audience.STAFF)
def prepare(visit_id: uuid.UUID) -> ResponseReturnValue:
    """To the review that is being prepared, else to a new one of the newest film; without a film, to bring one in."""
    visit = queries.one(session(), viewer(), visit_id)
    open_ones = [
        one for one in review_queries.of_family(session(), viewer(), visit.family)
        if not one.closed_at and not one.started_at
    ]  # fmt: skip
    if open_ones:
        return redirect(url_for("reviews.show", review_id=open_ones[0].id))
    ready = [one for one in films.of_family(session(), viewer(), visit.family_id) if one.state == State.READY]
    if not ready:
        flash(_("Watching together begins with a film."), "attention")
        return redirect(url_for("films.new", family_id=visit.family_id))
    return redirect(url_for("reviews.show", review_id=reviews.prepare(session(), viewer(), ready[0]).id))
