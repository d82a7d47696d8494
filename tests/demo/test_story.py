"""The demo practice hangs together, follows the rules of the craft, and fits what the films show."""

from datetime import date
from itertools import pairwise

import pytest

from vbg.demo.cast import DemoFamily
from vbg.demo.scripts import SCRIPTS
from vbg.demo.story import KIEVIT, MEREL, PRACTICE
from vbg.tagsets.basisset import BASISSET

FAMILIES = pytest.mark.parametrize("family", PRACTICE.families, ids=lambda family: family.code)


@FAMILIES
def test_every_name_used_exists(family: DemoFamily) -> None:
    adults = {adult.call_name for adult in family.adults}
    goals = {goal.key for goal in family.goals}
    assert {said.who for said in family.consents} <= adults
    assert {child.household for child in family.children} <= set(family.households)
    assert {adult.household for adult in family.adults} <= set(family.households)
    for film in family.films:
        assert {goal for moment in film.moments for goal in moment.goals} <= goals
    for review in family.reviews:
        assert all(family.moment(step.moment).chosen for step in review.steps)
    for share in family.shares:
        assert share.who in adults
        assert family.moment(share.moment).words


@FAMILIES
def test_moments_follow_the_rule_of_the_basisset(family: DemoFamily) -> None:
    for film in family.films:
        for moment in film.moments:
            times = [mark.at_ms for mark in moment.marks]
            assert times == sorted(times)
            assert all(b - a < BASISSET.join_ms for a, b in pairwise(times))
            assert 0 < moment.end_ms - moment.start_ms <= BASISSET.max_ms
            assert moment.end_ms <= SCRIPTS[film.drawing].lasts_ms


@pytest.mark.parametrize(
    ("film", "at_ms", "drawing"),
    [
        ("pannenkoeken", MEREL.moment("points").marks[0].at_ms, "tafel_wijst"),
        ("pannenkoeken", MEREL.moment("bite").marks[0].at_ms, "tafel_biedt"),
        ("pannenkoeken", MEREL.moment("bite").marks[3].at_ms, "tafel_lachen"),
        ("pannenkoeken", MEREL.moment("look").marks[0].at_ms, "tafel_kijkt"),
        ("pannenkoeken", MEREL.moment("again").marks[0].at_ms, "tafel_lachen"),
        ("blokken", KIEVIT.moment("glance").marks[0].at_ms, "blok_kijkt"),
        ("blokken", KIEVIT.moment("give").marks[0].at_ms, "blok_reikt"),
        ("blokken", KIEVIT.moment("wait").marks[0].at_ms, "blok_zet"),
        ("blokken", KIEVIT.moment("wait").marks[1].at_ms, "blok_wacht"),
        ("blokken", KIEVIT.moment("tower").marks[1].at_ms, "blok_juicht"),
    ],
)
def test_a_press_names_what_is_seen_then(film: str, at_ms: int, drawing: str) -> None:
    seen = [scene.drawing for scene in SCRIPTS[film].scenes if scene.at_ms <= at_ms]
    assert seen[-1] == drawing


def test_ages_are_right_on_any_day() -> None:
    pip = MEREL.children[0]
    assert pip.born_on(date(2026, 11, 24)) == date(2024, 7, 24)
    assert pip.born_on(date(2027, 6, 30)) == date(2025, 2, 28)


def test_one_family_has_two_homes_and_every_sign_in_its_own_address() -> None:
    assert len(KIEVIT.households) == 2
    addresses = [person.email for person in PRACTICE.sign_ins()]
    assert len(addresses) == len(set(addresses)) == 5
    assert all(address.endswith(".test") for address in addresses)
