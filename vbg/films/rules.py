"""What a film can be: its states, its situations, when it may be looked at, when it goes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

CHUNK_BYTES = 2 * 1024**2
NAME_MAX = 255
TITLE_MAX = 120
SAYS_SECONDS = 3.0
SAYS_PART = 0.02
MINUTE_S = 50
WITHDRAWN_DAYS = 14


class State(StrEnum):
    """Where a film stands. `held`: nobody sees it, for want of a yes. `ready`: it can be tagged."""

    RECEIVED = "received"
    HELD = "held"
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


class Proxy(StrEnum):
    """The lighter twin of a film that plays as it came. `NONE`: not needed; `KEPT`: it would not have been the same."""

    NONE = ""
    WANTED = "wanted"
    MADE = "made"
    KEPT = "kept"


class Codec(StrEnum):
    """How a film's pictures are written: kinds that some browsers play as they come, and others do not."""

    HEVC = "hevc"
    VP9 = "vp9"
    AV1 = "av1"


class Situation(StrEnum):
    """What the family is doing while the film runs; it decides which labels lie open."""

    FREE_PLAY = "free_play"
    MEAL = "meal"
    DRESSING = "dressing"
    BEDTIME = "bedtime"
    HOMEWORK = "homework"
    CARE = "care"
    OTHER = "other"


class Kind(StrEnum):
    """The sealed things that are made of one film."""

    ORIGINAL = "original"
    PLAY = "play"
    FRAMES = "frames"
    POSTER = "poster"
    FILMSTRIP = "filmstrip"
    WAVEFORM = "waveform"
    HINTS = "hints"


class Device(StrEnum):
    """Where a film comes from. A family's own phone is theirs; a program's copy is whoever runs it."""

    COUNSELOR = "counselor"
    FAMILY = "family"
    PROGRAM = "program"


class Wiped(StrEnum):
    """What became of a film on the device it came from: not said yet, wiped, or it was the family's own phone."""

    OPEN = ""
    DONE = "done"
    THEIRS = "theirs"


# Where the family loses something: said with weight, the rest stands in a calm list.
GRAVE = {"film_note_cut_off", "film_note_wrong_length", "film_note_damaged", "film_note_sound_unread"}
# A film that plays as it came may still be heavy: larger, slower to jump in, or fatter than a proxy would be.
PROXY_SHORT, PROXY_LONG = 720, 1280
PROXY_KEY_MS = 2000
PROXY_BITS_PER_S = 6_000_000
# Longer than any session lasts: after it nobody plays the version that gave way.
GIVEN_WAY = timedelta(hours=24)
TAGGABLE = (Kind.PLAY, Kind.FRAMES)
DRESSING = (Kind.POSTER, Kind.FILMSTRIP, Kind.HINTS, Kind.WAVEFORM)
WAITING = (State.RECEIVED, State.PREPARING)


def situation(text: str) -> str:
    """The situation that `text` names, or nothing: an unknown one is no reason to refuse a film."""
    return text if text in set(Situation) else ""


def playing(text: str) -> str:
    """Which codecs a browser says it plays smoothly, as `hevc,av1`: known ones alone, each once, in one order."""
    said = {one.strip() for one in text[:NAME_MAX].split(",")}
    return ",".join(codec for codec in Codec if codec in said)


def play_codec(record: Mapping[str, Any], proxy: str) -> str:
    """The codec of the film that plays when not every browser has it: a copy without its H.264 twin yet; else ''."""
    picture = str(record.get("picture", ""))
    foreign = bool(record.get("copied")) and proxy != Proxy.MADE and picture in set(Codec)
    return picture if foreign else ""


def lightening(play_codec: str) -> str:
    """The job that gives a film its twin: one that somebody may wait for, as its codec says, goes before the others."""
    return "films.twin" if play_codec else "films.lighten"


def held_until(received_at: datetime, days: int) -> datetime:
    """When a film without a yes is erased."""
    return received_at + timedelta(days=days)


def practice_until(received_at: datetime, hours: int) -> datetime:
    """When a film of the practice room is erased."""
    return received_at + timedelta(hours=hours)


def upload_until(touched_at: datetime) -> datetime:
    """When an upload that nobody continues is dropped."""
    return touched_at + timedelta(hours=24)


def is_hard(reason: str) -> bool:
    """Whether trying again cannot help: the film itself is the reason."""
    return reason not in {"film_no_room", "film_broke", "film_tool_missing"}


def may_pass(state: str, reason: str) -> bool:
    """Whether a film failed for a reason that may be over the next time."""
    return state == State.FAILED and not is_hard(reason)


def wants_proxy(size: tuple[int, int], key_ms: int, size_bytes: int, duration_ms: int) -> bool:
    """Whether a film of this size (px as shown), longest stretch without a key frame and weight is worth one."""
    is_large = min(size) > PROXY_SHORT or max(size) > PROXY_LONG
    return is_large or key_ms > PROXY_KEY_MS or size_bytes * 8000 > PROXY_BITS_PER_S * max(1000, duration_ms)


def left_s(took_s: float, did: float, left: float) -> int | None:
    """Seconds left when `did` (a part of 1) took `took_s` and `left` is to be done; None when that says little."""
    return None if took_s < SAYS_SECONDS or did < SAYS_PART else round(took_s * left / did)


def clean_name(text: str) -> str:
    """A declared file name as data: last part only, no control characters, at most 255 characters."""
    last = text.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:NAME_MAX].strip()


def clean_title(text: str) -> str:
    """The name that a film is to get, on one line, as far as it fits: too long a one is no reason to refuse a film."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:TITLE_MAX].strip()


def still_kind(at_ms: int) -> str:
    """The kind under which the still of a moment is kept."""
    return f"still-{at_ms}"


def still_ms(kind: str) -> int | None:
    """The film time (ms) of a still's kind, None for any other kind."""
    name, _, number = kind.partition("-")
    return int(number) if name == "still" and number.isdigit() else None


def steps(times_us: Sequence[int]) -> list[int]:
    """From each time to the next: one fewer than there are times."""
    return [after - before for before, after in pairwise(times_us)]


def coarse(per_second: int, peaks: Sequence[int], by: int = 4) -> dict[str, Any]:
    """A waveform with one peak, the highest, of every `by`; `per_second` need not be whole then."""
    return {"per_second": per_second / by, "peaks": [max(peaks[at : at + by]) for at in range(0, len(peaks), by)]}
