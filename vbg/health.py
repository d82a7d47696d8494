"""Alive and ready: for whoever keeps the program running."""

from collections.abc import Callable

from flask import Blueprint, Response
from sqlalchemy import text

from vbg import engine
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
    """Database, store and queue can be used. A disk that is almost full still serves: `vbg check` says so in time."""
    store = [fault for fault in house().store.check() if fault != "low_space"]
    faults = [*store, *_unusable("database", _database), *_unusable("queue", _queue)]
    said = "ready\n" if not faults else "not ready: " + ", ".join(faults) + "\n"
    return Response(said, 503 if faults else 200, content_type="text/plain")


def _database() -> None:
    with house().database.unit(write=False) as unit:
        unit.execute(text("select 1"))


def _queue() -> None:
    asked = engine.of(house())  # loaded by who asks: a start needs none of it
    try:
        asked.waiting()
    finally:
        asked.close()


def _unusable(name: str, use: Callable[[], None]) -> list[str]:
    try:
        use()
    except Exception:  # noqa: BLE001  # whatever a driver may raise: who asks gets a 503 and the name
        return [name]
    return []
