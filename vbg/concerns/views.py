"""The register of concerns of one family. Each reading of it is a line in the log."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vbg import audit, clock, ids
from vbg.concerns import actions, queries, rules
from vbg.concerns.forms import ConcernStepIn, FactIn
from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import house, session, viewer

bp = Blueprint("concerns", __name__)
Told = dict[str, str]


@bp.get("/families/<uuid:family_id>/concerns")
@opens_to(Audience.STAFF)
def index(family_id: UUID) -> ResponseReturnValue:
    """What was seen or heard, the steps taken, and who reads this."""
    family = families.one(session(), viewer(), family_id)
    audit.keep(house().database, viewer(), "concerns.read", "family", family.id, family.id)
    return _page(family, {}, {}, "")


@bp.post("/families/<uuid:family_id>/concerns/facts")
@opens_to(Audience.STAFF)
def write_fact(family_id: UUID) -> ResponseReturnValue:
    """Keep a fact, or the page again with all that was typed."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(FactIn)
    if form is not None:
        try:
            kept = actions.write_fact(session(), viewer(), family.id, form)
            return redirect(url_for(".index", family_id=family.id, _anchor=str(kept.id)))
        except ReasonError as reason:
            errors = refused(reason)
    return _again(family, errors, "fact")


@bp.post("/families/<uuid:family_id>/concerns/steps")
@opens_to(Audience.STAFF)
def take_step(family_id: UUID) -> ResponseReturnValue:
    """Keep a step that was taken."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(ConcernStepIn)
    if form is not None:
        try:
            kept = actions.take_step(session(), viewer(), family.id, form)
            return redirect(url_for(".index", family_id=family.id, _anchor=str(kept.id)))
        except ReasonError as reason:
            errors = refused(reason)
    return _again(family, errors, "step")


@bp.post("/concern-facts/<uuid:fact_id>/removal")
@opens_to(Audience.STAFF)
def hide_fact(fact_id: UUID) -> ResponseReturnValue:
    """Take a fact away."""
    return _hide(queries.one(session(), viewer(), ConcernFact, fact_id))


@bp.post("/concern-facts/<uuid:fact_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back_fact(fact_id: UUID) -> ResponseReturnValue:
    """Put it back."""
    return _put_back(queries.one(session(), viewer(), ConcernFact, fact_id))


@bp.post("/concern-steps/<uuid:concern_step_id>/removal")
@opens_to(Audience.STAFF)
def hide_step(concern_step_id: UUID) -> ResponseReturnValue:
    """Take a step away."""
    return _hide(queries.one(session(), viewer(), ConcernStep, concern_step_id))


@bp.post("/concern-steps/<uuid:concern_step_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back_step(concern_step_id: UUID) -> ResponseReturnValue:
    """Put it back."""
    return _put_back(queries.one(session(), viewer(), ConcernStep, concern_step_id))


def _hide(kept: ConcernFact | ConcernStep) -> ResponseReturnValue:
    actions.hide(session(), viewer(), kept)
    return redirect(url_for(".index", family_id=kept.family_id))


def _put_back(kept: ConcernFact | ConcernStep) -> ResponseReturnValue:
    actions.put_back(session(), viewer(), kept)
    return redirect(url_for(".index", family_id=kept.family_id, _anchor=str(kept.id)))


def _again(family: Family, errors: Told, tried: str) -> ResponseReturnValue:
    """The page with what could not be kept: a reading too, whose line must outlive the refusal."""
    family_id = family.id
    session().rollback()  # nothing was kept, and the line is written by a unit of its own
    audit.keep(house().database, viewer(), "concerns.read", "family", family_id, family_id)
    return _page(families.one(session(), viewer(), family_id), request.form.to_dict(), errors, tried), 422


def _page(family: Family, form: Told, errors: Told, tried: str) -> str:
    """`tried`: the form ("fact", "step") that could not be kept; it gets back what was typed."""
    facts = queries.of_family(session(), viewer(), ConcernFact, family.id)
    steps = queries.of_family(session(), viewer(), ConcernStep, family.id)
    today = clock.today()
    empty = {"id": str(ids.new()), "on": today.isoformat()}
    return render_template(
        "concerns/index.html", family=family, route=rules.route(family.country, today), today=today, tried=tried,
        facts=[one for one in facts if not one.removed], steps=[one for one in steps if not one.removed],
        gone=[one for one in facts if one.removed], undone=[one for one in steps if one.removed],
        writers=queries.writers(session(), [*facts, *steps]), team=families.team(session(), family),
        fact=form if tried == "fact" else empty, step=form if tried == "step" else empty, errors=errors,
    )  # fmt: skip
