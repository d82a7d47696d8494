"""A parent's answer: reactions and own words, unchanged, for the counselor and nobody else."""

import html
from uuid import UUID

import pytest

from vbg.sharing.models import Answer

OWN = "“Zo is hij!” 'ja' \"echt\" 😀\n\u202bكيف\u202c <script>alert(1)</script> e\u0301 & zo  "


@pytest.fixture
def share(give, world):
    return give(world.people["dilan"])


@pytest.fixture
def say(dilan, share):
    return lambda **data: dilan.post(f"/portal/moments/{share.id}/answer", data=data)


def kept(house, share):
    with house.database.unit(write=False) as session:
        return session.get(Answer, UUID(str(share.id)))


def test_it_is_kept_byte_for_byte_and_shown_back(say, share, house, dilan):
    assert say(words=OWN, reactions=["proud", "beautiful"]).status_code == 302
    answer = kept(house, share)
    assert (answer.words, answer.reactions) == (OWN, ["beautiful", "proud"])
    page = dilan.get(f"/portal/moments/{share.id}").text
    assert OWN in html.unescape(page)
    assert "<script>alert" not in page


def test_nothing_is_needed(say, share, house):
    assert say().status_code == 302
    assert kept(house, share) is None


def test_an_answer_is_taken_back_by_an_empty_one(say, share, house, ann):
    say(words="Dat is mijn kind", reactions="proud")
    say()
    assert kept(house, share) is None
    assert "Dat is mijn kind" not in ann.get("/today").text


def test_the_newest_replaces_the_one_before(say, share, house):
    say(words="eerst", reactions="proud")
    say(words="dan")
    assert (kept(house, share).words, kept(house, share).reactions) == ("dan", [])


@pytest.mark.parametrize("wrong", [{"words": "x" * 2001}, {"reactions": "love"}, {"words": "a\x00"}])
def test_what_cannot_be_is_refused_and_loses_nothing(say, share, house, wrong):
    say(words="eerst")
    assert say(**wrong).status_code == 422
    assert kept(house, share).words == "eerst"


def test_words_that_do_not_fit_stay_in_the_field(say):
    assert "x" * 2001 in say(words="x" * 2001).text


def test_the_counselor_hears_it_today(say, ann):
    say(words="Dat is mijn kind")
    assert "Dat is mijn kind" in ann.get("/today").text


def test_a_stranger_hears_nothing(say, client_for):
    say(words="Dat is mijn kind")
    for who, place in (("cas", "/today"), ("eve", "/portal/")):
        assert "Dat is mijn kind" not in client_for(who).get(place).text


def test_another_parent_never_sees_it(give, world, oma, app, house, dilan):
    from tests.people import PASSWORD

    give(world.people["dilan"], oma)
    from vbg.sharing.models import Share

    with house.database.unit(write=False) as session:
        mine = {one.person_id: one.id for one in session.query(Share)}
    theirs, hers = mine[world.people["dilan"].id], mine[oma.id]
    dilan.post(f"/portal/moments/{theirs}/answer", data={"words": "Dat is mijn kind", "reactions": "proud"})
    her = app.test_client()
    her.post("/sign-in", data={"email": "oma@thuis.test", "password": PASSWORD})
    for place in ("/portal/", f"/portal/moments/{hers}"):
        page = her.get(place)
        assert page.status_code == 200
        assert "Dat is mijn kind" not in page.text
        assert " checked" not in page.text
        assert "Dilan" not in page.text
    assert her.get(f"/portal/moments/{theirs}").status_code == 404
