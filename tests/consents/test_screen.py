"""One screen: the three questions, who said what, and what is open now."""

import re

import pytest


@pytest.fixture
def page(cas, world):
    return lambda: cas.get(f"/families/{world.families['kievit'].id}/consent").text


def test_each_adult_is_asked_three_things_and_nothing_is_ticked(page, members):
    text = page()
    asked = set(re.findall(r'<input[^>]*name="(filming|review|take_home)"', text))
    assert asked == {"filming", "review", "take_home"}
    assert not re.search(r'name="(filming|review|take_home)"[^>]*checked', text)
    assert not re.search(r'name="(filming|review|take_home)"[^>]*\srequired', text)
    for name in ("Eve", "Bo", "Jo"):
        assert name in text


def test_it_asks_in_the_counselors_own_name(page, members):
    assert "Cas" in page()


def test_the_way_back_stands_beside_each_yes(page, say, members, take_back):
    withdrawal = f"/members/{members['Eve'].id}/consent/filming/withdrawal"
    assert withdrawal not in page()
    say("Eve", filming="yes", review="no")
    assert withdrawal in page()
    assert "/consent/review/withdrawal" not in page()
    take_back("Eve")
    assert withdrawal not in page()


def test_asked_from_the_family_page_one_returns_there(say, world):
    there = f"/families/{world.families['kievit'].id}"
    assert say("Eve", filming="yes", back="family").headers["Location"] == there
    assert say("Eve", filming="yes").headers["Location"] == f"{there}/consent"


def test_a_family_without_adults_is_led_on(client_for):
    ann = client_for("ann")
    place = ann.post("/families", data={"code": "Gezin Roos"}).headers["Location"]
    text = ann.get(f"{place}/consent").text
    assert f"{place}/edit#members" in text
