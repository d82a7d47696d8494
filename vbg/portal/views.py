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
STEPS = ("film", "words", "feel", "saw")
"""A moment one thing at a time: the film, own words, how it is to see, what the counselor saw."""
NEXT = {"words": "feel", "feel": "saw"}


@bp.get("/")
@opens_to(Audience.PARENT)
def home() -> Page:
    """All that is shared with this parent now; one clip at a time for who likes it so."""
    shared, asked, at = queries.of_parent(session(), viewer()), queries.asked_of(session(), viewer()), 0
    if viewer().reading.one_at_a_time and shared:
        at = min(max(request.args.get("at", 0, int), 0), len(shared) - 1)
    return render_template("portal/home.html", shared=shared, at=at, asked_of_me=asked)


@bp.get("/moments/<uuid:share_id>")
@opens_to(Audience.PARENT)
def show(share_id: uuid.UUID) -> Page:
    """One moment: the film, own words first, then the counselor's."""
    shared = queries.for_parent(session(), viewer(), share_id)
    step = _step(request.args.get("step", ""))
    return render_template("portal/moment.html", shared=shared, errors={}, words=shared.own_words, step=step)


def _step(asked: str) -> str:
    """The part of a moment to show; empty for who sees all of it on one page."""
    return (asked if asked in STEPS else STEPS[0]) if viewer().reading.one_at_a_time else ""


@bp.post("/moments/<uuid:share_id>/answer")
@opens_to(Audience.PARENT)
def answer(share_id: uuid.UUID) -> Page:
    """Reactions and own words."""
    shared = queries.for_parent(session(), viewer(), share_id)
    form, errors = read(forms.Reply)
    if form is None:
        written = request.form.get("words", "")
        step = _step(request.form.get("step", ""))
        return render_template("portal/moment.html", shared=shared, errors=errors, words=written, step=step), 422
    actions.answer(session(), viewer(), share_id, list(form.reactions), form.words)
    step = _step(request.form.get("step", "")) and NEXT.get(request.form.get("step", ""), "")
    return redirect(url_for("portal.show", share_id=share_id, step=step or None))


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
