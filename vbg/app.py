"""The web app: the table of blueprints, and who is who at its edge."""

import hashlib
import logging
import time
from importlib import import_module
from pathlib import Path

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel, get_locale

from vbg import ids, log, queue
from vbg.config import CLONE, Settings, secret_for
from vbg.families import queries as families
from vbg.house import House, enter
from vbg.people.cookies import LANGUAGES, identify
from vbg.viewer import Audience
from vbg.web import access, csrf, errors, filters, headers, scripts, squeeze, stylesheet, unit
from vbg.web.request import house as current_house
from vbg.web.request import session as unit_session

BLUEPRINTS = (
    "people.views:bp", "families.views:bp", "families.told:bp", "families.api:api",
    "films.views:bp", "films.api:api", "films.tus:tus",
    "visits.views:bp", "phones.views:bp", "goals.views:bp", "goals.api:api",
    "tagsets.views:bp", "tagsets.api:api", "moments.api:api", "places.api:api", "reviews.views:bp", "reviews.api:api",
    "sharing.views:bp", "sharing.api:api", "desk.views:bp", "desk.consents:bp", "desk.families:bp",
    "desk.goals:bp", "desk.work:bp", "desk.trail_page:bp", "desk.visits:bp", "desk.after:bp", "desk.voice:bp",
    "notes.views:bp", "concerns.views:bp", "cards.views:bp", "supervision.views:bp",
    "finding.views:bp", "portal.views:bp",
    "palettes.api:api", "desk.keys:bp", "desk.cards:bp", "desk.plan:bp", "desk.askings:bp",
    "hypotheses.views:bp", "hypotheses.api:api", "plans.views:bp", "plans.api:api",
    "health:bp", "openapi:api",
)  # fmt: skip


class _PageCookie(SecureCookieSessionInterface):
    """The page's signed cookie stays on HTTPS when it was given there."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def _folder(name: str) -> Path:
    """A top-level folder in a clone, or its copy inside the wheel."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else CLONE / name


def _release(static: Path) -> str:
    """8 hex digits over everything static: a new version never meets old scripts."""
    whole = hashlib.sha256()
    for file in sorted(static.rglob("*")):
        if file.is_file():
            whole.update(str(file.relative_to(static)).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:8]


def create_app(settings: Settings, house: House | None = None) -> Flask:
    """The app over the practice in `settings.data`. Raises HouseError when there is none."""
    static = _folder("static")
    app = Flask(
        "vbg", root_path=str(Path(__file__).parent), template_folder=str(_folder("templates")),
        static_folder=str(static), static_url_path=f"/static/{_release(static)}",
    )  # fmt: skip
    app.extensions["vbg"] = house or enter(settings)
    app.config.update(
        SECRET_KEY=secret_for(settings), SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_NAME="vbg_page",
        MAX_FORM_MEMORY_SIZE=1_000_000, BABEL_DEFAULT_LOCALE="nl", BABEL_TRANSLATION_DIRECTORIES="translations",
    )  # fmt: skip
    app.session_interface = _PageCookie()
    _edge(app)
    for place in BLUEPRINTS:
        module, _, name = place.partition(":")
        app.register_blueprint(getattr(import_module(f"vbg.{module}"), name))
    return app


def _edge(app: Flask) -> None:
    Babel(app, locale_selector=_language)
    unit.install(app)
    headers.install(app)
    squeeze.install(app)
    stylesheet.install(app)
    scripts.install(app)

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = ids.new().hex, time.perf_counter()
        g.viewer = None if request.endpoint == "static" else identify(app.extensions["vbg"], request)

    app.before_request(access.guard)
    csrf.install(app)
    errors.install(app)
    filters.install(app)
    app.context_processor(_everywhere)
    app.after_request(_say)


def _language() -> str:
    viewer, chosen = g.get("viewer"), session.get("language")
    if viewer and viewer.audience is Audience.PARENT:  # also as the counselor set it together with them
        return str(viewer.language)
    if chosen in LANGUAGES:
        return str(chosen)
    if viewer:
        return str(viewer.language)
    return str(request.accept_languages.best_match(LANGUAGES) or "nl") if request.path.startswith("/api/") else "nl"


def _everywhere() -> dict[str, object]:
    """What each layout needs: the viewer, the family list of staff, whether work waits for them, theme, language."""
    viewer = g.get("viewer")
    is_staff = viewer is not None and viewer.audience is Audience.STAFF
    near = families.near(unit_session(), viewer)[0] if viewer and is_staff else []
    return {
        "viewer": viewer, "my_families": near,
        "language": str(get_locale()), "html_lang": str(get_locale()), "demo": app_settings().demo,
        "work_waits": is_staff and queue.is_parked(unit_session()),
    }  # fmt: skip


def app_settings() -> Settings:
    """The settings of the house that serves this request."""
    return current_house().settings


def _say(response: Response) -> Response:
    """One log line a request: route, not address; ids, never words."""
    if request.endpoint != "static":
        level = logging.WARNING if response.status_code >= 500 else logging.INFO
        log.line(
            "request", level, request=g.get("request_id"), method=request.method, route=str(request.url_rule or "-"),
            status=response.status_code, ms=round((time.perf_counter() - g.get("began", 0)) * 1000, 1),
            person=g.viewer.person_id if g.get("viewer") else None,
        )  # fmt: skip
        response.headers["Vbg-Request"] = g.get("request_id", "")
    return response
