"""A film that its counselor's browser plays as it came can be tagged at once; its H.264 twin follows for everybody."""

import uuid
from pathlib import Path

import pytest

from tests.films import images, read_number
from tests.films.conftest import BYTES, SQLITE, TUS, begin
from tests.video.camera import shoot
from tests.video.zoo import OPUS, VP9, X265
from vbg import worker
from vbg.films import intake, jobs, rules
from vbg.films.forms import NewUpload
from vbg.films.models import Film, Upload
from vbg.video.errors import ToolError

FRAMES = 50
PLAIN = ("-pix_fmt", "yuv420p")


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Path:
    """An iPhone's HEVC of ordinary brightness."""
    return shoot(tmp_path_factory.mktemp("phone") / "film.mov", (*X265, *PLAIN), frames=FRAMES, sound=(0, 2))


@pytest.fixture(scope="module")
def browser_film(tmp_path_factory) -> Path:
    """What a browser records: VP9 and Opus."""
    path = tmp_path_factory.mktemp("browser") / "film.webm"
    return shoot(path, (*VP9, *PLAIN), frames=FRAMES, sound=(0, 2), speak=OPUS)


@pytest.fixture
def sent(house, world):
    """Bring a file in as Ann, whose browser says that it plays these."""

    def run(path: Path, plays: str) -> Film:
        family = str(world.families["merel"].id)
        form = NewUpload(family=family, length=path.stat().st_size, filename=path.name, plays=plays)
        return intake.take(house, world.viewer("ann"), path, form)

    return run


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("hevc,vp9,av1", "hevc,vp9,av1"), ("av1, hevc", "hevc,av1"), ("h264,theora", ""), ("", ""),
        ("hevc;drop", ""), ("vp9," * 90, "vp9"), ("HEVC", ""), ("<script>,vp9", "vp9"),
    ],
)  # fmt: skip
def test_only_known_codecs_are_kept_of_what_a_browser_says(said, kept):
    assert rules.playing(said) == kept


def test_what_the_browser_says_is_kept_with_the_upload_and_goes_with_the_film(house, world, ann, phone):
    data = phone.read_bytes()
    made = begin(ann, len(data), family=str(world.families["merel"].id), plays="vp9,hevc,nonsense")
    headers = TUS | BYTES | {"Upload-Offset": "0"}
    done = ann.patch(made.headers["Location"], headers=headers, data=data)
    with house.database.unit(write=False) as session:
        upload = session.get(Upload, uuid.UUID(made.headers["Location"].rsplit("/", 1)[1]))
        film = session.get(Film, upload.film_id)
        assert (upload.plays, film.plays) == ("hevc,vp9", "hevc,vp9")
    assert done.headers["Vbg-Film"] == str(film.id)


@pytest.mark.parametrize("kind", ["hevc", "vp9"])
def test_it_is_taggable_as_it_came_and_its_twin_takes_over(
    kind, house, sent, fresh, ann, phone, browser_film, tmp_path
):
    film = sent(phone if kind == "hevc" else browser_film, kind)
    jobs.prepare(house, film.id)
    now, where = fresh(film), f"/api/v1/films/{film.id}"
    assert (now.state, now.proxy, now.play_codec) == ("ready", "wanted", kind)
    assert f'codec="{kind}"' in ann.get(f"/films/{film.id}/workspace").text
    told, times = ann.get(where).json, ann.get(f"{where}/frames").json
    assert told["play_codec"] == kind
    assert ann.get(f"{where}/poster").status_code == 200
    old = ann.head(f"{where}/media?v=1").headers["ETag"]
    assert ann.head(f"{where}/media").headers["ETag"] == old
    worker.work_off(house)
    now = fresh(film)
    assert (now.proxy, now.play_version, now.play_codec) == ("made", 2, "")
    assert ann.head(f"{where}/media").headers["ETag"] != old
    assert ann.get(f"{where}/frames").json == times
    assert "codec=" not in ann.get(f"/films/{film.id}/workspace").text
    play = tmp_path / "play.mp4"
    play.write_bytes(ann.get(f"{where}/media").data)
    assert [read_number(image, turned=False) for image in images(play)] == list(range(FRAMES))


def test_a_still_is_made_before_the_twin_is(house, sent, fresh, ann, phone):
    film = sent(phone, "hevc")
    jobs.prepare(house, film.id)
    where = f"/api/v1/films/{film.id}/still?at_ms=400"
    assert ann.get(where).status_code == 202
    jobs.make_stills(house, film.id)
    assert ann.get(where).status_code == 200
    assert fresh(film).play_codec == "hevc"


@SQLITE
def test_for_a_browser_that_says_nothing_it_is_encoded(house, sent, fresh, phone):
    film = sent(phone, "")
    worker.work_off(house)
    assert (fresh(film).state, fresh(film).play_codec, fresh(film).record["copied"]) == ("ready", "", False)


@SQLITE
def test_where_no_twin_can_be_the_same_it_is_said_that_there_is_none(house, sent, fresh, ann, phone, monkeypatch):
    film = sent(phone, "hevc")
    jobs.prepare(house, film.id)

    def fail(*_given, **_named):
        raise ToolError("failed", exit=1, words="")

    with monkeypatch.context() as broken:
        broken.setattr(jobs.preparing, "proxy", fail)
        worker.work_off(house)
    assert (fresh(film).proxy, fresh(film).play_codec) == ("kept", "hevc")
    assert 'codec="hevc" alone' in ann.get(f"/films/{film.id}/workspace").text
