"""The drawings: rendered once to pixels, and where their heads, eyes and hands are."""

import base64
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

FOLDER: Final = Path(__file__).parent / "drawings"
DRAWN_WIDTH: Final = 1600

Picture = NDArray[np.uint8]
Point = tuple[float, float]

_NUMBER = r"(-?[\d.]+)"
_SCENE = re.compile(rf'<g transform="scale\({_NUMBER}\) translate\({_NUMBER} {_NUMBER}\)">')
_ROOM = re.compile(r'(?P<scene><g transform="scale\([^>]*>)<rect [^>]*/><g filter="url\(#b9\)">.*?</g>', re.DOTALL)
_PART = re.compile(rf'<g transform="translate\({_NUMBER} {_NUMBER}\) rotate\({_NUMBER}\)(?: scale\({_NUMBER}\))?">')
_EYE = re.compile(rf'<ellipse cx="{_NUMBER}" cy="{_NUMBER}" rx="{_NUMBER}" ry="{_NUMBER}" fill="#2e2026"/>')
_HEAD_SCALE: Final = 50.0

# One set of drawings serves two families: the same play, other people.
RECOLOURED: Final = MappingProxyType(
    {
        "opa": MappingProxyType(
            {
                # adult: grey hair and beard, brown skin, green jumper
                "#3a2723": "#b5aeac", "#362426": "#8d8584", "#2a1a2e": "#8d8584",
                "#dda27b": "#b57a52", "#c69071": "#966247", "#c48f70": "#94603f", "#df8165": "#c2694e",
                "#ae7f67": "#8a5a42", "#4b6a8c": "#5f7f69", "#445877": "#4c6858",
                # child: black hair, brown skin, orange jumper
                "#a8673a": "#2b2024", "#895437": "#241b1f",
                "#efbf9c": "#c88f66", "#d5aa8e": "#a87250", "#d3a88d": "#a4704f", "#e89076": "#cf7455",
                "#bc947f": "#97654a", "#3f8d88": "#e39a35", "#3c7d7b": "#c9842d",
                "#a9c5b8": "#f6d79c", "#375f64": "#a8641f",
                "#c7793f": "#7a5a86", "#b46e3d": "#6a4d77",
                # room: another sofa
                "#8a8fa3": "#a5897f", "#7e8195": "#957a71", "#9d9fad": "#b39a90",
            }
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A head in pixels of the rendered picture: centre, radius, its eyes when open, and the mouth."""

    centre: Point
    radius: float
    eyes: tuple[tuple[float, float, float], ...]
    mouth: Point


@dataclass(frozen=True, slots=True)
class Figures:
    """Who is in a drawing: the adult's head first, then the child's; hands in order of drawing."""

    heads: tuple[Head, ...]
    hands: tuple[Point, ...]


def names() -> tuple[str, ...]:
    """The names of all drawings, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def source(name: str, people: str = "") -> str:
    """The SVG text of a drawing; `people` names other colours out of `RECOLOURED`.

    Raises KeyError when there is no such drawing or no such people.
    """
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise KeyError(name)
    text = path.read_text("utf-8")
    if not people:
        return text
    colours = RECOLOURED[people]
    return re.sub(r"#[0-9a-f]{6}", lambda found: colours.get(found[0], found[0]), text)


def render(name: str, width: int, people: str = "") -> Picture:
    """A drawing as BGR pixels (height, width, 3), 16:9."""
    import cv2

    text = source(name, people)
    room = _ROOM.search(text)
    if room:
        png = base64.b64encode(_rendered(text[: room.end()] + "</g></svg>", width)).decode("ascii")
        size = f'width="{DRAWN_WIDTH}" height="{DRAWN_WIDTH * 9 // 16}"'
        image = f'<image href="data:image/png;base64,{png}" {size}/>'
        text = text[: room.start("scene")] + image + room["scene"] + text[room.end() :]
    picture = cv2.imdecode(np.frombuffer(_rendered(text, width), np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"{name} gave no picture")
    return picture.astype(np.uint8, copy=False)


@lru_cache(maxsize=24)
def _rendered(text: str, width: int) -> bytes:
    """An SVG as PNG. The blurred room behind the people takes most of the time and is the same in many."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=text, width=width, skip_system_fonts=True))


def still(name: str, path: Path, width: int = 960, people: str = "", quality: int = 80) -> None:
    """Writes a drawing as a picture at `path`; the ending says which kind (.webp, .jpg or .png).

    `quality` (0-100) is for WebP and JPEG. Raises ValueError for another ending.
    """
    import cv2

    kinds = {
        ".webp": [cv2.IMWRITE_WEBP_QUALITY, quality],
        ".jpg": [cv2.IMWRITE_JPEG_QUALITY, quality],
        ".png": [],
    }
    if path.suffix not in kinds:
        raise ValueError(path.suffix)
    path.write_bytes(cv2.imencode(path.suffix, render(name, width, people), kinds[path.suffix])[1].tobytes())


def figures(name: str, width: int) -> Figures:
    """Where heads, eyes, mouths and hands are in the drawing rendered at this width."""
    text = source(name)
    scene = _SCENE.search(text)
    scale, left, top = (float(value) for value in scene.groups()) if scene else (1.0, 0.0, 0.0)
    unit = scale * width / DRAWN_WIDTH
    parts = list(_PART.finditer(text))
    heads: list[Head] = []
    hands: list[Point] = []
    for index, part in enumerate(parts):
        x, y, turn, size = (float(value or 0) for value in part.groups())
        centre = ((x + left) * unit, (y + top) * unit)
        if size >= _HEAD_SCALE:
            end = parts[index + 1].start() if index + 1 < len(parts) else len(text)
            heads.append(_head(text[part.end() : end], centre, turn, size * unit, -1 if heads else 1))
        elif size > 1:
            hands.append(centre)
    return Figures(tuple(heads), tuple(hands))


def _head(text: str, centre: Point, turn: float, radius: float, faces: int) -> Head:
    """`faces` is 1 for someone who looks to the right, -1 for someone who looks to the left."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def place(x: float, y: float) -> Point:
        return (centre[0] + radius * (x * cos - y * sin), centre[1] + radius * (x * sin + y * cos))

    eyes = []
    for eye in _EYE.finditer(text):
        x, y, _, height = (float(value) for value in eye.groups())
        eyes.append((*place(x, y), height * radius))
    return Head(centre, radius, tuple(eyes), place(0.27 * faces, 0.57))
