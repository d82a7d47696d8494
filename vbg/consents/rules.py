"""When a family's answers open a purpose."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """The three first questions (craft A8); others are asked when they come up."""

    FILMING = "filming"
    REVIEW = "review"
    TAKE_HOME = "take_home"


class Said(StrEnum):
    """What somebody answered."""

    YES = "yes"
    NO = "no"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Voice:
    """The newest answer of one adult to one purpose; withdrawn counts as no. `counts` = not known to lack authority."""

    said: Said
    counts: bool


def is_open(voices: Iterable[Voice]) -> bool:
    """One yes of somebody who may decide opens it, any no closes it (BW art. 373-374: an objection blocks)."""
    heard = [voice for voice in voices if voice.counts]
    return any(voice.said is Said.YES for voice in heard) and not any(voice.said is Said.NO for voice in heard)
