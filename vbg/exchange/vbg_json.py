"""Moments as our own JSON: everything that can be taken in again, one moment a line when we write it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from vbg.exchange.rows import LineError, Row, read_id
from vbg.moments.rules import LINES

FORMAT = "vbg-moments"
VERSION = 1
BLANK = re.compile(r"\s*")
FIELDS = {"id", "start_ms", "end_ms", "words", "marks", "goals", "who_began", "chosen", "photo_ms"} | set(LINES)


def write(rows: Iterable[Row], film_id: UUID) -> str:
    """A JSON object: format, version, film, moments."""
    head = {"format": FORMAT, "version": VERSION, "film": str(film_id)}
    lines = ",\n".join(json.dumps(_plain(row), ensure_ascii=False) for row in rows)
    return f'{json.dumps(head)[:-1]}, "moments": [\n{lines}\n]}}\n'


def _plain(row: Row) -> dict[str, Any]:
    return {
        "id": str(row.id), "start_ms": row.start_ms, "end_ms": row.end_ms, "words": row.words,
        "marks": [{"tag": tag, "at_ms": at_ms} for tag, at_ms in row.marks], "goals": list(row.goals),
        "who_began": row.who_began, "chosen": row.chosen,
    } | {name: getattr(row, name) for name in (*LINES, "photo_ms") if getattr(row, name) not in ("", None)}  # fmt: skip


def read(text: str) -> Iterator[Row]:
    """The moments of such a file. LineError: broken_json, import_format, missing, unknown_field, not_an_id, unclear."""
    told, moments = _walked(text.removeprefix("\ufeff"))
    if told.get("format") != FORMAT or told.get("version") != VERSION:
        raise LineError(1, "import_format")
    for line, found in moments:
        yield _row(line, found)


def _row(line: int, found: Any) -> Row:
    if not isinstance(found, dict):
        raise LineError(line, "unclear")
    if not found.keys() <= FIELDS:
        raise LineError(line, "unknown_field")
    if "start_ms" not in found:
        raise LineError(line, "missing")
    try:
        marks = tuple((mark["tag"], mark["at_ms"]) for mark in found.get("marks", ()))
        goals = tuple(found.get("goals", ()))
    except (TypeError, KeyError):
        raise LineError(line, "unclear") from None
    return Row(
        found["start_ms"], found.get("end_ms"), read_id(found.get("id") or "", line), found.get("words", ""), marks,
        goals, found.get("who_began"), found.get("chosen", False), line,
        photo_ms=found.get("photo_ms"), **{name: found.get(name, "") for name in LINES},
    )  # fmt: skip


def _walked(text: str) -> tuple[dict[str, Any], list[tuple[int, Any]]]:
    """The outer object without its moments, and each moment with the line on which it begins."""
    reader = json.JSONDecoder()
    told: dict[str, Any] = {}
    moments: list[tuple[int, Any]] = []
    try:
        at = _expect(text, 0, "{")
        while text[at] != "}":
            name, at = reader.raw_decode(text, at)
            at = _expect(text, at, ":")
            if name == "moments":
                at = _items(reader, text, at, moments)
            else:
                told[name], at = reader.raw_decode(text, at)
            at = _next(text, at, "}")
    except json.JSONDecodeError as error:
        raise LineError(error.lineno, "broken_json") from None
    except (IndexError, TypeError, RecursionError):
        raise LineError(text.count("\n") + 1, "broken_json") from None
    return told, moments


def _items(reader: json.JSONDecoder, text: str, at: int, found: list[tuple[int, Any]]) -> int:
    at = _expect(text, at, "[")
    line, counted = 1, 0
    while text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        one, at = reader.raw_decode(text, at)
        found.append((line, one))
        at = _next(text, at, "]")
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    found = BLANK.match(text, at)
    assert found
    return found.end()


def _expect(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at] != sign:
        raise json.JSONDecodeError(sign, text, at)
    return _skip(text, at + 1)


def _next(text: str, at: int, end: str) -> int:
    """Past a comma, or at the end sign."""
    at = _skip(text, at)
    return at if text[at] == end else _expect(text, at, ",")
