"""Closed by default: a route says which audiences it opens to, or it is not there."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from vbg.viewer import Audience
from vbg.web.api import is_api, problem
from vbg.web.request import SAFE

AUDIENCES_ATTR = "_vbg_audiences"
View = TypeVar("View", bound=Callable[..., object])


def opens_to(*audiences: Audience) -> Callable[[View], View]:
    """Open a view to these audiences; with none named, to everybody, signed in or not."""

    def mark(view: View) -> View:
        setattr(view, AUDIENCES_ATTR, frozenset(audiences))
        return view

    return mark


def audiences_of(app: Flask, endpoint: str) -> frozenset[Audience] | None:
    """The declared audiences of an endpoint; None when it declared nothing."""
    if endpoint == "static":
        return frozenset()
    return getattr(app.view_functions[endpoint], AUDIENCES_ATTR, None)


def _bounds() -> Response | None:
    """A token that may only read changes nothing."""
    if g.get("bearer") == "read" and request.method not in SAFE:
        return _challenge(403, "token_reads_only", ' error="insufficient_scope"')
    return None


def _challenge(status: int, code: str, why: str = "") -> Response:
    """A refusal that names the way in for a program (RFC 6750)."""
    answer = problem(status, code)
    answer.headers["WWW-Authenticate"] = f"Bearer{why}"
    return answer


def guard() -> Response | None:
    """Before each request: 404 for what is closed to this viewer, sign-in for who is not known."""
    if request.endpoint is None:
        return None
    audiences = audiences_of(current_app, request.endpoint)
    if audiences is None:
        abort(404)
    if not audiences:
        return None
    if g.viewer:
        return _bounds() if g.viewer.audience in audiences else abort(404)
    if is_api():
        return _challenge(401, "token_refused" if g.get("bearer") else "sign_in_first")
    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
