"""Alive and ready: for whoever keeps the program running."""

from flask import Blueprint, Response
from sqlalchemy import text

from vbg.web.access import opens_to
from vbg.web.request import house

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@opens_to()
def alive() -> Response:
    """The process answers."""
    return Response("alive\n", content_type="text/plain")


@bp.get("/readyz")
@opens_to()
def ready() -> Response:
    """Database, store and queue can be used."""
    faults = list(house().store.check())
    with house().database.unit(write=False) as unit:
        unit.execute(text("select 1"))
    said = "ready\n" if not faults else "not ready: " + ", ".join(faults) + "\n"
    return Response(said, 503 if faults else 200, content_type="text/plain")
