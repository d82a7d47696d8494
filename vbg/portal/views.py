"""A parent's own place: what was shared and asked, one moment, an answer. Reads through sharing alone."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from vbg.hypotheses.forms import ReplyIn
from vbg.sharing import actions, forms, queries
from vbg.viewer import Audience
from vbg.web import media as edge
from vbg.web.access import opens_to
from vbg.web.forms import read
from vbg.web.request import session, viewer

bp = Blueprint("portal", __name__, url_prefix="/portal")
Page = str | Response | tuple[str, int]


@bp.get("/")
@opens_to(Audience.PARENT)
def home() -> Page:
    """All that is shared with this parent now."""
    asked = queries.asked_of(session(), viewer())
    return render_template("portal/home.html", shared=queries.of_parent(session(), viewer()), asked_of_me=asked)


@bp.get("/moments/<uuid:share_id>")
@opens_to(Audience.PARENT)
def show(share_id: uuid.UUID) -> Page:
    """One moment: the film, own words first, then the counselor's."""
    shared = queries.for_parent(session(), viewer(), share_id)
    return render_template("portal/moment.html", shared=shared, errors={}, words=shared.own_words)


@bp.post("/moments/<uuid:share_id>/answer")
@opens_to(Audience.PARENT)
def answer(share_id: uuid.UUID) -> Page:
    """Reactions and own words."""
    shared = queries.for_parent(session(), viewer(), share_id)
    form, errors = read(forms.Reply)
    if form is None:
        written = request.form.get("words", "")
        return render_template("portal/moment.html", shared=shared, errors=errors, words=written), 422
    actions.answer(session(), viewer(), share_id, list(form.reactions), form.words)
    return redirect(url_for("portal.show", share_id=share_id))


@bp.get("/questions/<uuid:asking_id>")
@opens_to(Audience.PARENT)
def question(asking_id: uuid.UUID) -> Page:
    """What the counselor asks, to answer it or not."""
    asked = queries.asked(session(), viewer(), asking_id)
    return render_template("portal/question.html", asked=asked, errors={}, answer=asked.answer, words=asked.words)


@bp.post("/questions/<uuid:asking_id>/answer")
@opens_to(Audience.PARENT)
def reply(asking_id: uuid.UUID) -> Page:
    """Yes, a bit, no, and own words."""
    asked = queries.asked(session(), viewer(), asking_id)
    form, errors = read(ReplyIn)
    if form is None:
        said = {name: request.form.get(name, "") for name in ("answer", "words")}
        return render_template("portal/question.html", asked=asked, errors=errors, **said), 422
    actions.reply(session(), viewer(), asked.id, form)
    return redirect(url_for("portal.question", asking_id=asking_id))


@bp.get("/moments/<uuid:share_id>/media")
@opens_to(Audience.PARENT)
def media(share_id: uuid.UUID) -> Response:
    """A range of the clip: bytes of this moment only."""
    clip = queries.clip(session(), viewer(), share_id)
    return edge.answer(clip, edge.etag_of(clip.id))
