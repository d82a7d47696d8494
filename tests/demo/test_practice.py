"""The demo practice is filled through the features, once, and taken up again where it was broken off."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
import pytest
from sqlalchemy import func, select

from vbg import config, worker
from vbg.demo import films, practice
from vbg.demo.story import KIEVIT, MEREL, PASSWORD, PRACTICE
from vbg.families.models import Family, Household
from vbg.films.models import Film
from vbg.house import House, enter, found
from vbg.migrations import run as migrations
from vbg.moments.models import Moment
from vbg.people import actions as people
from vbg.people import queries as people_queries
from vbg.reviews.models import Review
from vbg.sharing import queries as sharing


def plain_film(_name: str, path: Path, *, ffmpeg: str, progress: Callable[[float], None] | None = None) -> None:
    """A real film as long as the drawn one and quickly made: what is drawn has its own tests."""
    source = ["-f", "lavfi", "-i", "color=0x88aa66:s=160x90:r=25:d=60", "-f", "lavfi", "-i", "sine=300:d=60"]
    command = [ffmpeg, "-v", "error", *source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, "-c:a", "aac", "-shortest", str(path)], check=True)
    if progress:
        progress(1.0)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(films, "draw", plain_film)
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    settings = replace(config.load(tmp_path / "demo"), demo=True, ffmpeg=ffmpeg)
    found(settings, demo=True)
    made = enter(settings)
    migrations.upgrade(made.database)
    return made


def test_a_broken_filling_is_taken_up_again_and_made_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(practice, "_tell", _stop)
        with pytest.raises(KeyboardInterrupt):
            practice.fill(house, worker.work_off)
    assert not practice.is_filled(house)
    heard: list[float] = []
    practice.fill(house, worker.work_off, heard.append)
    assert practice.is_filled(house)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    practice.fill(house, worker.work_off)
    with house.database.unit(write=False) as session:
        counts = [session.scalar(select(func.count()).select_from(row)) for row in (Family, Film, Moment, Review)]
        homes = session.scalars(select(Household.name).order_by(Household.name)).all()
        ine = people.check_password(session, PRACTICE.counselor.email, PASSWORD, "127.0.0.1")
        assert ine.is_staff
        lotte = people_queries.by_email(session, "lotte@oefenpraktijk.test")
        assert lotte is not None
        (seen,) = sharing.of_parent(session, people_queries.viewer_of(lotte))
    assert counts == [2, 2, 8, 2]
    assert homes == ["Bij Samira", "Bij opa", "Thuis"]
    assert seen.words == MEREL.moment("bite").words
    assert seen.own_words == MEREL.shares[0].answer
    assert seen.length_ms == MEREL.moment("bite").end_ms - MEREL.moment("bite").start_ms
    assert practice.films_added(house) == 0
    assert [one["role"] for one in practice.sign_ins(house)] == ["counselor", *["parent"] * 4]
    assert KIEVIT.code != MEREL.code


def _stop(*_anything: object) -> None:
    raise KeyboardInterrupt
