"""Every failure ends as a calm page or as problem details, with the request's id."""

import logging
import traceback

from flask import Flask, Response, g, render_template
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException

from vbg import log
from vbg.reasons import NotFoundError, ReasonError, StaleError
from vbg.viewer import Audience
from vbg.web.api import Problem, is_api, problem
from vbg.web.sentences import REASONS
from vbg.web.words import say

CODES = {
    400: "bad_request", 401: "sign_in_first", 403: "not_allowed_here", 404: "not_found", 405: "method_not_allowed",
    409: "stale", 412: "wrong_precondition", 413: "too_large", 415: "wrong_type", 416: "no_such_range",
    422: "check_fields", 429: "too_many", 500: "our_fault", 507: "disk_full",
}  # fmt: skip


def install(app: Flask) -> None:
    """Answer each kind of failure."""

    @app.errorhandler(Problem)
    def on_problem(error: Problem) -> Response:
        return answer(error.status, error.code, error.errors, **error.values)

    @app.errorhandler(NotFoundError)
    def on_missing(error: NotFoundError) -> Response:
        return answer(404, "not_found")

    @app.errorhandler(StaleError)
    def on_stale(error: StaleError) -> Response:
        return answer(409, "stale", current=error.current)

    @app.errorhandler(ReasonError)
    def on_reason(error: ReasonError) -> Response:
        return answer(422, error.code, {error.field: error.code} if error.field else {}, **error.values)

    @app.errorhandler(HTTPException)
    def on_http(error: HTTPException) -> Response:
        response = answer(error.code or 500, CODES.get(error.code or 500, "bad_request"))
        if error.code == 405:
            response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or []))
        return response

    @app.errorhandler(Exception)
    def on_bug(error: Exception) -> Response:
        # The message of an exception may carry words of a family; its place in our code may not.
        frames = reversed(traceback.extract_tb(error.__traceback__)[-6:])
        place = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)
        log.line("bug", logging.ERROR, request=g.get("request_id"), kind=type(error).__name__, at=place)
        return answer(500, "our_fault")


def answer(
    status: int, code: str, errors: dict[str, str] | None = None, current: object = None, **values: object
) -> Response:
    """The page or the problem for a failure."""
    if is_api():
        worded = {field: say(text, **values) if text in REASONS else text for field, text in (errors or {}).items()}
        return problem(status, code, worded, {} if current is None else {"current": current}, **values)
    try:
        text = render_template(f"errors/{_page(status)}.html", request_id=g.get("request_id", ""))
    except TemplateNotFound:
        text = render_template("errors/problem.html", request_id=g.get("request_id", ""), code=code, status=status)
    return Response(text, status, content_type="text/html; charset=utf-8")


def _page(status: int) -> str:
    """In the room whatever is closed looks like the calm page: back, Esc and a wrong address all end there."""
    viewer = g.get("viewer")
    return "404_room" if status == 404 and viewer and viewer.audience is Audience.ROOM else str(status)
