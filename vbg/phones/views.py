"""Let one's own phone send films: the code on the counselor's screen, the phone's own page."""

import uuid
from typing import NamedTuple

import segno
from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import intake
from vbg.films.models import Film, Upload
from vbg.people import actions as people
from vbg.people.cookies import begin, end
from vbg.phones import actions, forms, queries, rules
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import house, session, viewer

bp = Blueprint("phones", __name__)
Page = str | Response | tuple[str, int]


class Arriving(NamedTuple):
    """A film on its way in, or come in; `progress` 0-1 of what has to be sent, None while it is being filmed."""

    progress: float | None
    film: Film | None


@bp.app_template_global("address_for_phones")
def address_for_phones() -> str:
    """Where a phone reaches this program over HTTPS, '' when it cannot: as this page, or by the door of --lan."""
    if request.is_secure:
        return request.host_url.rstrip("/")
    door = current_app.extensions.get("vbg_lan")
    return str(door.url()) if door else ""


@bp.get("/families/<uuid:family_id>/phone")
@opens_to(Audience.STAFF)
def show(family_id: uuid.UUID) -> Page:
    """The code to scan, whether a phone is connected, what came in from it."""
    family = families.one(session(), viewer(), family_id)
    address, code = address_for_phones(), _code_of(family)
    way_in = f"{address}{url_for('phones.enter')}"
    drawn = segno.make(f"{way_in}?c={code}", error="m", micro=False).svg_data_uri(scale=8, border=4, light="#fff")
    return render_template(
        "phones/show.html", family=family, address=address, code=rules.spelled(code) if code and address else "",
        way_in=way_in, drawn=drawn, is_homemade=not _is_own(address), **_standing(family),
    )  # fmt: skip


def _code_of(family: Family) -> str:
    """The code that this browser made for the family and no phone used yet, else ''."""
    whose, _, code = cookie.get("phone", "").partition(" ")
    return code if whose == str(family.id) and queries.waits(session(), viewer(), family, code) else ""


def _is_own(address: str) -> bool:
    """Whether the address is the practice's own, with a certificate that phones know."""
    door = current_app.extensions.get("vbg_lan")
    return not door or address != door.url()


def _standing(family: Family) -> dict[str, object]:
    sent = queries.arrivals(session(), viewer(), family)
    return {
        "phones": len(queries.connected(session(), viewer(), family)),
        "arriving": [one for upload, film in sent if (one := _arriving(upload, film))],
    }


def _arriving(upload: Upload, film: Film | None) -> Arriving | None:
    if film:
        return Arriving(1, film)
    try:
        at = intake.arrival(house(), viewer(), upload.id)
    except ReasonError:
        return None  # dropped just now
    return Arriving(at.offset / upload.length if upload.length else None, None)


@bp.post("/families/<uuid:family_id>/phone")
@opens_to(Audience.STAFF)
def create(family_id: uuid.UUID) -> Page:
    """A new code."""
    family = families.one(session(), viewer(), family_id)
    cookie["phone"] = f"{family.id} {actions.make_code(session(), viewer(), family)}"
    return redirect(url_for("phones.show", family_id=family.id))


@bp.get("/families/<uuid:family_id>/phone/films")
@opens_to(Audience.STAFF)
def films(family_id: uuid.UUID) -> Page:
    """The part of the page that is looked at again and again."""
    family = families.one(session(), viewer(), family_id)
    return render_template("phones/_arriving.html", family=family, **_standing(family))


@bp.post("/families/<uuid:family_id>/phone/closure")
@opens_to(Audience.STAFF)
def close(family_id: uuid.UUID) -> Page:
    """Let go of the phone."""
    family = families.one(session(), viewer(), family_id)
    actions.close(session(), viewer(), family)
    cookie.pop("phone", None)
    return redirect(url_for("phones.show", family_id=family.id))


@bp.get("/phone")
@opens_to()
def enter() -> Page:
    """What the drawn code opens, on the phone. Opening it uses nothing; a press does."""
    if g.viewer and g.viewer.audience is Audience.PHONE and not request.args.get("c"):
        return redirect(url_for("phones.send"))
    return render_template("phones/enter.html", code=request.args.get("c", "")[:40], errors={})


@bp.post("/phone")
@opens_to()
def redeem() -> Page:
    """Let the phone in; wrong codes are counted in a unit of their own."""
    form, errors = read(forms.Enter)
    if form:
        try:
            token = _redeemed(form.code)
        except ReasonError as reason:
            errors = refused(reason)
        else:
            return begin(redirect(url_for("phones.send")), token, request.is_secure)
    return render_template("phones/enter.html", code=request.form.get("code", "")[:40], errors=errors), 422


def _redeemed(code: str) -> str:
    refusal: ReasonError
    with house().database.unit() as unit:
        try:
            token = actions.redeem(unit, code, request.remote_addr or "")
            if g.viewer:
                people.end_session(unit, viewer())
        except ReasonError as reason:
            refusal = reason
        else:
            return token
    raise refusal


@bp.get("/phone/films")
@opens_to()
def send() -> Page:
    """The one thing this phone may do. Who is not (any longer) let in, sees where a code goes."""
    if not g.viewer or g.viewer.audience is not Audience.PHONE:
        return redirect(url_for("phones.enter"))
    return render_template("phones/send.html", family=queries.family_of(session(), viewer()))


@bp.post("/phone/closure")
@opens_to(Audience.PHONE)
def leave() -> Page:
    """Done on this phone."""
    actions.leave(session(), viewer())
    cookie.clear()
    return end(redirect(url_for("phones.done")))


@bp.get("/phone/done")
@opens_to()
def done() -> Page:
    """What is left to do on the phone: wipe the film."""
    return render_template("phones/done.html")
