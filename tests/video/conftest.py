"""Real tools in the real sandbox, and films made once a run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.films import numbered
from vbg.video import run
from vbg.video.prepare import Prepared, prepare

UNEVEN_MS = [index * 40 + (index % 3) * 11 + (index // 30) * 900 for index in range(90)]


@pytest.fixture(scope="session")
def tools() -> run.Tools:
    return run.find()


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A phone's upright HEVC, an irregular film, sound before and shorter than the picture, a plain one."""
    folder = tmp_path_factory.mktemp("films")
    place = ("-metadata", "location=+52.0907+005.1214/", "-metadata", "comment=Kitchen of Ann")
    return {
        "turned": numbered(folder / "turned.mov", frames=60, size=(240, 320), codec="hevc", rotate=90, options=place),
        "uneven": numbered(folder / "uneven.mp4", frames=90, times_ms=UNEVEN_MS, sound=(0, 6)),
        "early": numbered(folder / "early.mp4", frames=75, sound=(-0.5, 1.5), options=place),
        "plain": numbered(folder / "plain.mp4", frames=400, fps=50, sound=(0, 8)),
    }


@pytest.fixture(scope="session")
def prepared(
    films: dict[str, Path], tools: run.Tools, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Prepared]:
    """Prepare a film by name, once a run."""
    done: dict[str, Prepared] = {}

    def get(name: str) -> Prepared:
        if name not in done:
            done[name] = prepare(films[name], tmp_path_factory.mktemp(name), tools)
        return done[name]

    return get
