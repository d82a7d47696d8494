"""What a view may reach: the house, the request's session and its viewer."""

from typing import cast

from flask import current_app, g, request
from sqlalchemy.orm import Session

from vbg.house import House
from vbg.viewer import Viewer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def house() -> House:
    """The house this app serves."""
    return cast(House, current_app.extensions["vbg"])


def session() -> Session:
    """The request's session: writes for unsafe methods, reads otherwise. Opened at first use.

    A writer holds the database's write lock from its first query to the answer: never call this
    before reading a long request body (one of JSON is read here first); use short units of
    `house().database` there.
    """
    if "unit" not in g:
        write = request.method not in SAFE
        if write and request.is_json:
            request.get_data()  # a slow line sends all its words before anybody waits for its lock
        g.unit = house().database.session(write=write)
    return cast(Session, g.unit)


def reads() -> None:
    """This request only looks, whatever its method: its session holds nobody up. Before the first `session()`."""
    g.unit = house().database.session(write=False)


def viewer() -> Viewer:
    """The signed-in viewer; only behind a route that opens to somebody."""
    if g.viewer is None:
        raise LookupError("nobody is signed in here")
    return cast(Viewer, g.viewer)
