"""Sets a drawing in motion: heads that sway, eyes that blink, chests that breathe, hands that move.

One still is bent softly per frame.  The bending fields of a drawing are made once at an eighth of the size;
a frame only mixes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vbg.demo.drawings import Figures, Head, Picture, Point

COARSE: Final = 8
LIDS: Final = (1.0, 2.2, 7.0)
"""How far the eyes are pressed together: open, half, closed."""

Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pose:
    """One frame's posture: per head a shift (pixels), turn (radians), breath and mouth; per hand a shift."""

    shifts: tuple[Point, ...]
    turns: tuple[float, ...]
    breaths: tuple[float, ...]
    mouths: tuple[float, ...]
    hands: Mapping[int, Point]
    lids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Camera:
    """What the frame shows: the middle as a part of the picture (0-1) and its zoom (1 = all)."""

    x: float
    y: float
    zoom: float

    def window(self, width: int, height: int) -> tuple[float, float, float]:
        """Left and top in pixels of the picture, and the step per pixel of the frame; never outside it."""
        step = 1 / self.zoom
        left = min(max(self.x * width - width * step / 2, 0), width - width * step)
        top = min(max(self.y * height - height * step / 2, 0), height - height * step)
        return left, top, step


class Puppet:
    """A drawing that can be posed."""

    def __init__(self, picture: Picture, figures: Figures) -> None:
        self.heads = figures.heads
        self.hands = figures.hands
        self.height, self.width = picture.shape[:2]
        self._pictures: dict[tuple[int, ...], Picture] = {tuple(0 for _ in self.heads): picture}
        self._open = picture
        y, x = np.mgrid[0 : self.height : COARSE, 0 : self.width : COARSE].astype(np.float32)
        # the middle of each coarse square, as cv2.resize counts
        self._columns, self._rows = x + (COARSE - 1) / 2, y + (COARSE - 1) / 2
        self._fields = self._make_fields()

    def frame(self, pose: Pose, camera: Camera) -> Picture:
        """The picture in this posture as this camera sees it: BGR, the size of the drawing."""
        left, top, step = camera.window(self.width, self.height)
        bend = (self._weights(pose) @ self._fields).reshape(*self._columns.shape, 2)
        part = np.array([[step, 0, left / COARSE], [0, step, top / COARSE]], dtype=np.float32)
        seen = cv2.warpAffine(
            bend, part, (bend.shape[1], bend.shape[0]),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        seen[..., 0] = self._columns * step + left - seen[..., 0]
        seen[..., 1] = self._rows * step + top - seen[..., 1]
        way = cv2.resize(seen, (self.width, self.height), interpolation=cv2.INTER_LINEAR)
        across, down = cv2.split(way)
        still = self._with_lids(pose.lids)
        bent = cv2.remap(still, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return bent.astype(np.uint8, copy=False)

    def _weights(self, pose: Pose) -> Field:
        weights: list[float] = []
        heads = zip(pose.shifts, pose.turns, pose.breaths, pose.mouths, strict=True)
        for (x, y), turn, breath, mouth in heads:
            weights += [x, y - breath, turn, -breath, mouth]
        for index in range(len(self.hands)):
            weights += pose.hands.get(index, (0.0, 0.0))
        return np.array(weights, dtype=np.float32)

    def _make_fields(self) -> Field:
        x, y = self._columns, self._rows
        none = np.zeros_like(x)
        fields: list[tuple[Field, Field]] = []
        for head in self.heads:
            (cx, cy), r = head.centre, head.radius
            stiff = 1 / (1 + (((x - cx) ** 2 + (y - cy) ** 2) / (1.45 * r) ** 2) ** 3)
            neck = cy + 1.1 * r
            chest = np.exp(-(((x - cx) / (1.2 * r)) ** 2) - ((y - cy - 2.2 * r) / (1.1 * r)) ** 2)
            mx, my = head.mouth
            lips = np.exp(-(((x - mx) / (0.3 * r)) ** 2) - ((y - my) / (0.22 * r)) ** 2)
            fields += [(stiff, none), (none, stiff), (-stiff * (y - neck), stiff * (x - cx)), (none, chest)]
            fields += [(none, lips * (y - my + 0.06 * r))]
        reach = 0.062 * self.width
        for hx, hy in self.hands:
            near = np.exp(-((((x - hx) ** 2 + (y - hy) ** 2) / reach**2) ** 1.5))
            fields += [(near, none), (none, near)]
        return np.stack([np.dstack(field).ravel() for field in fields]).astype(np.float32)

    def _with_lids(self, lids: tuple[int, ...]) -> Picture:
        found = self._pictures.get(lids)
        if found is None:
            found = self._open.copy()
            for head, lid in zip(self.heads, lids, strict=True):
                _press_eyes(found, head, LIDS[lid])
            self._pictures[lids] = found
        return found


def _press_eyes(picture: Picture, head: Head, press: float) -> None:
    """Closes the eyes of a head in place by squeezing the rows around them."""
    if press <= 1:
        return
    for x, y, radius in head.eyes:
        half = int(radius * 2.1) + 2
        left, top = int(x) - half, int(y) - half
        patch = picture[top : top + 2 * half, left : left + 2 * half]
        if patch.shape[:2] != (2 * half, 2 * half):
            continue
        row, column = np.mgrid[0 : 2 * half, 0 : 2 * half].astype(np.float32)
        away = row - half
        pulled = np.clip(away * press, -half, half - 1) + half
        squeezed = cv2.remap(patch.copy(), column, pulled, cv2.INTER_LINEAR)
        distance = np.maximum(np.abs(away), np.abs(column - half)) / half
        mask = np.clip((1 - distance) * 5, 0, 1)[..., None]
        patch[:] = (squeezed * mask + patch * (1 - mask)).astype(np.uint8)
