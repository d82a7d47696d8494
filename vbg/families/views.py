"""A family's own forms: begin one, its question, its members, its team."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vbg.families import actions, forms, queries
from vbg.families.models import Family
from vbg.people import actions as people_actions
from vbg.people import queries as people
from vbg.people.forms import Reading
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer
from vbg.web.words import say

bp = Blueprint("families", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/families/new")
@opens_to(Audience.STAFF)
def new() -> Page:
    """One field is enough."""
    return render_template("families/new.html", errors={}, form=request.args)


@bp.post("/families")
@opens_to(Audience.STAFF)
def create() -> Page:
    """Begin a family."""
    form, errors = read(forms.NewFamily)
    if form:
        try:
            family = actions.begin(session(), viewer(), form.code, form.country)
        except ReasonError as reason:
            errors = refused(reason)
        else:
            if form.question.strip():
                actions.ask_question(session(), viewer(), family, form.question, form.question_authors)
            return redirect(url_for("desk.family", family_id=family.id))
    return render_template("families/new.html", errors=errors, form=request.form), 422


@bp.get("/families/<uuid:family_id>/edit")
@opens_to(Audience.STAFF)
def edit(family_id: uuid.UUID) -> Page:
    """Question, members, homes, team: all of it optional."""
    return _edit(queries.one(session(), viewer(), family_id), {})


def _edit(
    family: Family, errors: dict[str, str], code: str = "", code_for: uuid.UUID | None = None,
    member_errors: tuple[uuid.UUID, dict[str, str]] | None = None,
) -> str:  # fmt: skip
    team = queries.team(session(), family)
    others = [one for one in people.colleagues(session(), viewer()) if one.id not in {kept.id for kept in team}]
    return render_template(
        "families/edit.html", family=family, errors=errors, members=queries.members(session(), family), team=team,
        households=queries.households(session(), family), colleagues=others, form=request.form,
        account_code=code, account_for=code_for, wrong_member=member_errors,
    )  # fmt: skip


@bp.post("/families/<uuid:family_id>/question")
@opens_to(Audience.STAFF)
def ask(family_id: uuid.UUID) -> Page:
    """A new wording of the question."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.NewQuestion)
    if form is None:
        return _edit(family, errors), 422
    home = queries.home_of(session(), family, form.household)
    actions.ask_question(session(), viewer(), family, form.question, form.question_authors, home)
    return redirect(url_for("desk.family", family_id=family.id))


@bp.post("/families/<uuid:family_id>/members")
@opens_to(Audience.STAFF)
def add_member(family_id: uuid.UUID) -> Page:
    """Name somebody of the family."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.NewMember)
    if form is None:
        return _edit(family, errors), 422
    actions.add_member(
        session(), viewer(), family, form.call_name, form.kind, form.household, form.born_on, form.authority
    )
    return redirect(url_for("families.edit", family_id=family.id) + "#members")


@bp.post("/members/<uuid:member_id>")
@opens_to(Audience.STAFF)
def update_member(member_id: uuid.UUID) -> Page:
    """What is known of somebody: name, home, authority, care, how they are filmed."""
    member = queries.member(session(), viewer(), member_id)
    family = queries.one(session(), viewer(), member.family_id)
    form, errors = read(forms.MemberEdit)
    if form:
        try:
            actions.update_member(session(), viewer(), family, member, form)
            return redirect(url_for("families.edit", family_id=family.id) + f"#p-{member.id}")
        except ReasonError as reason:
            errors = refused(reason)
    return _edit(family, {}, member_errors=(member.id, errors)), 422


@bp.post("/members/<uuid:member_id>/reading")
@opens_to(Audience.STAFF)
def choose_reading(member_id: uuid.UUID) -> Page:
    """How somebody reads at home: chosen together."""
    member = queries.member(session(), viewer(), member_id)
    if member.person is None:
        raise NotFoundError
    form, errors = read(Reading)
    if form is None:
        return _edit(queries.one(session(), viewer(), member.family_id), {"": next(iter(errors.values()))}), 422
    people_actions.choose_reading(session(), viewer(), member.person, form)
    return redirect(url_for("families.edit", family_id=member.family_id) + f"#p-{member.id}")


@bp.post("/households/<uuid:home_id>")
@opens_to(Audience.STAFF)
def rename_home(home_id: uuid.UUID) -> Page:
    """Another name for a home."""
    home = queries.home(session(), viewer(), home_id)
    form, errors = read(forms.HomeName)
    if form is None:
        return _edit(queries.one(session(), viewer(), home.family_id), {"home": errors["name"]}), 422
    actions.rename_home(session(), viewer(), home, form.name)
    return redirect(url_for("families.edit", family_id=home.family_id) + "#households")


@bp.post("/members/<uuid:member_id>/removal")
@opens_to(Audience.STAFF)
def remove_member(member_id: uuid.UUID) -> Page:
    """Take somebody out again."""
    member = queries.member(session(), viewer(), member_id)
    family = queries.one(session(), viewer(), member.family_id)
    try:
        actions.remove_member(session(), viewer(), member)
    except ReasonError as reason:
        return _edit(family, refused(reason)), 422
    flash(_("%(name)s is no longer listed.", name=member.call_name))
    return redirect(url_for("families.edit", family_id=family.id) + "#members")


@bp.post("/members/<uuid:member_id>/account")
@opens_to(Audience.STAFF)
def give_account(member_id: uuid.UUID) -> Page:
    """A one-use code for a parent, shown on this page and nowhere else."""
    member = queries.member(session(), viewer(), member_id)
    family = queries.one(session(), viewer(), member.family_id)
    form, errors = read(forms.NewAccount)
    if form is None and member.person_id is None:
        return _edit(family, errors, code_for=member.id), 422
    try:
        code = actions.give_account(session(), viewer(), member, form.email if form else "")
    except ReasonError as reason:
        return _edit(family, refused(reason), code_for=member.id), 422
    return _edit(family, {}, "-".join(code[at : at + 4] for at in range(0, 12, 4)), member.id)


@bp.post("/families/<uuid:family_id>/team")
@opens_to(Audience.STAFF)
def join_team(family_id: uuid.UUID) -> Page:
    """A colleague joins the care team."""
    family = queries.one(session(), viewer(), family_id)
    form, errors = read(forms.NewColleague)
    if form is None:
        return _edit(family, errors), 422
    actions.join_team(session(), viewer(), family, people.one(session(), viewer(), form.person_id))
    return redirect(url_for("families.edit", family_id=family.id) + "#team")


@bp.post("/families/<uuid:family_id>/team/<uuid:person_id>/leaving")
@opens_to(Audience.STAFF)
def leave_team(family_id: uuid.UUID, person_id: uuid.UUID) -> Page:
    """A colleague leaves the care team."""
    family = queries.one(session(), viewer(), family_id)
    try:
        actions.leave_team(session(), viewer(), family, people.one(session(), viewer(), person_id))
    except ReasonError as reason:
        return _edit(family, {"": say(reason.code)}), 422
    return redirect(url_for("families.edit", family_id=family.id) + "#team")


@bp.post("/members/<uuid:member_id>/account/closure")
@opens_to(Audience.STAFF)
def close_account(member_id: uuid.UUID) -> Page:
    """A parent's way in is shut."""
    member = queries.member(session(), viewer(), member_id)
    try:
        actions.close_account(session(), viewer(), member)
    except ReasonError as reason:
        return _edit(queries.one(session(), viewer(), member.family_id), refused(reason)), 422
    flash(_("%(name)s can no longer sign in. A new code opens it again.", name=member.call_name))
    return redirect(url_for("families.edit", family_id=member.family_id) + f"#p-{member.id}")


@bp.post("/families/<uuid:family_id>/closure")
@opens_to(Audience.STAFF)
def close(family_id: uuid.UUID) -> Page:
    """Put the family away."""
    actions.close(session(), viewer(), queries.one(session(), viewer(), family_id))
    return redirect(url_for("desk.family", family_id=family_id))


@bp.post("/families/<uuid:family_id>/closure/end")
@opens_to(Audience.STAFF)
def reopen(family_id: uuid.UUID) -> Page:
    """Take the family up again."""
    actions.reopen(session(), viewer(), queries.one(session(), viewer(), family_id))
    return redirect(url_for("desk.family", family_id=family_id))
