"""Share a moment: with whom, and who sees it now."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.films import queries as films
from vbg.moments import queries as moments
from vbg.moments.models import Moment
from vbg.reasons import ReasonError
from vbg.sharing import actions, forms, queries, rules
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer

bp = Blueprint("sharing", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/moments/<uuid:moment_id>/shares/new")
@opens_to(Audience.STAFF)
def new(moment_id: uuid.UUID) -> Page:
    """Who may have this moment."""
    return _new(moments.one(session(), viewer(), moment_id), {})


def _new(moment: Moment, errors: dict[str, str]) -> str:
    film = films.one(session(), viewer(), moment.film_id)
    family = families.one(session(), viewer(), film.family_id)
    start_ms, end_ms = rules.frozen_span(moment.start_ms, moment.end_ms, film.duration_ms or 0)
    return render_template(
        "sharing/new.html", moment=moment, film=film, family=family, errors=errors, length_ms=end_ms - start_ms,
        goals=queries.agreed_goals(session(), moment),
        receivers=queries.receivers(session(), family.id), shares=queries.of_moment(session(), moment),
        may_share=consents.allows(session(), family.id, "take_home"), child=moments.child_of(session(), family.id),
    )  # fmt: skip


@bp.post("/moments/<uuid:moment_id>/shares")
@opens_to(Audience.STAFF)
def create(moment_id: uuid.UUID) -> Page:
    """Share it: one share a person."""
    moment = moments.one(session(), viewer(), moment_id)
    form, errors = read(forms.NewShare)
    if form is None:
        return _new(moment, errors), 422
    try:
        # with all of them or with nobody: the page that says why must not show half
        with session().begin_nested():
            for person_id in form.people:
                actions.share(session(), viewer(), moment, person_id)
    except ReasonError as reason:
        return _new(moment, refused(reason)), 422
    return redirect(url_for("sharing.new", moment_id=moment.id, done=1))


@bp.post("/shares/<uuid:share_id>/retraction")
@opens_to(Audience.STAFF)
def retract(share_id: uuid.UUID) -> Page:
    """Take a share back."""
    found = queries.one(session(), viewer(), share_id)
    actions.retract(session(), viewer(), found)
    return redirect(url_for("sharing.new", moment_id=found.moment_id))
