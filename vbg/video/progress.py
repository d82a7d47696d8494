"""Reads what ffmpeg writes to ``-progress``. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far the tool is: time written in us, and whether it says it is done."""

    out_us: int = 0
    done: bool = False


def read(line: str, before: Progress) -> Progress:
    """The progress after one ``key=value`` line; what is unknown or not a number changes nothing."""
    key, _, value = line.strip().partition("=")
    if key == "out_time_us" and value.lstrip("-").isdigit():
        return Progress(max(before.out_us, int(value)), before.done)
    if key == "progress":
        return Progress(before.out_us, value == "end")
    return before


def share(progress: Progress, duration_ms: int) -> float:
    """Part done, 0 to 1; 1 only when the tool says so."""
    if progress.done:
        return 1.0
    return 0.0 if duration_ms <= 0 else min(0.99, max(0.0, progress.out_us / (duration_ms * 1000)))
