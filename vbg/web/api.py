"""JSON at the edge: problem details (RFC 9457), bodies read through pydantic, lists."""

import json
from typing import Any, TypeVar

from flask import Response, g, request
from pydantic import BaseModel, ValidationError

from vbg.web.words import say, say_field

Form = TypeVar("Form", bound=BaseModel)


class Problem(Exception):
    """Ends a request with problem details; `errors` are reason codes by field."""

    def __init__(self, status: int, code: str, errors: dict[str, str] | None = None, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.errors, self.values = status, code, errors or {}, values


def is_api() -> bool:
    """Whether this request speaks the JSON interface."""
    return request.path.startswith("/api/")


def problem(
    status: int,
    code: str,
    errors: dict[str, str] | None = None,
    extra: dict[str, Any] | None = None,
    **values: object,
) -> Response:
    """An `application/problem+json` answer; `extra` adds members such as `current`."""
    facts: dict[str, Any] = {
        "type": "about:blank", "title": say(code, **values), "status": status, "code": code,
        "instance": f"urn:vbg:request:{g.get('request_id', '')}",
    }  # fmt: skip
    if errors:
        facts["errors"] = errors
    return Response(json.dumps(facts | (extra or {}), default=str), status, content_type="application/problem+json")


def body(form: type[Form]) -> Form:
    """The request's JSON as a validated `form`; Problem 400/415/422 with a sentence for each field."""
    if not request.is_json:
        raise Problem(415, "not_json")
    try:
        data = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise Problem(400, "broken_json") from None
    if not isinstance(data, dict):
        raise Problem(422, "not_an_object")
    try:
        return form.model_validate(data)
    except ValidationError as error:
        raise Problem(422, "check_fields", errors=errors_of(error)) from None


def errors_of(error: ValidationError) -> dict[str, str]:
    """Pydantic's findings as one sentence a field, in the request's language."""
    return {".".join(str(part) for part in found["loc"]) or "body": say_field(found) for found in error.errors()}


def page(items: list[Any], next_cursor: str | None = None) -> dict[str, Any]:
    """The shape of every list."""
    return {"items": items, "next": next_cursor}
