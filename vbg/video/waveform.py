"""How loud the film is, twenty times a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vbg.video import commands

PER_SECOND = 20
_BLOCK = commands.PCM_RATE // PER_SECOND


def peaks_of(samples: np.ndarray, *, skip: int, count: int) -> list[int]:
    """Loudest sample (0-255) in each twentieth of a second; ``samples`` int16, shape (n,), from ``skip`` on."""
    heard = samples[skip : skip + count * _BLOCK]
    whole = len(heard) // _BLOCK
    blocks = heard[: whole * _BLOCK].reshape(whole, _BLOCK)
    loudest = np.maximum(
        blocks.max(axis=1, initial=0).astype(np.int32), -blocks.min(axis=1, initial=0).astype(np.int32)
    )
    rest = heard[whole * _BLOCK :].astype(np.int32)
    peaks = [*loudest, *([np.abs(rest).max()] if len(rest) else [])]
    return [min(255, int(peak) * 256 // 32768) for peak in peaks] + [0] * (count - len(peaks))


def read(raw: Path, *, offset_us: int, duration_ms: int) -> tuple[int, ...]:
    """Peaks of the bare samples in ``raw`` on the film's own timeline, which begins ``offset_us`` into them; silence
    where there is no sound.
    """
    samples = np.memmap(raw, dtype="<i2", mode="r") if raw.stat().st_size >= 2 else np.zeros(0, "<i2")
    count = -(-duration_ms * PER_SECOND // 1000)
    return tuple(peaks_of(samples, skip=max(0, offset_us) * commands.PCM_RATE // 1_000_000, count=count))
