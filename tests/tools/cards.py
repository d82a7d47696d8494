"""The pictures of the cards, made from their drawings. `python -m tests.tools.cards`."""

from pathlib import Path

import cv2
import numpy as np
import resvg_py

CLONE = Path(__file__).resolve().parents[2]
SOURCES = (CLONE / "docs" / "drawings", CLONE / "vbg" / "demo" / "drawings")
PICTURES = CLONE / "static" / "img" / "cards"
BORROWED = {
    "dreumes": "oma_blok", "peuter": "tafel_biedt", "kleuter": "blok_juicht", "school": "puzzel",
    "steunen": "boek_lacht", "stimuleren": "blok_wacht", "sturen": "tafel_wijst",
    "boekje": "boek_wijst", "blokken": "blok_zet", "puzzel": "puzzel_lachen", "bellen": "bellen",
}  # fmt: skip
"""Pictures that are a drawing of the demo; the other drawings are the cards' own."""
SIZES = ((800, "", 72), (320, "-s", 62))
"""Width in pixels, what the name ends with, quality: for paper and for a list."""


def source(name: str) -> Path:
    """The drawing of this picture."""
    own, demo = SOURCES
    return demo / f"{BORROWED[name]}.svg" if name in BORROWED else own / f"{name}.svg"


def names() -> list[str]:
    """Every picture there is a drawing for."""
    return sorted({*BORROWED, *(path.stem for path in SOURCES[0].glob("*.svg"))})


def draw(name: str) -> None:
    """One picture, in its sizes."""
    png = bytes(resvg_py.svg_to_bytes(svg_string=source(name).read_text(encoding="utf-8"), width=1600))
    whole = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert whole is not None
    for width, ending, quality in SIZES:
        small = cv2.resize(whole, (width, width * 9 // 16), interpolation=cv2.INTER_AREA)
        done, data = cv2.imencode(".webp", small, [cv2.IMWRITE_WEBP_QUALITY, quality])
        assert done
        (PICTURES / f"{name}{ending}.webp").write_bytes(data.tobytes())


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for each in names():
        draw(each)
