"""My work: the portfolio in numbers, the bags, and one bag with its question, its answers and its moments."""

import uuid
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from vbg import clock
from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.films.models import Film
from vbg.moments import queries as moments
from vbg.moments import rules as moment_rules
from vbg.moments.models import Moment
from vbg.people import queries as people
from vbg.reasons import NotFoundError, ReasonError
from vbg.supervision import actions, queries, rules
from vbg.supervision.forms import AnswerIn, BagIn, HeldIn
from vbg.supervision.models import Bag
from vbg.tagsets import queries as tagsets
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer

bp = Blueprint("supervision", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/supervision")
@opens_to(Audience.STAFF)
def index() -> Page:
    """How far one's own portfolio is, one's bags, and the supervisions one had."""
    return _index({})


def _index(errors: dict[str, str]) -> str:
    country = people.practice(session()).country
    walked, had = queries.portfolio(session(), viewer(), country)
    return render_template(
        "supervision/index.html", walked=walked, had=had, held=queries.all_held(session(), viewer()),
        bags=[(bag, queries.is_allowed(session(), bag)) for bag in queries.of_viewer(session(), viewer())],
        families=families.near(session(), viewer())[0], today=clock.today(), errors=errors,
    )  # fmt: skip


@bp.post("/supervision")
@opens_to(Audience.STAFF)
def note() -> Page:
    """A supervision was had."""
    form, errors = read(HeldIn)
    if form is not None:
        try:
            actions.note(session(), viewer(), form)
            return redirect(url_for("supervision.index") + "#held")
        except ReasonError as reason:
            errors = refused(reason)
    return _index(errors), 422


@bp.post("/supervision/held/<uuid:supervision_id>/<any(removal,return):what>")
@opens_to(Audience.STAFF)
def count(supervision_id: uuid.UUID, what: str) -> Page:
    """A supervision that was noted by mistake does not count, or does after all."""
    actions.count(session(), viewer(), supervision_id, counts=what == "return")
    return redirect(url_for("supervision.index") + "#held")


@bp.get("/families/<uuid:family_id>/supervision/new")
@opens_to(Audience.STAFF)
def new(family_id: uuid.UUID) -> Page:
    """Choose moments, write the question, say until when."""
    return _new(families.one(session(), viewer(), family_id), {})


def _new(family: Family, errors: dict[str, str]) -> str:
    chosen = queries.to_choose(session(), family)
    return render_template(
        "supervision/new.html", family=family, moments=chosen, errors=errors, today=clock.today(),
        headings={one.id: _heading(one, family) for one in chosen}, until=rules.last_day(clock.today()),
        sent=request.form, ticked=request.form.getlist("moments"),
    )  # fmt: skip


@bp.post("/families/<uuid:family_id>/supervision")
@opens_to(Audience.STAFF)
def pack(family_id: uuid.UUID) -> Page:
    """Pack the bag. It opens with a yes."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(BagIn)
    if form is not None:
        try:
            bag = actions.pack(session(), viewer(), family, form)
            return redirect(url_for("supervision.show", bag_id=bag.id))
        except ReasonError as reason:
            errors = refused(reason)
    return _new(family, errors), 422


@bp.get("/supervision/<uuid:bag_id>")
@opens_to(Audience.STAFF)
def show(bag_id: uuid.UUID) -> Page:
    """The bag: closed with the way to ask, or open with its moments in a row."""
    return _show(queries.one(session(), viewer(), bag_id), {})


def _show(bag: Bag, errors: dict[str, str]) -> str:
    is_open = queries.is_allowed(session(), bag)
    inside = queries.moments_in(session(), bag) if is_open else []
    rows = [(film, [_told(one, bag.family) for one in ones]) for film, ones in groupby(inside, key=_film)]
    return render_template(
        "supervision/show.html", bag=bag, family=bag.family, is_open=is_open, films=rows, cursor="", any=True,
        adults=[one for one in families.members(session(), bag.family) if one.kind == "adult"], errors=errors,
        answers=queries.answers(session(), bag), is_over=clock.today() > bag.until_on,
    )  # fmt: skip


def _film(moment: Moment) -> Film:
    return moment.film


def _heading(moment: Moment, family: Family) -> str | None:
    child, known = moments.child_of(session(), family.id), tagsets.Labels(session())
    return moment_rules.heading(moment.words, moment.marks, known, child, str(get_locale()))


def _told(moment: Moment, family: Family) -> tuple[Moment, str | None, int]:
    """The moment, its heading, and where its playing ends (ms of film time)."""
    first = tagsets.Labels(session()).find(str(moment.marks[0]["tag"])) if moment.marks else None
    end = moment_rules.plays_to(moment.start_ms, moment.end_ms, first, moment.film.duration_ms)
    return moment, _heading(moment, family), end


@bp.post("/supervision/<uuid:bag_id>/answers")
@opens_to(Audience.STAFF)
def answer(bag_id: uuid.UUID) -> Page:
    """What an adult of the family said about this bag."""
    bag = queries.one(session(), viewer(), bag_id)
    form, errors = read(AnswerIn)
    if form is not None:
        member = _member(bag, form.member_id)
        try:
            actions.answer(session(), viewer(), bag, member, form)
            return redirect(url_for("supervision.show", bag_id=bag.id))
        except ReasonError as reason:
            errors = refused(reason)
    return _show(bag, errors), 422


@bp.post("/supervision/<uuid:bag_id>/answers/<uuid:member_id>/withdrawal")
@opens_to(Audience.STAFF)
def withdraw(bag_id: uuid.UUID, member_id: uuid.UUID) -> Page:
    """A yes is taken back."""
    bag = queries.one(session(), viewer(), bag_id)
    member = _member(bag, member_id)
    try:
        actions.withdraw(session(), viewer(), bag, member)
    except ReasonError as reason:
        return _show(bag, refused(reason)), 422
    return redirect(url_for("supervision.show", bag_id=bag.id))


def _member(bag: Bag, member_id: uuid.UUID) -> Member:
    found = families.member(session(), viewer(), member_id)
    if found.family_id != bag.family_id:
        raise NotFoundError
    return found


@bp.post("/supervision/<uuid:bag_id>/removal")
@opens_to(Audience.STAFF)
def empty(bag_id: uuid.UUID) -> Page:
    """Empty the bag."""
    actions.empty(session(), viewer(), queries.one(session(), viewer(), bag_id))
    return redirect(url_for("supervision.index"))
