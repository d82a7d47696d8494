"""The bag for supervision: moments and a question, opened by a yes asked for it alone, over after its day."""

from datetime import timedelta

import pytest

from vbg import clock
from vbg.audit import AuditLine
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.films.models import Film, Rendition
from vbg.moments.models import Moment
from vbg.reviews.models import Review
from vbg.supervision import rules
from vbg.supervision.models import Bag, Supervision


@pytest.fixture
def scene(house, world):
    """A film of Merel with a chosen moment and one that was not chosen."""
    with house.database.unit() as session:
        ann, family = world.people["ann"].id, world.families["merel"].id
        film = Film(family_id=family, number=1, by_id=ann, state="ready", duration_ms=60_000, sha256="0" * 64)
        session.add(film)
        session.flush()
        for kind in ("play", "frames"):
            session.add(Rendition(film_id=film.id, kind=kind, media_type="video/mp4", size_bytes=1))
        moments = [Moment(film_id=film.id, start_ms=at, end_ms=at + 5000, chosen=at == 0, words=words)
                   for at, words in ((0, "Pip kijkt op."), (9000, "Nog niet gekozen."))]  # fmt: skip
        session.add_all(moments)
        session.flush()
        return moments


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def merel(world):
    return world.families["merel"].id


@pytest.fixture
def bag(ann, scene, merel):
    """Ann's bag; its address."""
    sent = {"moments": [scene[0].id, scene[1].id], "question": "Wacht ik lang genoeg?"}
    return ann.post(f"/families/{merel}/supervision", data=sent).headers["Location"]


def say(client, bag, member, said):
    return client.post(f"{bag}/answers", data={"member_id": member.id, "said": said})


def test_without_a_yes_it_is_closed_and_asks_on_the_same_page(ann, bag, world):
    page = ann.get(bag).text
    assert "Wacht ik lang genoeg?" in page
    assert "<film-reel" not in page
    assert "Pip kijkt op." not in page
    assert "Mag ik deze momenten aan mijn supervisor laten zien?" in page
    assert f'value="{world.members["dilan"].id}"' in page


def test_a_yes_opens_it_a_no_or_a_withdrawal_closes_it(ann, bag, world):
    dilan = world.members["dilan"]
    say(ann, bag, dilan, "yes")
    page = ann.get(bag).text
    assert "Pip kijkt op." in page
    assert "Nog niet gekozen." not in page  # what is not chosen does not come along, whoever sends it
    ann.post(f"{bag}/answers/{dilan.id}/withdrawal")
    assert "Pip kijkt op." not in ann.get(bag).text
    assert ann.post(f"{bag}/answers/{dilan.id}/withdrawal").status_code == 422
    say(ann, bag, dilan, "yes")
    say(ann, bag, dilan, "no")
    assert "Pip kijkt op." not in ann.get(bag).text


def test_a_yes_to_one_bag_or_to_watching_opens_no_other(ann, bag, world, scene, merel):
    say(ann, bag, world.members["dilan"], "yes")
    other = ann.post(f"/families/{merel}/supervision", data={"moments": scene[0].id}).headers["Location"]
    assert "<film-reel" not in ann.get(other).text


def test_one_who_decides_too_can_lock_it(ann, bag, world, house, merel):
    with house.database.unit() as session:
        family = session.get_one(Family, merel)
        other = families.add_member(session, world.viewer("ann"), family, "Marek", "adult", authority="yes")
    say(ann, bag, world.members["dilan"], "yes")
    say(ann, bag, other, "no")
    assert "<film-reel" not in ann.get(bag).text


def test_after_its_day_it_is_over(ann, bag, world, house):
    say(ann, bag, world.members["dilan"], "yes")
    with house.database.unit() as session:
        kept = session.query(Bag).one()
        assert kept.until_on == clock.today() + timedelta(days=rules.DAYS)
        kept.until_on = clock.today() - timedelta(days=1)
    page = ann.get(bag).text
    assert "<film-reel" not in page
    assert "Deze tas is voorbij" in page


def test_the_day_and_the_moments_are_checked(ann, scene, merel):
    today, address = clock.today(), f"/families/{merel}/supervision"
    for wrong, field in (
        ({"until_on": str(today - timedelta(days=1))}, "until_on"),
        ({"until_on": str(today + timedelta(days=63))}, "until_on"), ({"until_on": "morgen"}, "until_on"),
        ({"moments": []}, "moments"), ({"moments": scene[1].id}, "moments"), ({"question": "x" * 2001}, "question"),
    ):  # fmt: skip
        answer = ann.post(address, data={"moments": scene[0].id, "question": "Hoe?"} | wrong)
        assert answer.status_code == 422, wrong
        assert f'id="f-{field}-error"' in answer.text, wrong


def test_it_is_hers_alone_and_ends_with_her_care(client_for, bag, world, house):
    assert client_for("bea").get(bag).status_code == 404
    assert client_for("cas").get(bag).status_code == 404
    assert say(client_for("bea"), bag, world.members["dilan"], "yes").status_code == 404
    assert client_for("dilan").get(bag).status_code in (302, 404)


def test_a_member_of_another_family_says_nothing_here(ann, bag, world):
    assert say(ann, bag, world.members["eve"], "yes").status_code == 404


def test_an_emptied_bag_leaves_the_moments(ann, bag, house, scene):
    assert ann.post(f"{bag}/removal").status_code == 302
    assert ann.get(bag).status_code == 404
    with house.database.unit(write=False) as session:
        assert session.get(Moment, scene[0].id) is not None


def test_the_portfolio_counts_rows_and_tells_nothing_of_a_family(ann, bag, scene, house, world, merel):
    with house.database.unit() as session:
        for days in (1, 20, 4 * 365):
            session.add(Review(family_id=merel, by_id=world.people["ann"].id, theme="Geheim thema",
                               closed_at=clock.now() - timedelta(days=days)))  # fmt: skip
    page = ann.get("/supervision").text
    numbers = page.split('class="two"')[1].split("h-bags")[0]
    assert "<b>1</b> van 10" in numbers
    assert "<b>0</b> van 16" in numbers
    for word in ("Merel", "Geheim", "Pip", "Dilan"):
        assert word not in numbers, word
    ann.post("/supervision")
    ann.post("/supervision", data={"held_on": str(clock.today() - timedelta(days=40))})
    page = ann.get("/supervision").text
    assert "<b>2</b> van 16" in page
    with house.database.unit(write=False) as session:
        assert len({one.held_on for one in session.query(Supervision)}) == 2
    assert ann.post("/supervision", data={"held_on": str(clock.today() + timedelta(days=1))}).status_code == 422


def test_a_wrong_press_does_not_count_and_nobody_elses_is_touched(ann, client_for, house):
    ann.post("/supervision")
    with house.database.unit(write=False) as session:
        line = session.query(AuditLine).filter_by(event="supervision.note").one()
    address = f"/supervision/held/{line.object_id}"
    assert client_for("bea").post(f"{address}/removal").status_code == 404
    ann.post(f"{address}/removal")
    assert "<b>0</b> van 16" in ann.get("/supervision").text
    ann.post(f"{address}/return")
    assert "<b>1</b> van 16" in ann.get("/supervision").text
