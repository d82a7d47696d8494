"""How loud the film is, twenty times a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from vbg.video import commands, run

PER_SECOND = 20
_BLOCK = commands.PCM_RATE // PER_SECOND
_CPU_S = 120


def peaks_of(samples: np.ndarray, *, skip: int, count: int) -> list[int]:
    """Loudest sample (0-255) in each twentieth of a second; ``samples`` int16, shape (n,), from ``skip`` on."""
    heard = samples[skip : skip + count * _BLOCK]
    peaks = [0] * count
    for index in range(-(-len(heard) // _BLOCK)):
        block = heard[index * _BLOCK : (index + 1) * _BLOCK].astype(np.int32)
        peaks[index] = min(255, int(np.abs(block).max()) * 256 // 32768)
    return peaks


def waveform(
    play: Path,
    *,
    offset_us: int,
    duration_ms: int,
    scratch: Path,
    tools: run.Tools,
    cancel: Callable[[], bool] = run.never,
) -> list[int]:
    """Peaks of ``play`` on the film's own timeline; silence where there is no sound. Raises ToolError."""
    raw = scratch / "sound.pcm"
    seconds = (duration_ms + offset_us // 1000) // 1000 + 60

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.waveform(source, target(raw.name))

    try:
        quota = seconds * commands.PCM_RATE * 4
        run.ffmpeg(tools, play, scratch, build, cpu_s=_CPU_S + seconds, file_bytes=quota, cancel=cancel)
        samples = np.memmap(raw, dtype="<i2", mode="r") if raw.stat().st_size >= 2 else np.zeros(0, "<i2")
        count = -(-duration_ms * PER_SECOND // 1000)
        return peaks_of(samples, skip=max(0, offset_us) * commands.PCM_RATE // 1_000_000, count=count)
    finally:
        raw.unlink(missing_ok=True)
