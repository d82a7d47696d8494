"""The browser's side of a session: one cookie with a random token."""

from datetime import timedelta

from flask import Request, g, session
from werkzeug.wrappers import Response

from vbg import clock
from vbg.house import House
from vbg.people import actions, queries
from vbg.viewer import Audience, Viewer
from vbg.web.api import is_api

NAME = "vbg_session"
SECURE_NAME = "__Host-vbg_session"
LANGUAGES = ("nl", "en")
THEMES = ("light", "dark", "auto")
TOUCH_AFTER = timedelta(minutes=1)


def begin(response: Response, token: str, secure: bool) -> Response:
    """Give the browser its token, and let go of all that an earlier visitor left in the signed cookie."""
    kept = {key: session[key] for key in ("language",) if key in session}
    session.clear()
    session.update(kept)
    name = SECURE_NAME if secure else NAME
    response.set_cookie(name, token, max_age=90 * 86400, httponly=True, secure=secure, samesite="Lax", path="/")
    return response


def end(response: Response) -> Response:
    """Take the token back."""
    response.delete_cookie(NAME, path="/", httponly=True, samesite="Lax")
    response.delete_cookie(SECURE_NAME, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def identify(house: House, request: Request) -> Viewer | None:
    """Who sends this request: a program by bearer token (JSON only), a browser by cookie; None when nobody is known."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if is_api() and scheme.lower() == "bearer" and bearer:
        return _by_token(house, bearer.strip())
    cookie = request.cookies.get(SECURE_NAME if request.is_secure else NAME)
    return _by_cookie(house, cookie) if cookie else None


def _by_token(house: House, bearer: str) -> Viewer | None:
    with house.database.unit(write=False) as unit:
        token = queries.token_of(unit, bearer)
        g.bearer = token.scope if token else "refused"
        return queries.viewer_of(token.person) if token else None


def _by_cookie(house: House, cookie: str) -> Viewer | None:
    with house.database.unit(write=False) as unit:
        live = queries.session_of(unit, cookie, house.settings)
        if live is None:
            return None
        viewer = queries.viewer_of(live.person, live)
        stale = live.seen_at < clock.now() - TOUCH_AFTER and viewer.audience is not Audience.ROOM
    if stale and viewer.session_id:
        with house.database.unit() as unit:
            actions.touch(unit, viewer.session_id)
    return viewer
