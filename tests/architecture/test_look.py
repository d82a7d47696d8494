"""The look keeps its promises: contrast, one meaning per colour, no red, no missing drawing.

Contrast ratios are WCAG 2 relative luminance; colour distance is CIE 1976 (delta E in L*a*b*, D65).
Both are recomputed from tokens.css, so a changed token shows here first.
"""

import colorsys
import itertools
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = ROOT / "templates"
HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
SWEEP = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b")

Colour = tuple[float, float, float]

# (text or line, ground, least ratio, the design's ratio in light, in dark; None: changed since)
PAIRS: list[tuple[str, str, float, float | None, float | None]] = [
    ("ink", "bg", 4.5, 14.00, 16.12),
    ("ink-2", "surface", 4.5, 8.00, 9.08),
    ("ink-3", "bg", 4.5, 5.14, 6.51),
    ("ink-3", "sunken", 4.5, 4.80, 6.72),
    ("on-primary", "primary", 4.5, 12.61, 12.84),
    ("link", "surface", 4.5, 7.88, 9.81),
    ("warm-ink", "warm-tint", 4.5, 6.83, 9.62),
    ("ok", "ok-tint", 4.5, None, None),
    ("attn", "attn-tint", 4.5, None, None),
    ("info", "info-tint", 4.5, None, None),
    ("attn-line", "surface", 3.0, None, None),
    ("attn-line", "bg", 3.0, None, None),
    ("ink", "primary-tint", 4.5, None, None),
    ("ink-2", "primary-tint", 4.5, None, None),
    ("ink-2", "sunken", 4.5, None, None),
    ("line-ui", "surface", 3.0, 3.74, 3.80),
    ("focus", "surface", 3.0, 7.10, 8.70),
    ("kind-fg", "kind-tint", 4.5, 6.55, 8.30),
    ("ouder-fg", "ouder-tint", 4.5, 6.17, 8.59),
    ("samen-fg", "samen-tint", 4.5, 6.83, 8.52),
    ("plezier-fg", "plezier-tint", 4.5, 6.36, 9.25),
    ("trots-fg", "trots-tint", 4.5, 6.53, 8.29),
    ("hint-fg", "hint-tint", 4.5, 5.69, 6.68),
    ("kind-solid", "surface", 3.0, 3.85, 5.41),
    ("ouder-solid", "surface", 3.0, 3.66, 5.92),
    ("samen-solid", "surface", 3.0, 4.28, 5.63),
    ("trots-solid", "surface", 3.0, 3.79, 5.85),
    ("hint-solid", "surface", 3.0, 3.14, 4.25),
    # Gold cannot reach 3:1 on white: its drawing is dark, its label is text and its shape is its own.
    ("plezier-on", "plezier-solid", 4.5, None, None),
]
GROUPS = ("kind", "ouder", "samen", "plezier", "trots")


def channels(colour: str) -> Colour:
    """Red, green and blue of '#RGB' or '#RRGGBB', each 0 to 1."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def linear(colour: str) -> Colour:
    """The same three as light (sRGB transfer curve taken off)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return red, green, blue


def luminance(colour: str) -> float:
    """WCAG relative luminance, 0 to 1."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str) -> Colour:
    """CIE L*a*b* under D65."""
    red, green, blue = linear(colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str) -> float:
    """Delta E 1976 between two colours."""
    return math.dist(lab(one), lab(other))


def block(selector: str) -> dict[str, str]:
    """The hex tokens of the first rule with this selector in tokens.css."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    rule = re.search(re.escape(selector) + r"\{(.*?)\n\}", text, re.DOTALL)
    assert rule, f"no rule {selector} in tokens.css"
    return dict(SWEEP.findall(rule.group(1)))


LIGHT = block(":root")
DARK = LIGHT | block('[data-theme="dark"]')
PARENT = LIGHT | block('[data-theme="parent"]')
THEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize(("front", "ground", "least", "light", "dark"), PAIRS)
def test_contrast_is_enough(front: str, ground: str, least: float, light: float | None, dark: float | None) -> None:
    for theme, drawn in (("light", light), ("dark", dark)):
        tokens = THEMES[theme]
        ratio = contrast(tokens[front], tokens[ground])
        assert ratio >= least, f"{front} on {ground} ({theme}): {ratio:.2f}"
        if drawn is not None:
            assert ratio == pytest.approx(drawn, abs=0.02), f"{front} on {ground} ({theme}) left the design"


def test_parents_paper_can_be_read() -> None:
    for front, drawn in (("ink", 14.64), ("ink-2", 7.64), ("ink-3", 5.37)):
        assert contrast(PARENT[front], PARENT["bg"]) == pytest.approx(drawn, abs=0.02)
    assert contrast(PARENT["ink-2"], PARENT["sunken"]) >= 4.5


def test_dark_by_choice_is_dark_by_device() -> None:
    assert block(":root:not([data-theme])") == block('[data-theme="dark"]')


@pytest.mark.parametrize("theme", THEMES)
def test_tints_of_different_meaning_differ(theme: str) -> None:
    tokens = THEMES[theme]
    tints = [*(f"{group}-tint" for group in GROUPS), "warm-tint", "primary-tint", "attn-tint"]
    for one, other in itertools.combinations(tints, 2):
        assert distance(tokens[one], tokens[other]) >= 6, f"{one} looks like {other} ({theme})"


@pytest.mark.parametrize("theme", THEMES)
def test_solids_of_different_meaning_differ(theme: str) -> None:
    tokens = THEMES[theme]
    solids = [*(f"{group}-solid" for group in GROUPS), "warm", "primary", "attn-line"]
    for one, other in itertools.combinations(solids, 2):
        assert distance(tokens[one], tokens[other]) >= 20, f"{one} looks like {other} ({theme})"


@pytest.mark.parametrize("theme", THEMES)
def test_states_are_grey_and_the_star_is_an_act(theme: str) -> None:
    tokens = THEMES[theme]
    for state in ("ok", "info"):
        _, a, b = lab(tokens[state])
        assert math.hypot(a, b) < 15, f"{state} has a colour ({theme})"
    assert tokens["star"] == tokens["primary"]
    assert tokens["attn-tint"] == tokens["surface"]


def is_red(colour: str) -> bool:
    """True for what an eye calls red: hue within 18 degrees of 0, clearly coloured, not near black, white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(colour))
    return (hue < 18 / 360 or hue > 342 / 360) and saturation > 0.35 and 0.12 < lightness < 0.92


def test_nothing_is_red() -> None:
    assert is_red("#c62828")
    found = [
        f"{path.relative_to(ROOT)}: {colour}"
        for folder, kind in ((CSS, "*.css"), (TEMPLATES, "*.html"), (ROOT / "static", "*.svg"))
        for path in folder.rglob(kind)
        for colour in HEX.findall(path.read_text(encoding="utf-8"))
        if is_red(colour)
    ]
    assert not found


def drawings() -> set[str]:
    """Names of the drawings in the sprite."""
    sprite = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")
    return set(re.findall(r'<symbol id="i-([a-z-]+)"', sprite))


def test_every_drawing_is_there() -> None:
    named = re.compile(
        r"""\bicon\(\s*["']([a-z-]+)["']|\bicon_name=["']([a-z-]+)["']|\bicon_button\(\s*["']([a-z-]+)["']"""
        r"""|icons\.svg[^#"']*#i-([a-z-]+)|\bbadge\([^"']*?_\("[^"]*"\),\s*["']([a-z-]+)["']"""
    )
    have = drawings()
    assert len(have) >= 90
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in TEMPLATES.rglob("*.html")
        for groups in named.findall(path.read_text(encoding="utf-8"))
        for name in groups
        if name and name not in have
    ]
    assert not missing


def test_sprite_takes_the_colour_of_its_text() -> None:
    sprite = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")
    assert not HEX.findall(sprite)
    assert "<script" not in sprite
    assert "style=" not in sprite


def test_every_sheet_is_imported_in_its_layer() -> None:
    main, pages = ((CSS / name).read_text(encoding="utf-8") for name in ("main.css", "pages.css"))
    assert "@layer tokens, base, layout, ui, page;" in main
    named = re.findall(r'@import url\("([^"]+)"\)', main + pages)
    imported = set(named)
    assert len(named) == len(imported), "in one of both"
    sheets = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")} - {"main.css", "pages.css", "fonts.css"}
    assert sheets <= imported
    for name in imported & sheets:
        layer = name.split("/")[0] if "/" in name else name.removesuffix(".css")
        assert f"@layer {layer}" in (CSS / name).read_text(encoding="utf-8"), name


def test_each_macro_lives_in_a_file_of_its_name() -> None:
    for path in (TEMPLATES / "ui").glob("*.html"):
        assert re.findall(r"{%-? macro (\w+)\(", path.read_text(encoding="utf-8")) == [path.stem]


def unused(css: str, words: set[str]) -> set[str]:
    """Classes of a style sheet that no page, element or view names, whole or as the start of a name it makes."""
    rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-zA-Z_][\w-]*)", rules))
    return {one for one in classes if one not in words and one.rpartition("-")[0] + "-" not in words}


def test_no_style_is_left_of_what_is_gone() -> None:
    places = ((TEMPLATES, "*.html"), (ROOT / "static" / "js", "*.js"), (ROOT / "vbg", "*.py"))
    texts = [file.read_text("utf-8") for folder, kind in places for file in folder.rglob(kind)]
    words = set(re.findall(r"[\w-]+", " ".join(texts)))
    assert {file.name: found for file in CSS.rglob("*.css") if (found := unused(file.read_text("utf-8"), words))} == {}
    assert unused(".gone-for-good:hover,.card{color:red}", words) == {"gone-for-good"}
