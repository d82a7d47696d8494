"""The frames of a film that we made ourselves, told by its packets alone: nothing is decoded."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from vbg.video import commands, run
from vbg.video.errors import ToolError

_DISCARDED = 4
_CPU_S = 60


@dataclass(frozen=True)
class Packets:
    """``times_us`` of the frames from the first one on, rising; ``zero_us``: when that comes on the file's clock;
    ``sound``: whether there is any; ``lasting``: whether each frame is said to last until about the next one.
    """

    times_us: tuple[int, ...]
    zero_us: int
    sound: bool
    lasting: bool = True


@dataclass
class Reading:
    """Takes ffmpeg's ``framecrc`` lines of a film: stream 0 its pictures, stream 1 its sound. Pure."""

    base: Fraction = Fraction(1)
    ticks: array[int] = field(default_factory=lambda: array("q"))
    lasts: array[int] = field(default_factory=lambda: array("q"))
    sound: bool = False
    clear: bool = True

    def hear(self, line: str) -> None:
        """One line; a packet that is not to be shown, or has no time, makes the reading unclear."""
        if line.startswith("#tb 0:"):
            self.base = Fraction(line.partition(":")[2].strip())
        elif line.startswith("1,"):
            self.sound = True
        elif line.startswith("0,"):
            parts = line.split(",")
            if parts[2].strip().lstrip("-").isdigit():
                self.ticks.append(int(parts[2]))
                self.lasts.append(int(parts[3]))
            else:
                self.clear = False
            self.clear = self.clear and not any(_is_discard(part.strip()) for part in parts[6:])

    def said(self) -> Packets | None:
        """What was heard; None when that is not clear enough to go by."""
        ticks = array("q", sorted(self.ticks))
        if not ticks or not self.clear or any(before == after for before, after in pairwise(ticks)):
            return None
        us = self.base * 1_000_000
        times = tuple(int((tick - ticks[0]) * us) for tick in ticks)
        return Packets(times, int(ticks[0] * us // 1), self.sound, self._lasting())

    def _lasting(self) -> bool:
        if all(before <= after for before, after in pairwise(self.ticks)):
            return True
        shown = sorted(zip(self.ticks, self.lasts, strict=True))
        return all(4 * abs(after - at - lasts) <= after - at for (at, lasts), (after, _) in pairwise(shown))


def _is_discard(part: str) -> bool:
    return part.startswith("F=") and bool(int(part.removeprefix("F="), 0) & _DISCARDED)


def read(play: Path, tools: run.Tools, cancel: Callable[[], bool] = run.never) -> Packets | None:
    """The frames of ``play``, one that we wrote; None when its packets alone do not tell. ToolError: cancelled,
    missing, timed_out.
    """
    reading = Reading()

    def build(source: str, _target: Callable[[str], str]) -> list[str]:
        return commands.packets(source, threads=tools.threads)

    try:
        cpu_s = _CPU_S + play.stat().st_size // 10_000_000
        run.ffmpeg(
            tools, play, play.parent, build, cpu_s=cpu_s, file_bytes=1_000_000, on_line=reading.hear, cancel=cancel
        )
    except ToolError as error:
        if error.code != "failed":
            raise
        return None
    return reading.said()
