"""Moments as WebVTT (W3C): any player shows the words; what else we know stands on a last line of `#` signs.

`#house/looks@00:01.500` is a label and its time, `#point` a moment without an end, `#chosen` a starred one,
`#began=child` who began.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from vbg import ids
from vbg.exchange.rows import LineError, Row
from vbg.timecode import stamp

STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{STAMP}[ \t]+-->[ \t]+{STAMP}(?:[ \t].*)?")
LABEL = re.compile(rf"#([^\s@#]+)@{STAMP}")
SIGN = r"#(?:[^\s@#]+@[\d:.]+|point|chosen|began=[a-z]+)"
SIGNS = re.compile(rf"{SIGN}(?: {SIGN})*")
TAG = re.compile(r"</?[^<>]*>")
EMPTY = "&#160;"
SKIPPED = ("NOTE", "STYLE", "REGION")


def write(rows: Iterable[Row], title: str) -> str:
    """A WebVTT file; `title` stands on its first line."""
    head = " ".join(title.replace("-->", "").split())
    return f"WEBVTT {head}".rstrip() + "\n" + "".join(f"\n{_cue(row)}" for row in rows)


def _cue(row: Row) -> str:
    end = row.start_ms + 1 if row.end_ms is None else row.end_ms
    lines = [str(row.id), f"{_long(row.start_ms)} --> {_long(end)}"]
    lines += [_escaped(line) for line in row.words.split("\n")] if row.words else []
    signs = [f"#{tag}@{_long(at_ms)}" for tag, at_ms in row.marks]
    signs += ["#point"] * (row.end_ms is None) + ["#chosen"] * row.chosen
    signs += [f"#began={row.who_began}"] if row.who_began else []
    return "\n".join([*lines, " ".join(signs)] if signs else lines) + "\n"


def _long(ms: int) -> str:
    hours = ms // 3_600_000
    return f"{hours:02}:{stamp(ms % 3_600_000)}"


def _escaped(line: str) -> str:
    safe = html.escape(line, quote=False).replace("\r", "&#13;")
    if safe.startswith("#"):
        safe = f"&#35;{safe[1:]}"
    return safe or EMPTY


def read(text: str) -> Iterator[Row]:
    """The cues as moments. LineError: import_format, bad_time."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise LineError(1, "import_format")
    for first, block in _blocks(lines):
        if not block[0].startswith(SKIPPED) or TIMES.fullmatch(block[0]):
            yield _row(first, block)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each group of lines between empty ones, with the number of its first line; without the header's."""
    block: list[str] = []
    inside = False
    for number, line in enumerate([*lines, ""], 1):
        if line:
            block.append(line)
            continue
        if block and inside:
            yield number - len(block), block
        block, inside = [], True


def _row(first: int, block: list[str]) -> Row:
    named = "-->" not in block[0]
    times = TIMES.fullmatch(block[1] if named and len(block) > 1 else block[0])
    if times is None:
        raise LineError(first + named, "bad_time")
    parts = times.groups()
    start, end = _ms(*parts[:4]), _ms(*parts[4:])
    payload = block[1 + named :]
    facts = {}
    if payload and SIGNS.fullmatch(payload[-1]):
        facts = _signs(payload.pop(), first + len(block) - 1)
    point = facts.pop("point", False)
    # A cue of somebody else's may be called anything; one of ours is called by its id.
    moment_id = ids.parse(block[0]) if named else None
    return Row(start, None if point else end, moment_id, "\n".join(map(_plain, payload)), line=first, **facts)


def _plain(line: str) -> str:
    return "" if line == EMPTY else html.unescape(TAG.sub("", line))


def _ms(hours: str | None, minutes: str, seconds: str, rest: str) -> int:
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(rest)


def _signs(text: str, line: int) -> dict[str, Any]:
    """What a last line of signs says. LineError bad_time."""
    marks: list[tuple[str, int]] = []
    facts: dict[str, Any] = {}
    for sign in text.split(" "):
        if found := LABEL.fullmatch(sign):
            tag, *parts = found.groups()
            marks.append((str(tag), _ms(*parts)))
        elif sign in ("#point", "#chosen"):
            facts[sign[1:]] = True
        elif sign.startswith("#began="):
            facts["who_began"] = sign.removeprefix("#began=")
        else:
            raise LineError(line, "bad_time")
    return facts | {"marks": tuple(marks)}
