"""Third-party browser code and fonts are exactly what the manifest says, and nothing more."""

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
PACKAGES = json.loads((STATIC / "vendor" / "manifest.json").read_text("utf-8"))["packages"]
FREE = {"0BSD", "MIT", "OFL-1.1"}


@pytest.mark.parametrize("package", PACKAGES, ids=[package["name"] for package in PACKAGES])
def test_every_file_is_as_it_was_fetched(package: dict):
    for name, expected in package["files"].items():
        assert hashlib.sha512((STATIC / name).read_bytes()).hexdigest() == expected, name
    assert package["licence"] in FREE
    licences = [name for name in package["files"] if name.endswith(("LICENSE", "OFL.txt"))]
    assert len(licences) == 1
    assert len((STATIC / licences[0]).read_text("utf-8")) > 300


def test_nothing_else_lies_there():
    listed = {name for package in PACKAGES for name in package["files"]} | {"vendor/manifest.json"}
    there = {
        path.relative_to(STATIC).as_posix()
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).rglob("*")
        if path.is_file()
    }
    assert there == listed


def test_every_font_is_used_and_there():
    css = (STATIC / "css" / "fonts.css").read_text("utf-8")
    used = set(re.findall(r'url\("\.\./(fonts/[^"]+)"\)', css))
    assert used == {name for package in PACKAGES for name in package["files"] if name.endswith(".woff2")}
    assert css.count("url(") == len(used)
    assert css.count("unicode-range:") == css.count("@font-face")
