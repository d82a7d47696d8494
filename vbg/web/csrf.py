"""A request that changes something comes from our own page, or bears a token of its own."""

from flask import Flask, abort, g, request
from flask_wtf.csrf import CSRFProtect

from vbg.web.request import SAFE


def install(app: Flask) -> None:
    """Check origin and token of each unsafe request of a browser session."""
    protect = CSRFProtect()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    protect.init_app(app)

    @app.before_request
    def check() -> None:
        if request.method in SAFE or g.get("bearer") in ("read", "write"):
            return
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403)
        if app.config.get("WTF_CSRF_ENABLED", True):
            protect.protect()
