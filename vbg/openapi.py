"""OpenAPI 3.1 of `/api/v1`, made from the routes and the pydantic forms."""

import re
from typing import Any

from flask import Blueprint, current_app
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from vbg.films.forms import Changes, WipingIn
from vbg.goals.forms import GoalIn
from vbg.hypotheses.forms import EvidenceIn, HypothesisEdit, HypothesisIn, TurnIn
from vbg.moments.forms import MomentIn, MomentPatch, NoteIn, SituationIn
from vbg.palettes.forms import PalettePatch, ShiftIn
from vbg.places.forms import PlaceIn
from vbg.plans.forms import DoneIn, StepIn, StrategyIn
from vbg.reviews.forms import FoundIn, ProudIn
from vbg.tagsets.forms import Choice, SetIn
from vbg.web.access import audiences_of, opens_to

api = Blueprint("openapi", __name__, url_prefix="/api/v1")
BODIES: dict[tuple[str, str], type[BaseModel]] = {
    ("PATCH", "/films/{film_id}"): Changes,
    ("PUT", "/films/{film_id}/wiping"): WipingIn,
    ("PUT", "/films/{film_id}/place"): PlaceIn,
    ("POST", "/families/{family_id}/goals"): GoalIn,
    ("POST", "/families/{family_id}/hypotheses"): HypothesisIn,
    ("PUT", "/hypotheses/{hypothesis_id}"): HypothesisEdit,
    ("POST", "/hypotheses/{hypothesis_id}/statuses"): TurnIn,
    ("PUT", "/hypotheses/{hypothesis_id}/moments/{moment_id}"): EvidenceIn,
    ("POST", "/goals/{goal_id}/strategies"): StrategyIn,
    ("POST", "/strategies/{strategy_id}/steps"): StepIn,
    ("PUT", "/steps/{step_id}/done"): DoneIn,
    ("POST", "/tag-sets"): SetIn,
    ("PUT", "/families/{family_id}/tag-sets"): Choice,
    ("POST", "/films/{film_id}/moments"): MomentIn,
    ("PATCH", "/moments/{moment_id}"): MomentPatch,
    ("PUT", "/moments/{moment_id}/note"): NoteIn,
    ("PATCH", "/films/{film_id}/situations"): SituationIn,
    ("PATCH", "/palette"): PalettePatch,
    ("PUT", "/palette/shifts"): ShiftIn,
    ("POST", "/reviews/{review_id}/proud"): ProudIn,
    ("POST", "/reviews/{review_id}/moments"): FoundIn,
}
QUERIES = {
    "/families/{family_id}/films": ("cursor",),
    "/films/{film_id}/moments": ("from_ms", "to_ms", "cursor", "limit", "shape"),
    "/films/{film_id}/frames": ("shape",),
    "/films/{film_id}/waveform": ("shape",),
    "/films/{film_id}/acts": ("after_seq",),
    "/films/{film_id}/history": ("cursor", "limit"),
    "/films/{film_id}/trash": ("cursor", "limit"),
    "/films/{film_id}/still": ("at_ms",),
}
SHAPES = {
    "/films/{film_id}/moments": {
        "line": "a page of moments without what a timeline derives from the rest",
        "outline": "all moments at once, as columns in steps of `step_ms`: "
        "`starts` since the one before, `lengths` (-1: a point), `kinds` (places in `kind`: [places in `goals`, "
        "1 if chosen]), `marks` (how many), of each mark `labels` (places in `tags`) and `ats` since its moment began",
    },
    "/films/{film_id}/frames": {"steps": "`steps_us`, from each time to the next"},
    "/films/{film_id}/waveform": {"coarse": "a quarter as many peaks"},
}
HEADERS = {
    ("PATCH", "/moments/{moment_id}"): ("If-Match",),
    ("DELETE", "/moments/{moment_id}"): ("If-Match",),
    ("POST", "/uploads"): ("Tus-Resumable", "Upload-Length", "Upload-Metadata"),
    ("HEAD", "/uploads/{upload_id}"): ("Tus-Resumable",),
    ("PATCH", "/uploads/{upload_id}"): ("Tus-Resumable", "Upload-Offset"),
    ("DELETE", "/uploads/{upload_id}"): ("Tus-Resumable",),
}
PROBLEM = {
    "type": "object", "required": ["type", "title", "status", "code", "instance"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "code": {"type": "string"}, "instance": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}  # fmt: skip
WAYS_IN = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "made by `vbg token`"},
    "session": {"type": "apiKey", "in": "cookie", "name": "vbg_session"},
}


@api.get("/openapi.json")
@opens_to()
def document() -> dict[str, Any]:
    """The description of the interface."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
            for method in _methods(rule):
                paths.setdefault(path, {})[method.lower()] = _operation(rule.endpoint, method, path)
    _, forms = models_json_schema([(form, "validation") for form in BODIES.values()], ref_template=_ref("{model}"))
    return {
        "openapi": "3.1.0", "info": {"title": "vbg", "version": "1"}, "servers": [{"url": "/api/v1"}],
        "security": [{way: []} for way in WAYS_IN], "paths": paths,
        "components": {"securitySchemes": WAYS_IN, "schemas": forms["$defs"] | {"Problem": PROBLEM}},
    }  # fmt: skip


def _methods(rule: Rule) -> list[str]:
    """What the route itself answers; HEAD beside GET and OPTIONS beside anything come from the framework."""
    methods = rule.methods or set()
    if methods == {"OPTIONS"}:
        return ["OPTIONS"]
    return sorted(methods - {"OPTIONS"} - ({"HEAD"} if "GET" in methods else set()))


def _operation(endpoint: str, method: str, path: str) -> dict[str, Any]:
    words = (current_app.view_functions[endpoint].__doc__ or "").strip().splitlines()
    problem = {"schema": {"$ref": _ref("Problem")}}
    found: dict[str, Any] = {
        "operationId": f"{endpoint}.{method.lower()}", "summary": words[0] if words else endpoint,
        "parameters": _parameters(method, path),
        "responses": {
            "2XX": {"description": "Done"},
            "4XX": {"description": "Problem details", "content": {"application/problem+json": problem}},
        },
    }  # fmt: skip
    if not audiences_of(current_app, endpoint):
        found["security"] = []
    if form := BODIES.get((method, path)):
        schema = {"schema": {"$ref": _ref(form.__name__)}}
        found["requestBody"] = {"required": True, "content": {"application/json": schema}}
    return found


def _parameters(method: str, path: str) -> list[dict[str, Any]]:
    named = [("path", name) for name in re.findall(r"{([^}]+)}", path)]
    asked = [("query", name) for name in QUERIES.get(path, ()) if method == "GET"]
    told = [("header", name) for name in HEADERS.get((method, path), ())]
    return [
        {"name": name, "in": place, "required": place != "query", "schema": {"type": "string"}}
        | (_shapes(path) if (place, name) == ("query", "shape") else {})
        for place, name in named + asked + told
    ]


def _shapes(path: str) -> dict[str, Any]:
    """Smaller answers that may be asked for; without one the whole answer comes."""
    told = SHAPES[path]
    words = "; ".join(f"`{name}`: {what}" for name, what in told.items())
    return {"description": words, "schema": {"type": "string", "enum": list(told)}}


def _ref(model: str) -> str:
    return f"#/components/schemas/{model}"
