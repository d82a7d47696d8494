"""The first page of a family file: what is in it, in words a parent reads, without a program of ours."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vbg import timecode
from vbg.config import CLONE
from vbg.moments import rules

if TYPE_CHECKING:
    from vbg.exchange.rows import Row
    from vbg.retention.family_file import FamilyFile

PAGE = "retention/family_file.html"
STYLE = "retention/style.css"


class Say(Protocol):
    """A sentence of the catalogues with its values filled in."""

    def __call__(self, text: str, **values: object) -> str: ...


def _templates() -> Path:
    inside = Path(__file__).parents[1] / "templates"
    return inside if inside.is_dir() else CLONE / "templates"


def render(file: FamilyFile, say: Say, language: str) -> str:
    """index.html; everything in it is escaped."""
    words = Environment(loader=FileSystemLoader(_templates()), autoescape=True, undefined=StrictUndefined)
    words.globals["_"] = say
    words.filters["day"] = lambda at: _day(at, language)
    words.filters["clock"] = timecode.clock
    lines = {number: [_line(row, file, language) for row in rows] for number, rows in file.rows.items()}
    return words.get_template(PAGE).render(file=file, told=file.told, lines=lines, language=language)


def style() -> str:
    """The page's looks, also on paper."""
    return (_templates() / STYLE).read_text("utf-8")


def _day(at: date | datetime | None, language: str) -> str:
    return format_date(at, "d MMMM y", locale=language) if at else ""


def _line(row: Row, file: FamilyFile, language: str) -> dict[str, Any]:
    marks = [{"tag": tag, "at_ms": at_ms} for tag, at_ms in row.marks]
    return {
        "at_ms": row.start_ms,
        "words": row.words or rules.heading("", marks, file.labels, file.child, language) or "",
        "more": {name: getattr(row, name) for name in rules.LINES if getattr(row, name)},
    }
