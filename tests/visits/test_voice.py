"""A spoken note: sealed with the newest film, for its team alone, gone with the film; drawn only where it can work."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import PASSWORD
from vbg import audit, clock
from vbg.films import intake
from vbg.films.models import Film, Rendition
from vbg.store import StoreError
from vbg.visits.models import Visit

SOUND = b"een stem, veertig seconden " * 400


@pytest.fixture
def ann(client_for):
    client = client_for("ann")
    client.post("/language", data={"lang": "en"})
    return client


@pytest.fixture
def page(world):
    return f"/families/{world.families['merel'].id}/after"


@pytest.fixture
def film(house, world):
    rows = [Film(family_id=world.families["merel"].id, number=at, by_id=world.people["ann"].id) for at in (1, 2)]
    with house.database.unit() as session:
        session.add_all(rows)
    return rows[1]


def speak(client, page, sound=SOUND, kind="audio/webm;codecs=opus"):
    return client.post(f"{page}/voice", data=sound, headers={"Content-Type": kind}).status_code


def visit_id(house):
    with house.database.unit(write=False) as session:
        return session.scalars(select(Visit.id)).one()


def test_it_is_sealed_with_the_newest_film_and_played_back(ann, house, film, page):
    assert speak(ann, page) == 204
    address = f"/visits/{visit_id(house)}/voice"
    heard = ann.get(address)
    assert (heard.status_code, heard.content_type, heard.data) == (206, "audio/webm", SOUND)
    with house.database.unit(write=False) as session:
        kept = session.scalars(select(Rendition)).one()
        assert kept.film_id == film.id
        assert "visit.speak" in session.scalars(select(audit.AuditLine.event)).all()
    lying = house.store.sealed_file(kept.film_id, kept.kind, 1).read_bytes()
    assert SOUND[:60] not in lying
    shown = ann.get(page).text
    assert f'src="{address}"' in shown
    assert "<voice-note" not in shown


def test_one_visit_has_one_note_until_it_is_erased(ann, house, film, page):
    speak(ann, page)
    assert speak(ann, page, b"nog iets") == 409
    ann.post(f"/visits/{visit_id(house)}/voice/removal")
    assert ann.get(f"/visits/{visit_id(house)}/voice").status_code == 404
    assert list(house.store.listing()) == []
    assert speak(ann, page, b"nog iets") == 204
    assert ann.get(f"/visits/{visit_id(house)}/voice").data == b"nog iets"


def test_it_goes_with_its_film(ann, house, film, page):
    speak(ann, page)
    with house.database.unit(write=False) as session:
        kept = session.scalars(select(Rendition)).one()
    intake.erase(house, film.id, film.family_id)
    with pytest.raises(StoreError):
        house.store.open(kept.film_id, kept.kind, 1)
    assert ann.get(f"/visits/{visit_id(house)}/voice").status_code == 404


def test_without_a_film_or_without_https_its_place_says_so(ann, house, page, world):
    assert "Speaking works once the family has a film" in ann.get(page).text
    assert speak(ann, page) == 404
    with house.database.unit() as session:
        session.add(Film(family_id=world.families["merel"].id, number=1, by_id=world.people["ann"].id))
    assert "<voice-note" in ann.get(page).text
    away = {"base_url": "http://192.168.1.20:8000"}
    ann.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD}, **away)
    ann.post("/language", data={"lang": "en"}, **away)
    bare = ann.get(page, **away).text
    assert "Speaking works here once your practice has an address of its own." in bare
    assert "<voice-note" not in bare


@pytest.mark.parametrize(
    ("sound", "kind", "status"),
    [(b"", "audio/webm", 413), (b"x" * (6 * 1024**2 + 1), "audio/webm", 413), (SOUND, "text/html", 415)],
)
def test_what_is_no_note_is_refused(ann, house, film, page, sound, kind, status):
    assert speak(ann, page, sound, kind) == status
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Visit)).all() == []


@pytest.mark.parametrize(("who", "status"), [("bea", 206), ("cas", 404), ("dilan", 404)])
def test_the_team_alone_hears_it(ann, client_for, house, film, page, who, status):
    speak(ann, page)
    assert client_for(who).get(f"/visits/{visit_id(house)}/voice").status_code == status


def test_it_stays_with_the_film_it_was_kept_with(ann, house, world, film, page):
    speak(ann, page)
    with house.database.unit() as session:
        session.add(Film(family_id=film.family_id, number=3, by_id=film.by_id, created_at=clock.now() + timedelta(1)))
    assert ann.get(f"/visits/{visit_id(house)}/voice").data == SOUND
