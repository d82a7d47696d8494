"""OpenAPI 3.1 of `/api/v1`, made from the routes and the pydantic forms."""

import re
from typing import Any

from flask import Blueprint, current_app
from pydantic import BaseModel

from vbg.moments.forms import MomentIn, MomentPatch
from vbg.web.access import opens_to

api = Blueprint("openapi", __name__, url_prefix="/api/v1")
BODIES: dict[tuple[str, str], type[BaseModel]] = {
    ("POST", "/films/{film_id}/moments"): MomentIn,
    ("PATCH", "/moments/{moment_id}"): MomentPatch,
}
PROBLEM = {
    "description": "Problem details",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}


@api.get("/openapi.json")
@opens_to()
def document() -> dict[str, Any]:
    """The description of the interface."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in current_app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/"):
            continue
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(rule.endpoint, method, path)
    return {
        "openapi": "3.1.0", "info": {"title": "vbg", "version": "1"}, "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}], "paths": paths,
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }  # fmt: skip


def _operation(endpoint: str, method: str, path: str) -> dict[str, Any]:
    words = (current_app.view_functions[endpoint].__doc__ or "").strip().splitlines()
    named = re.findall(r"{([^}]+)}", path)
    found: dict[str, Any] = {
        "operationId": f"{endpoint}.{method.lower()}", "summary": words[0] if words else endpoint,
        "parameters": [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in named],
        "responses": {"2XX": {"description": "Done"}, "4XX": PROBLEM},
    }  # fmt: skip
    form = BODIES.get((method, path))
    if form:
        found["requestBody"] = {"content": {"application/json": {"schema": form.model_json_schema()}}}
    return found
