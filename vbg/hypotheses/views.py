"""The pages of working hypotheses: notes of the counselor, opened on purpose."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy.orm import Session

from vbg import ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.hypotheses import actions, queries, rules
from vbg.hypotheses.forms import AskIn, EvidenceIn, HypothesisEdit, HypothesisIn, TurnIn
from vbg.hypotheses.models import Hypothesis
from vbg.moments import queries as moments
from vbg.reasons import ReasonError
from vbg.viewer import Audience, Viewer
from vbg.web.access import opens_to
from vbg.web.forms import Form, read, refused
from vbg.web.request import session, viewer

bp = Blueprint("hypotheses", __name__)


@bp.get("/families/<uuid:family_id>/hypotheses")
@opens_to(Audience.STAFF)
def index(family_id: UUID) -> ResponseReturnValue:
    """The family's hypotheses, and those laid aside."""
    family = families.one(session(), viewer(), family_id)
    standing, aside = (queries.of_family(session(), viewer(), family.id, removed) for removed in (False, True))
    sides = queries.sides(session(), viewer(), standing)
    return render_template("hypotheses/index.html", family=family, hypotheses=standing, sides=sides, aside=aside)


@bp.get("/families/<uuid:family_id>/hypotheses/new")
@opens_to(Audience.STAFF)
def new(family_id: UUID) -> ResponseReturnValue:
    """The empty form; `moment` in the address is the one that speaks for it."""
    family = families.one(session(), viewer(), family_id)
    moment_id = ids.parse(request.args.get("moment", ""))
    return _form("hypotheses/new.html", family, {"moment": str(moment_id or "")}, [], {})


@bp.post("/families/<uuid:family_id>/hypotheses")
@opens_to(Audience.STAFF)
def create(family_id: UUID) -> ResponseReturnValue:
    """Keep it and show it, or show the form again with what is wrong."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(HypothesisIn)
    if form is not None:
        try:
            made, _fresh = actions.add(session(), viewer(), family_id, form)
            return redirect(_show(made))
        except ReasonError as reason:
            errors = refused(reason)
    return _form("hypotheses/new.html", family, request.form.to_dict(), request.form.getlist("films"), errors), 422


@bp.get("/hypotheses/<uuid:hypothesis_id>")
@opens_to(Audience.STAFF)
def show(hypothesis_id: UUID) -> ResponseReturnValue:
    """One hypothesis: the moments for and against it, how it stood, the films that test it."""
    return _page(queries.one(session(), viewer(), hypothesis_id), {}, {})


@bp.get("/hypotheses/<uuid:hypothesis_id>/edit")
@opens_to(Audience.STAFF)
def edit(hypothesis_id: UUID) -> ResponseReturnValue:
    """The hypothesis in its form."""
    found = queries.one(session(), viewer(), hypothesis_id)
    stands = {"statement": found.statement, "source": found.source, "source_on": found.source_on.isoformat()}
    tested = [str(film.id) for film in queries.films_of(session(), found)]
    return _form("hypotheses/edit.html", found.family, stands, tested, {}, found)


@bp.post("/hypotheses/<uuid:hypothesis_id>")
@opens_to(Audience.STAFF)
def update(hypothesis_id: UUID) -> ResponseReturnValue:
    """Other words for it."""
    found = queries.one(session(), viewer(), hypothesis_id)
    errors = _tried(HypothesisEdit, found, actions.reword)
    if not errors:
        return redirect(_show(found))
    sent, films_sent = request.form.to_dict(), request.form.getlist("films")
    return _form("hypotheses/edit.html", found.family, sent, films_sent, errors, found), 422


@bp.post("/hypotheses/<uuid:hypothesis_id>/statuses")
@opens_to(Audience.STAFF)
def judge(hypothesis_id: UUID) -> ResponseReturnValue:
    """How it stands from now on, and why."""
    found = queries.one(session(), viewer(), hypothesis_id)
    errors = _tried(TurnIn, found, actions.judge)
    if not errors:
        return redirect(_show(found))
    return _page(found, request.form.to_dict(), errors), 422


@bp.post("/hypotheses/<uuid:hypothesis_id>/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def put(hypothesis_id: UUID, moment_id: UUID) -> ResponseReturnValue:
    """The moment speaks on this side."""
    found = queries.one(session(), viewer(), hypothesis_id)
    moment = moments.one(session(), viewer(), moment_id)
    form, errors = read(EvidenceIn)
    if form is not None:
        try:
            actions.put(session(), viewer(), found, moment, form.side)
            return redirect(_show(found))
        except ReasonError as reason:
            errors = refused(reason)
    return _page(found, {}, {"": next(iter(errors.values()))}), 422


@bp.post("/hypotheses/<uuid:hypothesis_id>/moments/<uuid:moment_id>/removal")
@opens_to(Audience.STAFF)
def take(hypothesis_id: UUID, moment_id: UUID) -> ResponseReturnValue:
    """The moment speaks for neither side."""
    found = queries.one(session(), viewer(), hypothesis_id)
    actions.take(session(), viewer(), found, moments.one(session(), viewer(), moment_id))
    return redirect(_show(found))


@bp.post("/hypotheses/<uuid:hypothesis_id>/removal")
@opens_to(Audience.STAFF)
def hide(hypothesis_id: UUID) -> ResponseReturnValue:
    """Lay it aside; its page stays, with the press that takes it up again."""
    found = queries.one(session(), viewer(), hypothesis_id)
    actions.hide(session(), viewer(), found)
    return redirect(_show(found))


@bp.post("/hypotheses/<uuid:hypothesis_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back(hypothesis_id: UUID) -> ResponseReturnValue:
    """Take it up again."""
    found = queries.one(session(), viewer(), hypothesis_id)
    actions.put_back(session(), viewer(), found)
    return redirect(_show(found))


@bp.post("/hypotheses/<uuid:hypothesis_id>/askings")
@opens_to(Audience.STAFF)
def ask(hypothesis_id: UUID) -> ResponseReturnValue:
    """Turn it into a question for the family; then its page, where it is shared and answered."""
    found = queries.one(session(), viewer(), hypothesis_id)
    form, errors = read(AskIn)
    if form is None:
        return _page(found, request.form.to_dict(), {"asked": errors.get("text", "")}), 422
    made, _fresh = actions.ask(session(), viewer(), found, form)
    return redirect(url_for("desk_askings.show", asking_id=made.id))


@bp.post("/askings/<uuid:asking_id>/removal")
@opens_to(Audience.STAFF)
def unask(asking_id: UUID) -> ResponseReturnValue:
    """Ask it no longer; its page stays, with the press that asks again."""
    asking = queries.asking(session(), viewer(), asking_id)
    actions.unask(session(), viewer(), asking)
    return redirect(url_for("desk_askings.show", asking_id=asking.id))


@bp.post("/askings/<uuid:asking_id>/removal/end")
@opens_to(Audience.STAFF)
def ask_again(asking_id: UUID) -> ResponseReturnValue:
    """Ask it again, of the same people."""
    asking = queries.asking(session(), viewer(), asking_id)
    actions.ask_again(session(), viewer(), asking)
    return redirect(url_for("desk_askings.show", asking_id=asking.id))


def _tried(
    kind: type[Form], found: Hypothesis, act: Callable[[Session, Viewer, Hypothesis, Form], object]
) -> dict[str, str]:
    """Do it with the posted form; sentences by field when it cannot be."""
    form, errors = read(kind)
    if form is None:
        return errors
    try:
        act(session(), viewer(), found, form)
    except ReasonError as reason:
        return refused(reason)
    return {}


def _form(
    page: str, family: Family, form: dict[str, str], tested: list[str], errors: dict[str, str],
    hypothesis: Hypothesis | None = None,
) -> str:  # fmt: skip
    offered = films.of_family(session(), viewer(), family.id)
    return render_template(
        page, family=family, hypothesis=hypothesis, form=form, tested=tested, films=offered, errors=errors
    )  # fmt: skip


def _page(found: Hypothesis, form: dict[str, str], errors: dict[str, str]) -> str:
    language = str(get_locale())
    sides = queries.sides(session(), viewer(), [found])[found.id]
    turns = queries.turns(session(), found)
    told = {"for": sides.speaks_for, "against": sides.against}
    asked = queries.askings(session(), found)
    return render_template(
        "hypotheses/show.html", hypothesis=found, family=found.family, turns=turns, form=form, errors=errors,
        proofs={side: queries.proofs(session(), some, found.family_id, language) for side, some in told.items()},
        names=moments.names(session(), viewer(), {one.by_id for one in turns}),
        films=queries.films_of(session(), found), statuses=rules.STATUSES, asked=asked,
        replies=queries.replies(session(), asked),
    )  # fmt: skip


def _show(found: Hypothesis) -> str:
    return url_for("hypotheses.show", hypothesis_id=found.id)
