"""Sign in, sign out, use a one-use code, choose language and theme."""

from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from vbg.people import actions, forms, queries, rules
from vbg.people.cookies import LANGUAGES, THEMES, begin, end
from vbg.people.models import Person
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import house, session, viewer
from vbg.web.words import say

bp = Blueprint("people", __name__)


def home_of(person: Person) -> str:
    """Where this person lands."""
    return url_for("desk.today") if person.is_staff else url_for("portal.home")


@bp.get("/sign-in")
@opens_to()
def sign_in() -> str | Response:
    """The sign-in page."""
    if g.viewer and g.viewer.audience is Audience.STAFF:
        return redirect(url_for("desk.today"))
    return render_template("people/sign_in.html", errors={}, email="", next=_inside(request.args.get("next", "")))


@bp.post("/sign-in")
@opens_to()
def enter() -> str | Response | tuple[str, int]:
    """Check the password; failures are counted in a unit of their own."""
    form, errors = read(forms.SignIn)
    person = None
    if form:
        try:
            person = _checked(form)
        except ReasonError as reason:
            errors = {"": say(reason.code)}
    if person is None:
        email = request.form.get("email", "")[:254]
        page = render_template(
            "people/sign_in.html", errors=errors, email=email, next=_inside(request.form.get("next", ""))
        )
        return page, 422
    _remember(person)
    token = actions.begin_session(session(), person)
    return begin(redirect(_inside(request.form.get("next", "")) or home_of(person)), token, request.is_secure)


def _remember(person: Person) -> None:
    """The language that was chosen before signing in is this person's from now on."""
    chosen = cookie.get("language")
    if chosen in LANGUAGES and chosen != person.language:
        session().get_one(Person, person.id).language = str(chosen)


def _checked(form: forms.SignIn) -> Person:
    refusal: ReasonError | None = None
    with house().database.unit() as unit:
        try:
            return actions.check_password(unit, form.email, form.password, request.remote_addr or "")
        except ReasonError as reason:
            refusal = reason
    raise refusal


def _inside(target: str) -> str:
    """A path on this very site, or nothing: never a way out to another host."""
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if inside and target.isprintable() and parts.path not in ("/", "/sign-in") else ""


@bp.post("/sign-out")
@opens_to(Audience.STAFF, Audience.PARENT)
def sign_out() -> Response:
    """End this browser's session."""
    actions.end_session(session(), viewer())
    cookie.clear()
    return end(redirect(url_for("people.sign_in")))


@bp.get("/code")
@opens_to()
def code() -> str:
    """Type a one-use code and a password; opening it uses nothing."""
    return render_template("people/code.html", errors={}, code=request.args.get("c", "")[:40])


@bp.post("/code")
@opens_to()
def redeem() -> Response | tuple[str, int]:
    """Use the code."""
    form, errors = read(forms.Redeem)
    if form:
        try:
            person = actions.redeem(session(), form.code, form.password)
        except ReasonError as reason:
            errors = refused(reason)
        else:
            _remember(person)
            token = actions.begin_session(session(), person)
            return begin(redirect(home_of(person)), token, request.is_secure)
    return render_template(
        "people/code.html", errors=errors, code=rules.tidy_code(request.form.get("code", ""))[:40]
    ), 422


@bp.post("/language")
@opens_to()
def language() -> Response:
    """Read everything in another language from now on."""
    chosen = request.form.get("lang", "")
    if chosen in LANGUAGES:
        cookie["language"] = chosen
        if g.viewer and g.viewer.audience not in (Audience.ROOM, Audience.PHONE):
            actions.choose_language(session(), viewer(), chosen)
    return redirect(_back())


@bp.post("/reading")
@opens_to(Audience.PARENT)
def choose_reading() -> Response | tuple[str, int]:
    """How a parent likes to read."""
    form, errors = read(forms.Reading)
    if form is None:
        return render_template("people/reading.html", now=request.form, errors=errors), 422
    actions.choose_reading(session(), viewer(), queries.one(session(), viewer(), viewer().person_id), form)
    return redirect(url_for("portal.home"))


@bp.get("/reading")
@opens_to(Audience.PARENT)
def reading() -> str:
    """The settings of a reader."""
    me = queries.one(session(), viewer(), viewer().person_id)
    return render_template("people/reading.html", now=me, errors={})


@bp.post("/theme")
@opens_to()
def theme() -> Response:
    """Light, dark, or as the device says."""
    chosen = request.form.get("theme", "")
    answer = redirect(_back())
    if chosen in THEMES:
        answer.set_cookie(
            "vbg_theme", chosen, max_age=365 * 86400, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return answer


def _back() -> str:
    return _inside(urlsplit(request.referrer or "").path) or url_for("people.start")


@bp.get("/")
@opens_to()
def start() -> Response:
    """The front door: each to their own place."""
    if g.viewer is None:
        return redirect(url_for("people.sign_in"))
    if g.viewer.audience is Audience.ROOM:
        return redirect(url_for("reviews.leave", review_id=g.viewer.review_id))
    if g.viewer.audience is Audience.PHONE:
        return redirect(url_for("phones.send"))
    person = queries.one(session(), viewer(), viewer().person_id)
    return redirect(home_of(person))
