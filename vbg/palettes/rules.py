"""Which keys a label may have, and what follows from a counselor's corrections. Times are whole ms of film time."""

import re
import statistics
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from vbg.reasons import ReasonError
from vbg.tagsets.rules import MAX_REACH_MS

Edge = Literal["begin", "end"]

NAME: Final = re.compile(r"[a-z0-9_-]{1,40}/[a-z0-9_-]{1,40}", re.ASCII)
MAX_WORDS: Final = 40
MAX_LABELS: Final = 500
MAX_POSITION: Final = 999

COMMANDS: Final[Mapping[str, str]] = {
    "does/begin": "KeyI", "does/end": "KeyO", "does/loop": "KeyU", "does/choose": "KeyX", "does/whole": "Digit0",
}  # fmt: skip
"""The commands whose key may be another one. All the others keep theirs: they stand on each keyboard alike."""

KEYS: Final[frozenset[str]] = frozenset(
    [f"Key{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    + [f"Digit{digit}" for digit in range(10)]
    + "Semicolon Quote BracketLeft BracketRight Comma Backquote Backslash".split()
)
"""Places that a label may have: no number pad, and no punctuation that is a command on AZERTY or QWERTY."""

AFTER: Final = 5
"""So many corrections in one direction, one after the other, and the program asks (craft 2)."""
LEAST_MS: Final = 250
"""Less than this is a finer cut of one moment, no habit."""
STEP_MS: Final = 500
KEPT: Final = 24

BLANK: Final[Mapping[str, Any]] = {
    "words": "", "pinned": False, "hidden": False, "position": None, "key_code": None, "lead_ms": None, "lag_ms": None,
    "asked_lead": False, "asked_lag": False,
}  # fmt: skip
"""A label nobody arranged."""


def check_name(label: str, fields: Mapping[str, Any]) -> None:
    """Refuse a label that is none, or more than a key for a command. Codes: unknown_label, only_its_key."""
    if not NAME.fullmatch(label) or (label.startswith("does/") and label not in COMMANDS):
        raise ReasonError("unknown_label", "labels", label=label[:81])
    if label in COMMANDS and set(fields) - {"key_code"}:
        raise ReasonError("only_its_key", "labels")


def check_key(code: str | None) -> None:
    """Refuse a place that means something else everywhere. Code: key_reserved."""
    if code and code not in KEYS:
        raise ReasonError("key_reserved", "labels", key=code[:24])


def check_clashes(own: Mapping[str, str | None], defaults: Mapping[str, str], touched: set[str]) -> None:
    """Refuse that a touched label shares its key with another that can be on the same screen. Code: key_in_use.

    `own` and `defaults`: label, in any version of its set -> place of its key. Commands meet all. Labels of two sets
    meet only where a family uses both: there the one that stands first keeps the key, as with the sets' own keys.
    """
    places = {**defaults, **COMMANDS}
    places |= {label: code for label, code in own.items() if code is not None}
    for label in sorted(touched):
        for other, code in places.items():
            if other != label and code and code == places.get(label) and _meet(label, other):
                raise ReasonError("key_in_use", "labels", label=label, other=other)


def _meet(one: str, other: str) -> bool:
    sets = {one.partition("/")[0], other.partition("/")[0]}
    return len(sets) == 1 or "does" in sets


def noted(shifts: Sequence[Mapping[str, Any]], edge: Edge, moment: str, by_ms: int) -> list[dict[str, Any]]:
    """The corrections with this one: each moment counts once for each edge, and put back it counts no more."""
    kept = [dict(one) for one in shifts if (one["edge"], one["moment"]) != (edge, moment)]
    if abs(by_ms) >= LEAST_MS:
        kept.append({"edge": edge, "moment": moment, "by_ms": by_ms})
    return kept[-KEPT:]


def lesson(shifts: Sequence[Mapping[str, Any]], edge: Edge, time_ms: int) -> int | None:
    """The lead (edge begin) or lag (end) that she keeps making of `time_ms`, in half seconds; None without a habit."""
    last = [int(one["by_ms"]) for one in shifts if one["edge"] == edge][-AFTER:]
    if len(last) < AFTER or not (all(by > 0 for by in last) or all(by < 0 for by in last)):
        return None
    by_ms = round(statistics.median(last) / STEP_MS) * STEP_MS
    wanted = time_ms - by_ms if edge == "begin" else time_ms + by_ms
    wanted = max(0, min(MAX_REACH_MS, wanted))
    return wanted if wanted != time_ms else None
