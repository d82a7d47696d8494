"""The three first questions on one screen, read aloud in 90 seconds."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from vbg import clock
from vbg.consents import actions, forms
from vbg.consents import queries as consents
from vbg.consents.rules import Purpose
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import actions as films
from vbg.films import rules as film_rules
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer

bp = Blueprint("consents", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/families/<uuid:family_id>/consent")
@opens_to(Audience.STAFF)
def edit(family_id: uuid.UUID) -> Page:
    """Who said what, and the three questions for who was not asked."""
    return _edit(families.one(session(), viewer(), family_id), {})


def _edit(family: Family, errors: dict[str, str]) -> str:
    return render_template(
        "consents/edit.html", family=family, rows=consents.rows(session(), family), errors=errors,
        purposes=[one.value for one in Purpose], gates=consents.gates(session(), family.id),
        erased_on=film_rules.held_until(clock.now(), film_rules.WITHDRAWN_DAYS),
        children=[one for one in families.members(session(), family) if one.kind == "child"],
    )  # fmt: skip


@bp.post("/families/<uuid:family_id>/consent")
@opens_to(Audience.STAFF)
def update(family_id: uuid.UUID) -> Page:
    """Keep one adult's answers; films that waited for a yes are opened by it."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(forms.Answer)
    if form is None:
        return _edit(family, errors), 422
    member = families.member(session(), viewer(), form.member_id)
    if member.family_id != family.id:
        abort(404)
    try:
        for purpose in Purpose:
            said = getattr(form, purpose.value)
            if said:
                actions.answer(session(), viewer(), member, purpose.value, said, form.way)
    except ReasonError as reason:
        return _edit(family, refused(reason)), 422
    films.follow_consent(session(), viewer(), family)
    there = "desk.family" if request.form.get("back") == "family" else "consents.edit"
    return redirect(url_for(there, family_id=family.id))


@bp.post("/members/<uuid:member_id>/consent/<any(filming,review,take_home):purpose>/withdrawal")
@opens_to(Audience.STAFF)
def withdraw(member_id: uuid.UUID, purpose: str) -> Page:
    """A yes is taken back."""
    member = families.member(session(), viewer(), member_id)
    family = families.one(session(), viewer(), member.family_id)
    try:
        actions.withdraw(session(), viewer(), member, purpose)
    except ReasonError as reason:
        return _edit(family, refused(reason)), 422
    films.follow_consent(session(), viewer(), family)
    return redirect(url_for("consents.edit", family_id=family.id))
