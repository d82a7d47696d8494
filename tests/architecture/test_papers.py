"""The papers around the code say what the code does: pins, settings, licence, how a wheel is put together."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

from tests.architecture import reading
from tests.architecture.reading import CLONE
from vbg.config import Settings

PYPROJECT = tomllib.loads((CLONE / "pyproject.toml").read_text(encoding="utf-8"))


def lines(name: str) -> list[str]:
    return (CLONE / "vbg" / name).read_text(encoding="utf-8").splitlines()


def asked(name: str) -> list[str]:
    return [line for line in lines(name) if line.strip() and not line.startswith(("#", "-"))]


def pinned(name: str) -> dict[str, list[str]]:
    """Package name -> the versions pinned for it."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        hit = re.match(r"([A-Za-z0-9_.-]+)==(\S+)", line)
        if hit:
            found.setdefault(hit[1], []).append(hit[2])
    return found


def settings() -> list[str]:
    return [f"VBG_{field.name.upper()}" for field in fields(Settings)]


def test_a_wheel_asks_for_what_the_clone_installs() -> None:
    assert reading.pins_not_asked(asked("requirements.in"), PYPROJECT["project"]["dependencies"]) == set()


def test_a_dependency_in_one_list_only_is_seen() -> None:
    assert reading.pins_not_asked(["flask>=3", "numpy"], ["Flask>=3"]) == {"numpy"}


def test_every_pin_is_checked_by_its_hash() -> None:
    for name in ("requirements.txt", "requirements-test.txt", "requirements-headless.txt"):
        text = (CLONE / "vbg" / name).read_text(encoding="utf-8")
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in block, f"{name}: {block.splitlines()[0]}"


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    tested = pinned("requirements-test.txt")
    assert {
        name: versions for name, versions in pinned("requirements.txt").items() if tested.get(name) != versions
    } == {}


def test_the_headless_overlay_is_the_same_opencv() -> None:
    assert pinned("requirements-headless.txt")["opencv-python-headless"] == pinned("requirements.txt")["opencv-python"]


def test_readme_names_every_setting() -> None:
    readme = (CLONE / "README.md").read_text(encoding="utf-8")
    assert reading.unnamed_settings(readme, settings()) == []


def test_a_setting_that_the_readme_forgets_is_seen() -> None:
    assert reading.unnamed_settings("`VBG_DATA_FOLDER` is set", ["VBG_DATA"]) == ["VBG_DATA"]


def test_contributing_names_the_sample_films() -> None:
    assert "VBG_SAMPLES" in (CLONE / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_licence_is_whole() -> None:
    text = (CLONE / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_media_can_never_be_shipped() -> None:
    targets = PYPROJECT["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["only-include"] == ["vbg", "templates", "static"]
    assert "media" not in targets["sdist"]["only-include"]


def test_git_keeps_nothing_of_media_but_its_page() -> None:
    kept = [path.relative_to(CLONE).as_posix() for path in reading.tracked(CLONE)]
    assert [name for name in kept if name.startswith("media/")] == ["media/.gitignore", "media/README.md"]


def test_the_build_machine_calls_the_readmes_command() -> None:
    assert (CLONE / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("\npython3 -m vbg test")
    assert "python3 -m vbg test" in (CLONE / "README.md").read_text(encoding="utf-8")
