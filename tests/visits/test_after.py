"""After a visit, in the car: each part on its own, nothing needed, tomorrow it stands on Today as not finished."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from vbg import clock
from vbg.films.models import Film, Wiping
from vbg.reviews.models import Review
from vbg.visits.models import Visit

TODAY = clock.today()


@pytest.fixture
def ann(client_for):
    client = client_for("ann")
    client.post("/language", data={"lang": "en"})
    return client


@pytest.fixture
def page(world):
    return f"/families/{world.families['merel'].id}/after"


def keep(house, *rows):
    with house.database.unit() as session:
        session.add_all(rows)


def visit(world, days=0, **told):
    family, ann = world.families["merel"].id, world.people["ann"].id
    return Visit(family_id=family, on=TODAY + timedelta(days=days), by_id=ann, **told)


def visits(house):
    with house.database.unit(write=False) as session:
        return session.scalars(select(Visit).order_by(Visit.on, Visit.id)).all()


def test_nothing_is_needed_and_a_visit_that_was_never_planned_is_one(ann, house, page):
    assert "Nothing here is needed." in ann.get(page).text
    assert ann.post(page, data={}).status_code == 302
    (found,) = visits(house)
    assert (found.on, bool(found.done_at), found.note) == (TODAY, True, "")
    ann.post(page, data={"note": "Pip lachte."})
    assert [one.note for one in visits(house)] == ["Pip lachte."], "the same visit, not a second one"


def test_what_was_written_before_is_folded_away(ann, house, world, page):
    keep(house, visit(world, note="Geheim"))
    shown = ann.get(page).text
    assert re.search(r'<details class="private">.*?Geheim.*?</details>', shown, re.DOTALL)
    assert "Geheim" not in re.sub(r"<details.*?</details>", "", shown, flags=re.DOTALL)


def test_the_step_of_the_last_watching_is_shown_and_corrected(ann, house, world, page):
    assert "A step comes when you have watched together." in ann.get(page).text
    family, by = world.families["merel"].id, world.people["ann"].id
    keep(house, Review(family_id=family, by_id=by, next_step="Wachten.", started_at=clock.now(), closed_at=clock.now()))
    assert "Wachten." in ann.get(page).text
    ann.post(page, data={"next_step": "Even wachten."})
    ann.post(page, data={"note": "Niets over de stap."})
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Review.next_step)).all() == ["Even wachten."]


def test_the_next_time_is_a_visit_and_sent_twice_it_is_one(ann, house, page):
    day = (TODAY + timedelta(days=7)).isoformat()
    for _twice in range(2):
        ann.post(page, data={"next_on": day, "next_at": "10:30", "next_what": " Koken "})
    told = [(one.on.isoformat(), one.what, one.kind) for one in visits(house)]
    assert told == [(TODAY.isoformat(), "", "filming"), (day, "Koken", "filming")]
    assert "Koken" in ann.get(page).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"next_on": "morgen"}, "This day does not exist."),
        ({"next_at": "straks"}, "Write a time such as 14:30."),
        ({"note": "x" * 5001}, "at most 5000 characters"),
        ({"note": "\0"}, "There is a sign in this text that we cannot keep."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(ann, house, page, sent, sentence):
    answer = ann.post(page, data={"next_what": "Koken"} | sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Koken"' in answer.text
    assert visits(house) == []


def test_the_film_on_the_phone_is_ticked_off_here(ann, client_for, house, world, page):
    family, by = world.families["merel"].id, world.people["ann"].id
    film = Film(family_id=family, number=1, by_id=by, state="ready")
    keep(house, film)
    keep(house, Wiping(film_id=film.id, family_id=family, by_id=by, number=1, sha256="0" * 64))
    shown = ann.get(page).text
    assert "Still on your phone" in shown
    assert 'name="from" value="after"' in shown
    back = ann.post(f"/films/{film.id}/wiping", data={"answer": "done", "from": "after"}).headers["Location"]
    assert back == page
    assert "Still on your phone" not in ann.get(page).text


def test_it_is_about_todays_visit_else_the_last_one_nobody_spoke_of(ann, house, world, page):
    keep(house, visit(world, -3, what="Oud"), visit(world, -20, what="Te oud"), visit(world, 2, what="Straks"))
    ann.post(page, data={"note": "Van toen."})
    assert {one.what: one.note for one in visits(house)} == {"Oud": "Van toen.", "Te oud": "", "Straks": ""}
    keep(house, visit(world, 0, what="Nu"))
    ann.post(page, data={"note": "Van vandaag."})
    assert next(one.note for one in visits(house) if one.what == "Nu") == "Van vandaag."


def test_tomorrow_it_asks_to_be_finished(ann, house, world, page):
    keep(house, visit(world, -1))
    assert f'{page}?visit={visits(house)[0].id}"' in ann.get("/today").text
    ann.post(page, data={})
    assert "To finish" not in ann.get("/today").text


def test_four_things_stand_on_the_way_for_the_family_of_the_visit(ann, house, world, page):
    def tiles(address):
        bar = re.search(r'<nav class="car.*?</nav>', ann.get(address).text, re.DOTALL)[0]
        return re.findall(r'<a href="([^"]+)"', bar)

    family = f"/families/{world.families['merel'].id}"
    four = ["/today", f"{family}/films/new", f"{family}/consent?back=family", page]
    keep(house, visit(world))
    for address in ("/today", family, page):
        assert tiles(address) == four
    for address in four:
        assert ann.get(address).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("bea", 200), ("cas", 404), ("dilan", 404), ("", 302)])
def test_the_team_alone_opens_it(client_for, page, who, status):
    assert client_for(who).get(page).status_code == status


def test_a_visit_of_another_family_is_not_written_in(ann, house, world, page):
    other = Visit(family_id=world.families["kievit"].id, on=TODAY, by_id=world.people["cas"].id)
    keep(house, other)
    ann.post(page, data={"visit": str(other.id), "note": "Verkeerd"})
    assert {one.family_id == other.family_id: one.note for one in visits(house)} == {True: "", False: "Verkeerd"}
