"""How loud the film is, twenty times a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vbg.video import commands

PER_SECOND = 20
_BLOCK = commands.PCM_RATE // PER_SECOND
_PIECE = 60 * PER_SECOND
"""Blocks read at a time."""


def peaks_of(samples: np.ndarray) -> list[int]:
    """Loudest sample (0-255) in each twentieth of a second; ``samples`` int16, shape (n,); the last may be shorter."""
    whole = len(samples) // _BLOCK
    blocks = samples[: whole * _BLOCK].reshape(whole, _BLOCK)
    loudest = np.maximum(
        blocks.max(axis=1, initial=0).astype(np.int32), -blocks.min(axis=1, initial=0).astype(np.int32)
    )
    rest = samples[whole * _BLOCK :].astype(np.int32)
    peaks = [*loudest, *([np.abs(rest).max()] if len(rest) else [])]
    return [min(255, int(peak) * 256 // 32768) for peak in peaks]


def read(raw: Path, *, offset_us: int, duration_ms: int) -> tuple[int, ...]:
    """Peaks of the bare samples in ``raw`` on the film's own timeline, which begins ``offset_us`` into them; silence
    where there is no sound. Read a minute at a time: three hours take no more memory than one.
    """
    count = -(-duration_ms * PER_SECOND // 1000)
    peaks: list[int] = []
    with raw.open("rb") as samples:
        samples.seek(2 * (max(0, offset_us) * commands.PCM_RATE // 1_000_000))
        while len(peaks) < count and (piece := samples.read(2 * _BLOCK * min(_PIECE, count - len(peaks)))):
            peaks += peaks_of(np.frombuffer(piece[: len(piece) // 2 * 2], "<i2"))
    return tuple(peaks + [0] * (count - len(peaks)))
