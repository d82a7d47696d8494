"""Where sound or movement changes, so that an eye that saw the film once can find its way back. Nobody is recognised.

Everything is measured against the film itself: a loud kitchen and a quiet bedroom are each their own measure, and a
film that is the same all through gets no hint. What is not plainly so is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from vbg.video import commands

Kind = Literal["turns", "silence", "movement", "stillness"]
Runs = list[tuple[int, int]]

BLOCK_MS: Final = 50
FRAME_MS: Final = 1000 // commands.MOTION_PER_SECOND
SHORTEST_MS: Final = 2000
SILENCE_MS: Final = 4000
STILL_MS: Final = 4000
# A gap of at most this long is part of speaking on; of more than the other it is no longer an answer to what was said.
_BREATH_MS: Final = 200
_ANSWER_MS: Final = 2000
_CLICK_MS: Final = 100
_SPEECH_MS: Final = 5000
_TURNS: Final = 4
_MARGIN_DB: Final = (6.0, 15.9)
_SILENT: Final = 33.0
_CONTRAST_LEVELS: Final = 1.0
_COARSEST_MS: Final = 2500
_BLOCKS_AT_ONCE: Final = 1024
_FRAMES_AT_ONCE: Final = 256
_BLOCK: Final = commands.PCM_RATE * BLOCK_MS // 1000


@dataclass(frozen=True, slots=True)
class Hint:
    """One stretch of the film, in whole ms of film time; ``end_ms`` is the first that is no longer in it."""

    kind: Kind
    start_ms: int
    end_ms: int


def read(sound: Path | None, motion: Path | None, *, offset_us: int, duration_ms: int) -> list[Hint]:
    """The hints of a film of ``duration_ms``, in film order, from what one decoding wrote.

    ``sound``: bare samples (``commands.PCM_RATE``, one channel, s16le) whose film begins ``offset_us`` into them.
    ``motion``: grey pictures of ``commands.MOTION_SIZE`` px, ``commands.MOTION_PER_SECOND`` a second from the film's
    own zero on. Without one of them there is no hint of its kind.
    """
    found: list[Hint] = []
    if sound is not None:
        found += of_sound(_samples(sound, offset_us, duration_ms), duration_ms)
    if motion is not None:
        found += of_motion(_pictures(motion), duration_ms)
    return sorted(found, key=lambda one: (one.start_ms, one.end_ms, one.kind))


def of_sound(samples: NDArray[np.int16] | Rows, duration_ms: int) -> list[Hint]:
    """Voices in turn and long silence; ``samples`` int16, shape (n,), or blocks of them, from the film's zero on.

    A block of 50 ms sounds when its level lies over the film's own floor (its 10th percentile, after R. Martin's
    minimum statistics, IEEE Trans. Speech and Audio Processing 9 (2001) 504) by 0.4 of the way to its loud parts (95th
    percentile), at least 6 dB and at most the margin of ITU-T P.56 (15.9 dB). Gaps within P.56's hangover of 200 ms
    are speaking on. Turns: at least four stretches of sound of at most 5 s, each 0.2-2 s after the one before it:
    people answer each other after about 0.2 s and mostly within one (T. Stivers et al., PNAS 106 (2009) 10587), small
    children later. Who makes the sound is not known and not asked.
    """
    levels = _levels(samples)
    if not len(levels):
        return []
    floor, loud = (float(one) for one in np.percentile(levels, (10, 95)))
    least, most = _MARGIN_DB
    if loud - floor < least:
        return []
    over = max(floor + min(most, max(least, 0.4 * (loud - floor))), 20 * np.log10(_SILENT))
    heard = [
        (start, end)
        for start, end in _joined(_runs(levels > over), _BREATH_MS // BLOCK_MS)
        if (end - start) * BLOCK_MS >= _CLICK_MS
    ]
    if not heard:
        return []
    blocks = -(-duration_ms // BLOCK_MS)
    return [
        *_hints("turns", _turns(heard), BLOCK_MS, SHORTEST_MS, duration_ms),
        *_hints("silence", _between(heard, blocks), BLOCK_MS, SILENCE_MS, duration_ms),
    ]


def of_motion(pictures: NDArray[np.uint8] | Rows, duration_ms: int) -> list[Hint]:
    """Much and little movement; ``pictures`` uint8, shape (n, pixels), one each ``FRAME_MS`` from the film's zero on.

    Motion energy: the mean absolute difference of two pictures that follow each other, as F. Ramseyer and W. Tschacher
    take it (J. Consulting and Clinical Psychology 79 (2011) 284), less what the whole picture became lighter or darker.
    Over two seconds on average, a lone jump (a cut) left out. Much: more than halfway from the film's calm (20th
    percentile) to its liveliest (98th), until under 0.4; little: within a tenth over its 5th percentile. Pictures that
    come more than 2.5 s apart tell nothing.
    """
    energy = _energy(pictures)
    if not len(energy):
        return []
    smooth = _averaged(_without_jumps(energy), 2000 // FRAME_MS)
    least, calm, lively = (float(one) for one in np.percentile(smooth, (5, 20, 98)))
    if lively - calm < _CONTRAST_LEVELS or lively < 2 * calm:
        return []
    way = lively - calm
    much = _held(smooth, calm + 0.5 * way, calm + 0.4 * way)
    little = _runs(smooth <= least + 0.1 * (lively - least))
    return [
        *_hints("movement", _joined(much, 1000 // FRAME_MS), FRAME_MS, SHORTEST_MS, duration_ms),
        *_hints("stillness", little, FRAME_MS, STILL_MS, duration_ms),
    ]


@dataclass(frozen=True)
class Rows:
    """Rows of ``width`` values in a raw file, read as they are asked for: a mapped file would count as memory whole."""

    raw: Path
    dtype: str
    width: int
    first: int
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, rows: slice) -> NDArray[Any]:
        start, stop, _step = rows.indices(self.count)
        size = np.dtype(self.dtype).itemsize
        many, skip = max(0, stop - start) * self.width, (self.first + start * self.width) * size
        return np.fromfile(self.raw, self.dtype, many, offset=skip).reshape(-1, self.width)


def _samples(raw: Path, offset_us: int, duration_ms: int) -> Rows:
    """In blocks."""
    skip = max(0, offset_us) * commands.PCM_RATE // 1_000_000
    there = min(raw.stat().st_size // 2 - skip, duration_ms * commands.PCM_RATE // 1000)
    return Rows(raw, "<i2", _BLOCK, skip, max(0, there) // _BLOCK)


def _pictures(raw: Path) -> Rows:
    pixels = commands.MOTION_SIZE[0] * commands.MOTION_SIZE[1]
    return Rows(raw, "u1", pixels, 0, raw.stat().st_size // pixels)


def _levels(samples: NDArray[np.int16] | Rows) -> NDArray[np.float64]:
    """The level of each whole block in dB over one step of a sample: 20 log10 of its root mean square."""
    blocks = samples if isinstance(samples, Rows) else samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    whole = len(blocks)
    power = np.zeros(whole)
    for at in range(0, whole, _BLOCKS_AT_ONCE):  # a film of hours is never in memory whole
        some = blocks[at : at + _BLOCKS_AT_ONCE].astype(np.float64)
        power[at : at + _BLOCKS_AT_ONCE] = (some * some).mean(axis=1)
    return 10 * np.log10(np.maximum(power, 1.0))


def _energy(pictures: NDArray[np.uint8] | Rows) -> NDArray[np.float64]:
    """How much each picture differs from the one before it, in grey levels (0-255), the first as the second.

    Where only key frames were drawn, one picture stands several times: its change is shared by them.
    """
    count = len(pictures)
    if count < 2:
        return np.zeros(0)
    energy = np.zeros(count)
    for at in range(1, count, _FRAMES_AT_ONCE):
        some = pictures[at - 1 : at + _FRAMES_AT_ONCE].astype(np.float64)
        change = np.diff(some, axis=0)
        change -= np.median(change, axis=1, keepdims=True)
        energy[at : at + len(change)] = np.abs(change).mean(axis=1)
    return _shared(energy)


def _shared(energy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each change spread over the unchanged pictures before it, as far as pictures usually lie apart.

    Nothing when that is further than can be told of.
    """
    changed = np.flatnonzero(energy[1:]) + 1
    if len(changed) < 2:
        return energy
    apart = int(np.median(np.diff(changed)))
    if apart * FRAME_MS > _COARSEST_MS:
        return np.zeros(0)
    if apart < 2:
        return energy
    shared, before = np.zeros(len(energy)), 0
    for at in changed.tolist():
        start = max(before + 1, at - 2 * apart + 1)
        shared[start : at + 1] = energy[at] / (at + 1 - start)
        before = at
    return shared


def _without_jumps(energy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middle one of each five in a row: a cut or a lamp is one jump, a movement lasts."""
    edged = np.pad(energy, 2, mode="edge")
    windows: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(edged, 5)
    middle: NDArray[np.float64] = np.median(windows, axis=1)
    return middle


def _averaged(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The mean of ``width`` + 1 values around each."""
    edged = np.pad(values, width // 2, mode="edge")
    windows: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(edged, width // 2 * 2 + 1)
    mean: NDArray[np.float64] = windows.mean(axis=1)
    return mean


def _held(values: NDArray[np.float64], begin: float, end: float) -> Runs:
    """The runs that rise over ``begin``, each for as long as it stays over ``end``."""
    high = values > begin
    return [(start, stop) for start, stop in _runs(values > end) if high[start:stop].any()]


def _runs(mask: NDArray[np.bool_]) -> Runs:
    """Where ``mask`` holds: [start, end) each."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _joined(runs: Iterable[tuple[int, int]], gap: int) -> Runs:
    """The runs, those at most ``gap`` apart as one."""
    joined: Runs = []
    for start, end in runs:
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _between(runs: Sequence[tuple[int, int]], count: int) -> Runs:
    """What no run covers of ``count``."""
    ends = [0, *(end for _, end in runs)]
    starts = [*(start for start, _ in runs), count]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if end < start]


def _turns(heard: Sequence[tuple[int, int]]) -> Runs:
    """Where stretches of sound follow each other as talk does, from the first's begin to the last's end."""
    rows: list[Runs] = [[]]
    for start, end in heard:
        if rows[-1] and (start - rows[-1][-1][1]) * BLOCK_MS > _ANSWER_MS:
            rows.append([])
        if (end - start) * BLOCK_MS > _SPEECH_MS:
            rows.append([])
        else:
            rows[-1].append((start, end))
    return [(row[0][0], row[-1][1]) for row in rows if len(row) >= _TURNS]


def _hints(kind: Kind, runs: Runs, step_ms: int, least_ms: int, duration_ms: int) -> list[Hint]:
    spans = [(start * step_ms, min(end * step_ms, duration_ms)) for start, end in runs]
    return [Hint(kind, start, end) for start, end in spans if end - start >= least_ms]
