"""The parents' ladder: they choose a rung, their words stay theirs, up and down look alike."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from vbg import clock
from vbg.goals.models import Rung
from vbg.goals.rules import is_several


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def goal(ann, world):
    made = ann.post(f"/families/{world.families['merel'].id}/goals", data={"text": "We lachen samen."})
    return made.headers["Location"]


def choose(ann, goal, value, days_ago=0, **more):
    on = (clock.today() - timedelta(days=days_ago)).isoformat() if days_ago else ""
    answer = ann.post(f"{goal}/rungs", data={"value": str(value), "on": on} | more)
    assert answer.status_code == 302, answer.get_data(as_text=True)


def shown(ann, goal):
    return ann.get(goal).get_data(as_text=True)


def test_two_people_are_spoken_to_as_they_choose(ann, goal):
    choose(ann, goal, 2, 60, chosen_by="mama en papa")
    assert "mama en papa beginnen op trede 2." in shown(ann, goal)
    choose(ann, goal, 7, chosen_by="mama en papa", words="Dit was echt leuk.")
    page = shown(ann, goal)
    assert "mama en papa begonnen op trede 2. Vandaag kozen mama en papa trede 7." in page
    assert "<bdi>Dit was echt leuk.</bdi>" in page
    assert "Zo&#39;n week is er ook." not in page


def test_lower_is_said_as_quietly(ann, goal):
    choose(ann, goal, 5, 20, chosen_by="opa")
    choose(ann, goal, 4, chosen_by="opa")
    assert "opa begon op trede 5. Vandaag koos opa trede 4. Zo&#39;n week is er ook." in shown(ann, goal)


def test_two_homes_have_a_ladder_each(ann, goal, world):
    choose(ann, goal, 3, 9, chosen_by="mama")
    choose(ann, goal, 6, 5, chosen_by="papa")
    choose(ann, goal, 8, chosen_by="mama")
    page = shown(ann, goal)
    assert page.count('<svg class="ladder"') == 2
    assert "mama begon op trede 3. Vandaag koos mama trede 8." in page
    family = ann.get(f"/families/{world.families['merel'].id}").get_data(as_text=True)
    assert family.count('<svg class="ladder"') == 2


def test_a_rung_taken_away_can_be_put_back(ann, goal, house):
    choose(ann, goal, 6)
    with house.database.unit(write=False) as session:
        rung = session.scalars(select(Rung)).one()
    hidden = ann.post(f"/rungs/{rung.id}/removal").headers["Location"]
    page = ann.get(hidden).get_data(as_text=True)
    assert '<svg class="ladder"' not in page
    assert f"/rungs/{rung.id}/removal/end" in page
    ann.post(f"/rungs/{rung.id}/removal/end")
    assert '<svg class="ladder"' in shown(ann, goal)


def test_a_wrong_rung_comes_back_with_what_was_typed(ann, goal):
    tomorrow = (clock.today() + timedelta(days=3)).isoformat()
    answer = ann.post(f"{goal}/rungs", data={"value": "6", "words": "blijft <staan>", "on": tomorrow})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "blijft &lt;staan&gt;" in page
    assert "f-on-error" in page
    assert 'value="6" checked' in page


def test_a_draft_says_what_is_not_there_yet(ann, goal, world):
    family = f"/families/{world.families['merel'].id}"
    before = ann.get(family).get_data(as_text=True)
    ann.post(goal, data={"text": "We lachen samen.", "seen_as": "We kijken elkaar aan.", "authors": "Dilan"})
    choose(ann, goal, 2)
    after = ann.get(family).get_data(as_text=True)
    assert (before.count('<span class="sr">nog niet</span>'), after.count('<span class="sr">nog niet</span>')) == (3, 1)


@pytest.mark.parametrize(
    ("names", "several"),
    [("mama en papa", True), ("Samira, opa", True), ("mama", False), ("Jan & Els", True), ("Ellen", False),
     ("", False), ("en", False), ("Anna-en", False)],
)  # fmt: skip
def test_who_is_more_than_one(names, several):
    assert is_several(names) is several
