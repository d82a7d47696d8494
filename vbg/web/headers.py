"""Headers that every answer bears; our own versioned files only those that mean something there."""

from flask import Flask, Response, request

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ALONE = "default-src 'none'; frame-ancestors 'none'"


def install(app: Flask) -> None:
    """Strict CSP, no sniffing, no referrer, nothing kept by the browser but versioned static files."""

    @app.after_request
    def dress(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint == "static" and response.status_code < 400:
            return _plain(response)
        headers.setdefault("Content-Security-Policy", CSP)
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "geolocation=(), camera=(self), microphone=(self), fullscreen=(self)")
        headers.setdefault("Cache-Control", "private, no-store")
        return response


def _plain(response: Response) -> Response:
    """A script, style or drawing obeys the page that asked for it; opened by itself it may do nothing.

    A page asks for some eighty of them, so what says nothing there is left out.
    """
    headers = response.headers
    headers["Content-Security-Policy"] = ALONE
    headers["Cache-Control"] = "public, max-age=31536000, immutable"
    for name in ("Accept-Ranges", "Content-Disposition", "ETag", "Last-Modified"):  # its address names its version
        headers.pop(name, None)
    return response
