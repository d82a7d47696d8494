"""How times and days are written on screen."""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_decimal, gettext

from vbg import clock, timecode


def day(value: date | datetime | None) -> str:
    """21 november, with the year when it is another one's."""
    if value is None:
        return ""
    on = value.date() if isinstance(value, datetime) else value
    return str(format_date(on, "d MMMM" if on.year == clock.today().year else "d MMMM y"))


def seconds(ms: int) -> str:
    """8 seconden, for parents."""
    return str(gettext("%(n)s seconds", n=round(ms / 1000)))


def decimal(value: float) -> str:
    """56,2: one decimal, as the reader's language writes it."""
    return str(format_decimal(value, "0.0"))


def install(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.template_filter("day")(day)
    app.template_filter("seconds")(seconds)
    app.template_filter("decimal")(decimal)
    app.template_filter("clock")(timecode.clock)
    app.template_filter("stamp")(timecode.stamp)
