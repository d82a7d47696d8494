"""What a film's page and the program interface say happened to it."""

import pytest

from tests.films import numbered
from tests.films.conftest import SQLITE
from vbg import worker
from vbg.consents import actions as consents

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
