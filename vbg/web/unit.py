"""The request's unit: kept after an answer below 400, else rolled back."""

from flask import Flask, Response, g, request

from vbg.web.request import SAFE, house


def install(app: Flask) -> None:
    """Close each request's unit with its answer."""

    @app.after_request
    def keep(response: Response) -> Response:
        unit = g.pop("unit", None)
        if unit is not None:
            try:
                if response.status_code < 400 and request.method not in SAFE:
                    house().database.keep(unit)
            finally:
                unit.close()
        return response

    @app.teardown_request
    def let_go(error: BaseException | None) -> None:
        unit = g.pop("unit", None)
        if unit is not None:
            unit.close()
