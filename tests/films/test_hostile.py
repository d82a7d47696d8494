"""Hostile files by the way in that people use: ready, or failed with a sentence; nothing plain stays."""

from pathlib import Path

import pytest

from tests.films.conftest import SQLITE
from tests.video.camera import X264, ffmpeg, shoot
from tests.video.hostile import BOMBS, DISGUISES, ENDLESS, HOSTILE, PLAYLISTS, REFERENCES, Place
from vbg import worker
from vbg.web.words import REASONS

pytestmark = SQLITE
EACH_RUN = [next(iter(kind)) for kind in (PLAYLISTS, REFERENCES, BOMBS, ENDLESS, DISGUISES)] + ["flipped_15"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("street")
    neighbour = folder / "neighbour.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=magenta:s=320x240:r=25:d=2", *X264, str(neighbour))
    own = [shoot(folder / name, frames=25, sound=(0.0, 1.0)) for name in ("own.mp4", "own.mkv")]
    return Place(*own, neighbour, "http://127.0.0.1:9")


@pytest.mark.parametrize("names", [EACH_RUN, pytest.param([*HOSTILE], marks=pytest.mark.full)], ids=["some", "all"])
def test_each_hostile_film_is_ready_or_failed_with_a_sentence(names, house, take, fresh, ann, place, tmp_path: Path):
    for name in names:
        path = tmp_path / "film.mp4"
        path.write_bytes(HOSTILE[name].make(place))
        if not path.stat().st_size:
            continue  # an empty upload is refused before it is a film
        film = take(path)
        worker.work_off(house)
        now = fresh(film)
        assert now.state in ("ready", "failed"), name
        assert now.state == "ready" or now.reason in REASONS, name
        assert now.reason not in ("film_broke", "film_tool_missing", "film_no_room"), name
        assert ann.get(f"/films/{film.id}").status_code == 200, name
        assert ann.get(f"/api/v1/films/{film.id}").status_code == 200, name
        scratch = house.settings.data / "scratch"
        assert not scratch.exists() or not list(scratch.iterdir()), name
