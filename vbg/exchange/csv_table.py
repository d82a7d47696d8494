"""Moments as a table (CSV, RFC 4180, UTF-8): a spreadsheet opens it and runs nothing of it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from vbg.exchange.rows import LineError, Row, read_id
from vbg.timecode import stamp

COLUMNS = ("id", "start", "end", "start_ms", "end_ms", "words", "labels", "chosen", "who_began")
NEEDED = {"start_ms"}
# What a spreadsheet would take for a formula gets a quote in front; one of ours is taken off again.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
QUOTED = re.compile(r"'+[=+\-@\t\r\n]")


def write(rows: Iterable[Row]) -> str:
    """The table with a line of column names; times in ms, and for people beside them."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for row in rows:
        end = "" if row.end_ms is None else row.end_ms
        labels = " ".join(f"{tag}@{at_ms}" for tag, at_ms in row.marks)
        table.writerow([
            row.id, stamp(row.start_ms), "" if row.end_ms is None else stamp(row.end_ms), row.start_ms, end,
            _safe(row.words), _safe(labels), "yes" if row.chosen else "", row.who_began or "",
        ])  # fmt: skip
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def read(text: str) -> Iterator[Row]:
    """The rows as moments; a semicolon between columns is good too. LineError: import_format, missing, unclear, ..."""
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
    columns = [name.strip() for name in _step(lines, 1) or ()]
    if not NEEDED <= set(columns) <= set(COLUMNS):
        raise LineError(1, "import_format")
    while True:
        line = lines.line_num + 1
        cells = _step(lines, line)
        if cells is None:
            return
        if cells:
            yield _row(line, columns, cells)


def _step(lines: Iterator[list[str]], line: int) -> list[str] | None:
    try:
        return next(lines, None)
    except csv.Error:
        raise LineError(line, "unclear") from None


def _row(line: int, columns: list[str], cells: list[str]) -> Row:
    if len(cells) != len(columns):
        raise LineError(line, "unclear")
    told = dict(zip(columns, cells, strict=True))
    start = _number(told["start_ms"], line)
    if start is None:
        raise LineError(line, "missing")
    chosen = told.get("chosen", "").strip().lower()
    if chosen not in ("", "yes", "no"):
        raise LineError(line, "not_a_choice")
    return Row(
        start, _number(told.get("end_ms", ""), line), read_id(told.get("id", "").strip(), line),
        _plain(told.get("words", "")), tuple(_labels(_plain(told.get("labels", "")), line)), (),
        told.get("who_began", "").strip() or None, chosen == "yes", line,
    )  # fmt: skip


def _plain(text: str) -> str:
    return text[1:] if QUOTED.match(text) else text


def _number(text: str, line: int) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise LineError(line, "not_a_number")
    return int(text)


def _labels(text: str, line: int) -> Iterator[tuple[str, int]]:
    for label in text.split():
        tag, _, at_ms = label.rpartition("@")
        if not tag:
            raise LineError(line, "unclear")
        yield tag, _number(at_ms, line) or 0
