"""After a visit: one page for the car, on a phone. What she still knows, the step, the next time; none of it needed."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vbg import clock
from vbg.desk import voice
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.reviews import actions as reviews
from vbg.reviews import queries as review_queries
from vbg.reviews.models import Review
from vbg.viewer import Audience
from vbg.visits import actions, queries, rules
from vbg.visits.forms import AfterIn, VisitIn
from vbg.visits.models import Visit
from vbg.web.access import opens_to
from vbg.web.forms import read
from vbg.web.request import house, session, viewer

bp = Blueprint("desk_after", __name__)


@bp.get("/families/<uuid:family_id>/after")
@opens_to(Audience.STAFF)
def show(family_id: uuid.UUID) -> ResponseReturnValue:
    """The page, for the visit that an address names, else that of today, else the last one nobody spoke of."""
    family = families.one(session(), viewer(), family_id)
    return _page(family, visit_of(family, request.args.get("visit", "")), {})


@bp.post("/families/<uuid:family_id>/after/voice")
@opens_to(Audience.STAFF)
def speak(family_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what was spoken, as the body of this request; the visit took place."""
    with house().database.unit(write=False) as looking:
        families.one(looking, viewer(), family_id)  # who has no business here learns nothing of what is taken
    spoken = voice.received()  # all of it, before the database waits for it
    family = families.one(session(), viewer(), family_id)
    visit = visit_of(family, request.args.get("visit", ""))
    visit = visit or actions.plan(session(), viewer(), family, VisitIn(on=clock.today()))
    actions.finish(session(), viewer(), visit)
    voice.keep(session(), viewer(), visit, spoken)
    return "", 204


@bp.post("/families/<uuid:family_id>/after")
@opens_to(Audience.STAFF)
def update(family_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what was filled in. The visit took place, also when it was never planned."""
    family = families.one(session(), viewer(), family_id)
    visit = visit_of(family, request.form.get("visit", ""))
    form, errors = read(AfterIn)
    if form is None:
        return _page(family, visit, errors), 422
    visit = visit or actions.plan(session(), viewer(), family, VisitIn(on=clock.today()))
    actions.finish(session(), viewer(), visit)
    actions.write_note(session(), viewer(), visit, form.note)
    review = _watched(family)
    if review and form.next_step != review.next_step and "next_step" in request.form:
        reviews.correct_step(session(), viewer(), review, form.next_step)
    if form.next_on and not _is_planned(family, form):
        told = VisitIn(kind=form.next_kind, on=form.next_on, at=form.next_at, what=form.next_what)
        actions.plan(session(), viewer(), family, told)
    return redirect(url_for("desk_after.show", family_id=family.id, visit=visit.id))


def _page(family: Family, visit: Visit | None, errors: dict[str, str]) -> str:
    wipings = [one for one in films.open_wipings(session(), viewer()) if one.family_id == family.id]
    ahead = queries.next_of(queries.of_family(session(), viewer(), family.id))
    return render_template(
        "visits/after.html", family=family, visit=visit, errors=errors, review=_watched(family), wipings=wipings,
        ahead=[one for one in ahead if visit is None or one.id != visit.id], form=request.form,
        voice=voice.place_of(session(), viewer(), family.id, visit), may_speak=voice.may_speak(),
    )  # fmt: skip


def visit_of(family: Family, name: str) -> Visit | None:
    """The visit with this id, else today's last one, else the newest of two weeks that nobody spoke of."""
    if named := queries.named(session(), viewer(), family.id, name):
        return named
    today = clock.today()
    past = [
        one for one in queries.of_family(session(), viewer(), family.id)
        if not one.called_off_at and today - rules.AFTERWARDS <= one.on <= today
    ]  # fmt: skip
    of_today = [one for one in past if one.on == today]
    return next(iter(reversed(of_today or [one for one in past if not one.done_at])), None)


def _watched(family: Family) -> Review | None:
    """The last time they watched together: its step is the one that holds."""
    return next((one for one in review_queries.of_family(session(), viewer(), family) if one.started_at), None)


def _is_planned(family: Family, form: AfterIn) -> bool:
    """Whether the very same appointment stands: a form that was sent twice makes no twin."""
    return any(
        (one.kind, one.on, one.at, one.what) == (form.next_kind, form.next_on, form.next_at, form.next_what.strip())
        for one in queries.next_of(queries.of_family(session(), viewer(), family.id))
    )
