"""What happens in the demo films, with times: scenes, gestures and voices.

The moments of the demo practice (`story.py`) are taken from these times.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from vbg.demo.puppet import Camera
from vbg.demo.voices import Voice

ALL: Final = Camera(0.5, 0.5, 1.02)
BOTH: Final = Camera(0.5, 0.46, 1.06)
CHILD: Final = Camera(0.6, 0.5, 1.12)
ADULT: Final = Camera(0.4, 0.42, 1.13)
BETWEEN: Final = Camera(0.52, 0.5, 1.11)


@dataclass(frozen=True, slots=True)
class Gesture:
    """A hand of the drawing waves, reaches out or taps; `x` and `y` in 1/1280 of the width."""

    hand: int
    manner: Literal["wave", "reach", "tap"]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scene:
    """From `at_ms` on, this drawing is seen; the camera goes slowly to `camera` until the next scene."""

    at_ms: int
    drawing: str
    camera: Camera
    gestures: tuple[Gesture, ...] = ()
    mood: Literal["calm", "glad"] = "calm"


@dataclass(frozen=True, slots=True)
class Script:
    """A whole film."""

    lasts_ms: int
    scenes: tuple[Scene, ...]
    voices: tuple[Voice, ...]
    people: str = ""


def _glad(*hands: int) -> tuple[Gesture, ...]:
    return tuple(Gesture(hand, "wave", 3 if hand % 2 else -3, 13) for hand in hands)


PANNENKOEKEN: Final = Script(
    lasts_ms=60000,
    scenes=(
        Scene(0, "tafel_eet", ALL, (Gesture(1, "tap", 0, 7),)),
        Scene(6000, "tafel_kijkt", BOTH),
        Scene(11000, "tafel_wijst", CHILD, (Gesture(1, "tap", -14, 4),)),
        Scene(15600, "tafel_wacht", BOTH),
        Scene(21200, "tafel_biedt", BETWEEN, (Gesture(1, "reach", -34, -6),)),
        Scene(27000, "tafel_proeft", ADULT, (Gesture(1, "reach", -22, -3),)),
        Scene(30800, "tafel_lachen", BOTH, _glad(0, 1, 2), "glad"),
        Scene(37000, "tafel_eet", ALL, (Gesture(1, "tap", 0, 7),)),
        Scene(42000, "tafel_kijkt", CHILD),
        Scene(45600, "tafel_biedt", BETWEEN, (Gesture(1, "reach", -34, -6),)),
        Scene(50200, "tafel_proeft", BOTH, (Gesture(1, "reach", -22, -3),)),
        Scene(53600, "tafel_lachen", ALL, _glad(0, 1, 2), "glad"),
    ),
    voices=(
        Voice(1200, 150, "thing", "clink"),
        Voice(3400, 150, "thing", "clink"),
        Voice(7200, 640, "child", "ask"),
        Voice(8600, 1050, "parent"),
        Voice(11700, 850, "child"),
        Voice(13100, 640, "child", "ask"),
        Voice(14200, 850, "parent"),
        Voice(21800, 1050, "child", "ask"),
        Voice(25000, 640, "parent", "ask"),
        Voice(28200, 1250, "parent", "laugh"),
        Voice(31000, 2000, "child", "laugh"),
        Voice(33300, 1750, "parent", "laugh"),
        Voice(35300, 1050, "child", "laugh"),
        Voice(38300, 150, "thing", "clink"),
        Voice(39600, 1050, "parent"),
        Voice(42800, 640, "child"),
        Voice(46200, 1050, "child", "ask"),
        Voice(49000, 640, "parent"),
        Voice(51000, 1050, "parent", "laugh"),
        Voice(53800, 2100, "child", "laugh"),
        Voice(56100, 1750, "parent", "laugh"),
    ),
)

BLOKKEN: Final = Script(
    lasts_ms=60000,
    people="opa",
    scenes=(
        Scene(0, "blok_bouwt", ALL, (Gesture(2, "tap", -4, 6),)),
        Scene(7000, "blok_kijkt", CHILD),
        Scene(11600, "blok_reikt", BETWEEN, (Gesture(0, "reach", 10, -5), Gesture(2, "reach", -8, -4))),
        Scene(17200, "blok_bouwt", BOTH, (Gesture(2, "tap", -4, 6),)),
        Scene(22000, "blok_zet", CHILD, (Gesture(2, "reach", -6, -12),)),
        Scene(27600, "blok_wacht", BOTH),
        Scene(34000, "blok_kijkt", CHILD),
        Scene(38400, "blok_zet", BETWEEN, (Gesture(2, "reach", -6, -12),)),
        Scene(43600, "blok_juicht", BOTH, _glad(0, 1, 2, 3), "glad"),
        Scene(50000, "blok_kijkt", ADULT),
        Scene(54600, "blok_juicht", ALL, _glad(0, 1, 2, 3), "glad"),
    ),
    voices=(
        Voice(1800, 100, "thing", "tok"),
        Voice(4600, 100, "thing", "tok"),
        Voice(7900, 640, "child", "ask"),
        Voice(9400, 850, "parent"),
        Voice(12200, 1050, "parent"),
        Voice(14200, 640, "child"),
        Voice(18600, 100, "thing", "tok"),
        Voice(20200, 1050, "parent"),
        Voice(23400, 640, "child"),
        Voice(25400, 100, "thing", "tok"),
        Voice(34700, 850, "child", "ask"),
        Voice(36400, 640, "parent"),
        Voice(39200, 1050, "child"),
        Voice(42000, 100, "thing", "tok"),
        Voice(43900, 1900, "child", "laugh"),
        Voice(46000, 1750, "parent", "laugh"),
        Voice(48100, 1250, "child", "laugh"),
        Voice(51000, 1250, "parent"),
        Voice(52800, 640, "child"),
        Voice(54800, 2100, "child", "laugh"),
        Voice(57000, 1400, "parent", "laugh"),
    ),
)

SCRIPTS: Final = MappingProxyType({"pannenkoeken": PANNENKOEKEN, "blokken": BLOKKEN})
