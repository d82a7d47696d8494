"""A film as it was before it came in, to say which of its frames a page shows and which a parent may get."""

import time
from bisect import bisect_left
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np

from tests.browser.walk import Walk
from tests.films import frames, read_number

_BESIDE = 2
_ROUNDING_US = 10
_APART = 0.3


class Original:
    """Its frames' times, and a frame told by its burnt-in number, or by its looks where no number is ``burnt_in``."""

    def __init__(self, path: Path, *, burnt_in: bool) -> None:
        self.path = path
        self.burnt_in = burnt_in
        self.times_us: list[int] = []
        self.looks: list[np.ndarray] = []
        for at_us, image in frames(path):
            self.times_us.append(at_us)
            self.looks.append(_look(image))

    @property
    def ends_ms(self) -> int:
        """When its last frame comes."""
        return self.times_us[-1] // 1000

    def first(self, at_ms: int) -> int:
        """The first frame at or after a time; the last one when there is none."""
        return min(bisect_left(self.times_us, at_ms * 1000 - _ROUNDING_US), len(self.times_us) - 1)

    def last(self, start_ms: int, end_ms: int) -> int:
        """The last frame of the span [start, end)."""
        return max(self.first(start_ms), bisect_left(self.times_us, end_ms * 1000 - _ROUNDING_US) - 1)

    def liveliest(self, from_ms: int, to_ms: int) -> int:
        """The frame between these times that differs most from the ones beside it."""
        found = range(max(1, self.first(from_ms)), min(self.first(to_ms), len(self.looks) - 2) + 1)
        return max(found, key=lambda at: min(self._change(at), self._change(at + 1)))

    def _change(self, at: int) -> float:
        return _apart(self.looks[at - 1], self.looks[at])

    def seen(self, image: np.ndarray | None, near: int) -> set[int]:
        """Which frame a picture is: its number, else the closest of ``near`` and the two on each side of it.

        Several where they hardly differ, none where there is no picture or no number in it.
        """
        if image is None:
            return set()
        if self.burnt_in:
            with suppress(ValueError):
                return {read_number(image, turned=False)}
            return set()
        look = _look(image)
        beside = range(max(0, near - _BESIDE), min(len(self.looks), near + _BESIDE + 1))
        apart = {at: _apart(look, self.looks[at]) for at in beside}
        return {at for at in beside if apart[at] <= min(apart.values()) + _APART}


def _look(image: np.ndarray) -> np.ndarray:
    """Grey, small, of average brightness and contrast: what players and encoders leave alone."""
    grey = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    size = (120, round(120 * height / width)) if width < height else (round(120 * width / height), 120)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    return (small - small.mean()) / max(1.0, float(small.std())) * 50


def _apart(one: np.ndarray, other: np.ndarray) -> float:
    """Mean absolute difference in grey values."""
    if one.shape != other.shape:
        other = cv2.resize(other, one.shape[::-1], interpolation=cv2.INTER_AREA)
    return float(np.abs(one - other).mean())


def shows(walk: Walk, original: Original, at: int, where: str, *, anywhere: bool = False) -> None:
    """The page comes to rest on the original's frame ``at``; ``anywhere``: where frames may hardly differ."""
    limit = time.monotonic() + 10
    while True:
        seen = original.seen(walk.picture(), at)
        if seen == {at} or (anywhere and at in seen):
            return
        assert time.monotonic() < limit, f"{where}: shows {seen}, not {at} of {original.path.name}"
        time.sleep(0.1)
