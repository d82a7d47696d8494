"""A family's appointments: all of them, a new one, one of them; its verbs and their ways back."""

import uuid
from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import format_date, format_time
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from vbg import clock
from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.viewer import Audience, Viewer
from vbg.visits import actions, forms, queries, rules
from vbg.visits.models import Visit
from vbg.web.access import opens_to
from vbg.web.forms import read
from vbg.web.request import session, viewer

bp = Blueprint("visits", __name__)
Page = str | Response | tuple[str, int]


@bp.app_template_filter("when")
def when(visit: Visit) -> str:
    """`Today, 14:00`, `Friday 28 November`: the year only when it is another one."""
    today = clock.today()
    pattern = "EEEE d MMMM" if visit.on.year == today.year else "EEEE d MMMM y"
    day = str(_("Today") if visit.on == today else format_date(visit.on, pattern))
    day = day[:1].upper() + day[1:]
    return f"{day}, {format_time(visit.at, 'H:mm')}" if visit.at else day


@bp.app_template_filter("stand")
def stand(visit: Visit) -> str:
    """How it stands today: ahead, today, behind, done or off."""
    return rules.stand(visit, clock.today()).value


@bp.app_template_global("filmed_how")
def filmed_how(visit: Visit, members: list[Member]) -> list[tuple[str, str]]:
    """Each call name of whom something was said, and how they are filmed."""
    words = {role: word for role, word in _roles() if role}
    return [(one.call_name, words[role]) for one in members if (role := visit.roles.get(str(one.id), "")) in words]


def _roles() -> list[tuple[str, str]]:
    """Each way to be filmed and its words; the first says nothing."""
    return [
        ("", _("Not said")), (rules.Role.SEEN, _("in the picture")), (rules.Role.HANDS, _("only hands and voice")),
        (rules.Role.UNSEEN, _("not in the picture")), (rules.Role.FILMS, _("holds the camera")),
    ]  # fmt: skip


@bp.get("/families/<uuid:family_id>/visits")
@opens_to(Audience.STAFF)
def index(family_id: uuid.UUID) -> Page:
    """All of a family's appointments: what comes first, what was after it."""
    family = families.one(session(), viewer(), family_id)
    found = queries.of_family(session(), viewer(), family.id)
    ahead = queries.next_of(found)
    before = [one for one in reversed(found) if one not in ahead]
    return render_template(
        "visits/index.html", family=family, ahead=ahead, before=before, members=families.members(session(), family)
    )


@bp.get("/families/<uuid:family_id>/visits/new")
@opens_to(Audience.STAFF)
def new(family_id: uuid.UUID) -> Page:
    """Plan one."""
    family = families.one(session(), viewer(), family_id)
    asked = {"kind": request.args.get("kind", ""), "on": clock.today().isoformat()}
    return _form(family, None, asked, {})


@bp.post("/families/<uuid:family_id>/visits")
@opens_to(Audience.STAFF)
def create(family_id: uuid.UUID) -> Page:
    """Keep a new one."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(forms.VisitIn)
    if form is None:
        return _form(family, None, request.form, errors), 422
    visit = actions.plan(session(), viewer(), family, form)
    flash(_("Planned."))
    return redirect(url_for("visits.show", visit_id=visit.id))


@bp.get("/visits/<uuid:visit_id>")
@opens_to(Audience.STAFF)
def show(visit_id: uuid.UUID) -> Page:
    """One of them: when, where, what, who is filmed how; all of it can be changed."""
    visit = queries.one(session(), viewer(), visit_id)
    return _form(visit.family, visit, {}, {})


@bp.post("/visits/<uuid:visit_id>")
@opens_to(Audience.STAFF)
def update(visit_id: uuid.UUID) -> Page:
    """Change it."""
    visit = queries.one(session(), viewer(), visit_id)
    form, errors = read(forms.VisitIn)
    if form is None:
        return _form(visit.family, visit, request.form, errors), 422
    actions.change(session(), viewer(), visit, form)
    return redirect(url_for("visits.show", visit_id=visit.id))


@bp.post("/visits/<uuid:visit_id>/note")
@opens_to(Audience.STAFF)
def write_note(visit_id: uuid.UUID) -> Page:
    """The counselor's own words of after it."""
    visit = queries.one(session(), viewer(), visit_id)
    form, errors = read(forms.NoteIn)
    if form is None:
        return _form(visit.family, visit, {}, errors), 422
    actions.write_note(session(), viewer(), visit, form.note)
    return redirect(url_for("visits.show", visit_id=visit.id))


Verb = Callable[[Session, Viewer, Visit], None]


def _turn(visit_id: uuid.UUID, verb: Verb, said: str) -> Response:
    """Do one of the four turns, and go back to where it was pressed."""
    visit = queries.one(session(), viewer(), visit_id)
    verb(session(), viewer(), visit)
    flash(said)
    return redirect(url_for("visits.show", visit_id=visit.id))


@bp.post("/visits/<uuid:visit_id>/closure")
@opens_to(Audience.STAFF)
def finish(visit_id: uuid.UUID) -> Page:
    """It took place."""
    return _turn(visit_id, actions.finish, _("Noted: it took place."))


@bp.post("/visits/<uuid:visit_id>/closure/end")
@opens_to(Audience.STAFF)
def unfinish(visit_id: uuid.UUID) -> Page:
    """It did not take place yet."""
    return _turn(visit_id, actions.unfinish, _("It stands open again."))


@bp.post("/visits/<uuid:visit_id>/calling-off")
@opens_to(Audience.STAFF)
def call_off(visit_id: uuid.UUID) -> Page:
    """It does not take place."""
    return _turn(visit_id, actions.call_off, _("Called off. Nothing of it is lost."))


@bp.post("/visits/<uuid:visit_id>/calling-off/end")
@opens_to(Audience.STAFF)
def take_up(visit_id: uuid.UUID) -> Page:
    """It takes place after all."""
    return _turn(visit_id, actions.take_up, _("It is on again."))


def _form(family: Family, visit: Visit | None, sent: Mapping[str, str], errors: dict[str, str]) -> str:
    """The form, filled with what was sent, else with what is kept."""
    stands = {name: getattr(visit, name) for name in ("kind", "on", "at", "place", "what")} if visit else {}
    if stands:
        stands |= {"on": stands["on"].isoformat(), "at": stands["at"].strftime("%H:%M") if stands["at"] else ""}
    members = families.members(session(), family)
    said = rules.read_roles(request.form.getlist("roles")) if sent and "roles" not in errors else {}
    return render_template(
        "visits/edit.html", family=family, visit=visit, form={**stands, **sent}, errors=errors, members=members,
        roles=_roles(), chosen=said if said or not visit else visit.roles,
    )  # fmt: skip
