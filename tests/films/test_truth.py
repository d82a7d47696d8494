"""What a film's page and the program interface say happened to it."""

import gzip
import json
from itertools import accumulate

import pytest

from tests.films import numbered
from tests.films.conftest import SQLITE
from vbg import worker
from vbg.consents import actions as consents
from vbg.films import jobs
from vbg.films.models import Film

pytestmark = SQLITE


@pytest.fixture
def turned(house, take, tmp_path):
    """A film taken with a phone on its side, whose sound begins late and stops early."""
    path = numbered(tmp_path / "film.mov", frames=75, rotate=90, size=(240, 320), sound=(0.5, 2))
    film = take(path)
    worker.work_off(house)
    return film


def test_a_film_tells_what_was_odd_about_it(ann, turned):
    said = ann.get(f"/api/v1/films/{turned.id}").json
    told = {note["code"].removeprefix("film_note_"): note["text"] for note in said["notes"]}
    assert list(told) == ["sound_starts_later", "sound_stops_earlier", "turned"]
    assert told["turned"] == "Gedraaid opgenomen, rechtgezet."
    record = said["record"]
    assert (record["width"], record["height"], record["rotation"]) == (240, 320, 90)
    assert (record["picture"], record["sound"], record["sounds"], record["copied"]) == ("h264", "aac", 1, True)
    page = ann.get(f"/films/{turned.id}").text
    for text in told.values():
        assert text in page
    assert "240 × 320" in page
    assert "00:03.000" in page


def test_a_film_that_is_as_it_should_be_says_nothing(ann, ready):
    assert ann.get(f"/api/v1/films/{ready.id}").json["notes"] == []
    page = ann.get(f"/films/{ready.id}").text
    assert 'class="lines"' not in page
    assert '<dl class="why">' in page


def test_a_loss_is_said_with_weight(house, take, ann, tmp_path):
    whole = numbered(tmp_path / "whole.mkv", frames=200)
    path = tmp_path / "film.mkv"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    film = take(path)
    worker.work_off(house)
    notes = ann.get(f"/api/v1/films/{film.id}").json["notes"]
    assert notes[0]["code"] == "film_note_cut_off"
    page = ann.get(f"/films/{film.id}").text
    assert page.index("notice attention") < page.index(notes[0]["text"])


def test_of_a_film_on_hold_nothing_measured_is_told(ann, turned, house, world):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    worker.work_off(house)
    said = ann.get(f"/api/v1/films/{turned.id}").json
    assert (said["notes"], said["record"]) == ([], {})
    assert "240 × 320" not in ann.get(f"/films/{turned.id}").text


@pytest.mark.parametrize(
    ("step", "left_s", "says"),
    [
        ("", None, "De film wacht tot er plaats is."),
        ("measure", None, "We kijken hoe de film in elkaar zit."),
        ("encode", 30, "We maken de film afspeelbaar in elke browser. Nog minder dan een minuut."),
        ("encode", 70, "We maken de film afspeelbaar in elke browser. Nog ongeveer een minuut."),
        ("encode", 130, "We maken de film afspeelbaar in elke browser. Nog ongeveer 2 minuten."),
    ],
)
def test_a_film_under_way_says_what_is_done_and_how_long_it_takes(house, take, two_seconds, ann, step, left_s, says):
    film = take(two_seconds)
    with house.database.unit() as session:
        mine = session.get_one(Film, film.id)
        mine.state, mine.step, mine.left_s, mine.progress = "preparing", step, left_s, 0.4
    told = ann.get(f"/api/v1/films/{film.id}").json
    assert (told["step"], told["left_s"], told["says"], told["progress"]) == (step or None, left_s, says, 0.4)
    assert "<film-state" in ann.get(f"/films/{film.id}").text


def test_progress_is_told_by_step_while_a_film_is_made_to_play(house, take, fresh, ann, tmp_path, monkeypatch):
    film = take(numbered(tmp_path / "film.mov", frames=60, codec="hevc"))
    seen = []
    monkeypatch.setattr(jobs, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(jobs.rules, "SAYS_SECONDS", 0.0)
    real = jobs._Work.tell

    def tell(work, told):
        real(work, told)
        seen.append(ann.get(f"/api/v1/films/{film.id}").json)

    monkeypatch.setattr(jobs._Work, "tell", tell)
    worker.work_off(house)
    assert list(dict.fromkeys(one["step"] for one in seen)) == ["measure", "encode"]
    assert [one["progress"] for one in seen] == sorted(one["progress"] for one in seen)
    assert any(one["left_s"] is not None for one in seen)
    done = ann.get(f"/api/v1/films/{film.id}").json
    assert (done["state"], done["progress"], done["step"], done["left_s"], done["says"]) == ("ready", 1.0, *[None] * 3)


def test_the_times_of_a_long_film_go_out_squeezed(house, take, ann, tmp_path):
    film = take(numbered(tmp_path / "film.mp4", frames=400))
    worker.work_off(house)
    where = f"/api/v1/films/{film.id}/frames"
    plain, small = ann.get(where), ann.get(where, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(small.data)) == plain.json
    assert len(small.data) < len(plain.data) / 2
    assert ann.head(where + "?shape=steps").status_code == 200
    steps = ann.get(where + "?shape=steps").json["steps_us"]
    assert list(accumulate(steps, initial=0)) == plain.json["times_us"]
