"""Pages of what a family tells: its question through time, what matters, who a child is, who stands around it."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from vbg import clock
from vbg.families import forms, queries, rules
from vbg.families import told_actions as actions
from vbg.families.models import Family, Member, Question, Saying
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer

bp = Blueprint("told", __name__)
Page = str | Response | tuple[str, int]
Errors = dict[str, str]


@bp.get("/families/<uuid:family_id>/question")
@opens_to(Audience.STAFF)
def question(family_id: uuid.UUID) -> Page:
    """The question through time, the first words, and what matters to them."""
    return _question(queries.one(session(), viewer(), family_id))


def _question(family: Family, part: str = "", errors: Errors | None = None) -> str:
    past = queries.questions(session(), family)
    first = queries.sayings(session(), family, rules.Said.CHANGE, rules.Said.KEEP)
    matters = queries.sayings(session(), family, rules.Said.MATTERS)
    return render_template(
        "families/question.html", family=family, asked=queries.asked(session(), family), past=past, first=first,
        matters=matters, writers=queries.writers(session(), past) | queries.writers(session(), first),
        homes={one.id: one.name for one in family.households}, room=len(matters) < rules.MOST_MATTERS,
        errors={part: errors or {}}, form=request.form, taken=_taken(),
    )  # fmt: skip


@bp.post("/families/<uuid:family_id>/askings")
@opens_to(Audience.STAFF)
def ask_again(family_id: uuid.UUID) -> Page:
    """It was asked again, and is still right."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.Asking)
    if form:
        try:
            actions.ask_again(session(), viewer(), family, form)
            return redirect(url_for("told.question", family_id=family.id))
        except ReasonError as reason:
            errors = refused(reason)
    return _question(family, "asking", errors), 422


@bp.post("/families/<uuid:family_id>/first-words")
@opens_to(Audience.STAFF)
def say_first(family_id: uuid.UUID) -> Page:
    """What has to change, what may stay."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.FirstWords)
    if form:
        try:
            actions.say_first(session(), viewer(), family, form)
            return redirect(url_for("told.question", family_id=family.id) + "#first")
        except ReasonError as reason:
            errors = refused(reason)
    return _question(family, "first", errors), 422


@bp.post("/families/<uuid:family_id>/matters")
@opens_to(Audience.STAFF)
def say_matters(family_id: uuid.UUID) -> Page:
    """One line of what matters to them."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.Matters)
    if form:
        try:
            actions.say_matters(session(), viewer(), family, form)
            return redirect(url_for("told.question", family_id=family.id) + "#matters")
        except ReasonError as reason:
            errors = refused(reason)
    return _question(family, "matters", errors), 422


@bp.get("/members/<uuid:child_id>/portrait")
@opens_to(Audience.STAFF)
def child(child_id: uuid.UUID) -> Page:
    """Who a child is, and what it wants."""
    return _child(*_of_child(child_id))


def _of_child(child_id: uuid.UUID) -> tuple[Family, Member]:
    member = queries.member(session(), viewer(), child_id)
    if member.kind != rules.Kind.CHILD:
        raise NotFoundError
    return queries.one(session(), viewer(), member.family_id), member


def _child(family: Family, member: Member, part: str = "", errors: Errors | None = None) -> str:
    wishes = [one for one in queries.sayings(session(), family, rules.Said.WISH) if one.member_id == member.id]
    return render_template(
        "families/child.html", family=family, child=member, wishes=wishes[::-1], facts=queries.facts(family, member),
        errors={part: errors or {}}, form=request.form, taken=_taken(),
    )  # fmt: skip


@bp.post("/members/<uuid:child_id>/portrait")
@opens_to(Audience.STAFF)
def portray(child_id: uuid.UUID) -> Page:
    """Write down who a child is."""
    family, member = _of_child(child_id)
    form, errors = read(forms.Portrait)
    if form is None:
        return _child(family, member, "portrait", errors), 422
    actions.portray(session(), viewer(), member, form)
    return redirect(url_for("desk.family", family_id=family.id))


@bp.post("/members/<uuid:child_id>/wish")
@opens_to(Audience.STAFF)
def wish(child_id: uuid.UUID) -> Page:
    """What a child wants, in its own words."""
    family, member = _of_child(child_id)
    form, errors = read(forms.Wish)
    if form is None:
        return _child(family, member, "wish", errors), 422
    actions.wish(session(), viewer(), family, member, form)
    return redirect(url_for("desk.family", family_id=family.id))


@bp.get("/families/<uuid:family_id>/around")
@opens_to(Audience.STAFF)
def around(family_id: uuid.UUID) -> Page:
    """Who stands around the family: a list."""
    return _around(queries.one(session(), viewer(), family_id))


def _around(family: Family, errors: Errors | None = None, wrong: uuid.UUID | None = None) -> str:
    return render_template(
        "families/around.html", family=family, supporters=queries.supporters(session(), family),
        names=queries.names(session(), family), today=clock.today(), may_watch=rules.may_watch,
        errors=errors or {}, wrong=wrong, form=request.form, taken=_taken(),
    )  # fmt: skip


@bp.post("/families/<uuid:family_id>/around")
@opens_to(Audience.STAFF)
def name_supporter(family_id: uuid.UUID) -> Page:
    """Somebody who stands around the family."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.Supporter)
    if form is None:
        return _around(family, errors), 422
    actions.name_supporter(session(), viewer(), family, form)
    return redirect(url_for("told.around", family_id=family.id))


@bp.post("/supporters/<uuid:supporter_id>")
@opens_to(Audience.STAFF)
def change_supporter(supporter_id: uuid.UUID) -> Page:
    """Another answer, or other words for who this is."""
    row = queries.supporter(session(), viewer(), supporter_id)
    form, errors = read(forms.Supporter)
    if form is None:
        return _around(queries.one(session(), viewer(), row.family_id), errors, row.id), 422
    actions.change_supporter(session(), viewer(), row, form)
    return redirect(url_for("told.around", family_id=row.family_id))


@bp.post("/told/<any(saying,supporter,asking):kind>/<uuid:kept_id>/removal")
@opens_to(Audience.STAFF)
def hide(kind: str, kept_id: uuid.UUID) -> Page:
    """Take a line away."""
    row = queries.kept(session(), viewer(), kind, kept_id)
    actions.hide(session(), viewer(), row)
    return redirect(_place(row, taken=kept_id, kind=kind))


@bp.post("/told/<any(saying,supporter,asking):kind>/<uuid:kept_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back(kind: str, kept_id: uuid.UUID) -> Page:
    """Put a line back."""
    row = queries.kept(session(), viewer(), kind, kept_id)
    actions.put_back(session(), viewer(), row)
    return redirect(_place(row))


def _place(row: queries.Kept, **more: Any) -> str:
    """The page on which this line stands."""
    if isinstance(row, Saying) and row.member_id:
        return url_for("told.child", child_id=row.member_id, **more)
    page = "told.question" if isinstance(row, Saying | Question) else "told.around"
    return url_for(page, family_id=row.family_id, **more)


def _taken() -> tuple[str, uuid.UUID] | None:
    """The line that was taken away just now, so that one press puts it back."""
    kind = request.args.get("kind", "")
    try:
        row = queries.kept(session(), viewer(), kind, uuid.UUID(request.args.get("taken", "")))
    except (ValueError, KeyError, NotFoundError):
        return None
    return (kind, row.id) if row.removed else None
