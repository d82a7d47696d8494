"""A found moment goes into samen kijken in one press, and out by the same: from finding and from a goal."""

import pytest
from sqlalchemy import delete, select

from vbg import clock
from vbg.consents import actions as consents
from vbg.consents.models import Consent
from vbg.families import actions as families
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.moments.models import Moment
from vbg.reviews.models import Review, ReviewMoment

ALONE = {"Vbg-Fragment": "choice"}


@pytest.fixture
def stands(house):
    """The starred moments, and by family the moments of each review."""

    def look():
        with house.database.unit(write=False) as session:
            rows = {one.id: (one.family_id, []) for one in session.scalars(select(Review).order_by(Review.id))}
            for placed in session.scalars(select(ReviewMoment).order_by(ReviewMoment.position)):
                rows[placed.review_id][1].append(placed.moment_id)
            starred = set(session.scalars(select(Moment.id).where(Moment.chosen)))
        return starred, list(rows.values())

    return look


def address(moment):
    return f"/find/moments/{moment.id}/choice"


def test_one_press_begins_a_row_and_says_so(ann, scene, world, stands):
    merel = world.families["merel"].id
    part = ann.post(address(scene.plain), data={"wanted": "yes"}, headers=ALONE).text
    assert "<html" not in part
    assert 'aria-pressed="true"' in part
    assert 'value="no"' in part
    assert 'href="/reviews/' in part
    starred, rows = stands()
    assert scene.plain.id in starred
    assert rows == [(merel, [scene.plain.id])]


def test_the_same_press_again_leaves_nothing_behind(ann, scene, stands):
    for wanted in ("yes", "yes", "no", "no"):
        part = ann.post(address(scene.plain), data={"wanted": wanted}, headers=ALONE).text
    assert 'aria-pressed="false"' in part
    starred, rows = stands()
    assert scene.plain.id not in starred
    assert rows == []


def test_it_joins_the_row_that_is_being_prepared(ann, scene, review, stands):
    ann.post(address(scene.plain), data={"wanted": "yes"})
    assert stands()[1][0][1] == [scene.first.id, scene.second.id, scene.plain.id]
    ann.post(address(scene.first), data={"wanted": "no"})
    assert stands()[1][0][1] == [scene.second.id, scene.plain.id]


def test_a_row_with_a_theme_stays_when_it_is_empty(ann, scene, review, stands):
    ann.post(review, data={"theme": "Wachten"})
    for moment in (scene.first, scene.second):
        ann.post(address(moment), data={"wanted": "no"})
    assert [moments for _family, moments in stands()[1]] == [[]]


def test_a_row_that_has_started_is_left_alone(ann, scene, review, house, stands):
    with house.database.unit() as session:
        session.scalars(select(Review)).one().started_at = clock.now()
    assert 'aria-pressed="false"' in ann.get("/find").text
    assert 'aria-pressed="true"' not in ann.get("/find").text
    ann.post(address(scene.plain), data={"wanted": "yes"})
    ann.post(address(scene.first), data={"wanted": "no"})
    assert [moments for _family, moments in stands()[1]] == [[scene.first.id, scene.second.id], [scene.plain.id]]


def test_each_moment_goes_to_its_own_family(ann, scene, world, house, stands):
    with house.database.unit() as session:
        viewer = world.viewer("ann")
        lijster = families.begin(session, viewer, "Gezin Lijster", "BE")
        dad = families.add_member(session, viewer, lijster, "Omar", "adult", authority="yes")
        consents.answer(session, viewer, dad, "filming", "yes", "spoken")
        film = Film(family_id=lijster.id, number=1, by_id=world.people["ann"].id, state="ready", duration_ms=9000)
        session.add(film)
        session.flush()
        other = Moment(film_id=film.id, start_ms=1000, end_ms=2000, words="Samen.", found_by=world.people["ann"].id)
        session.add(other)
        session.flush()
    for moment in (scene.plain, other):
        assert ann.post(address(moment), data={"wanted": "yes"}).status_code == 200
    merel = world.families["merel"].id
    assert sorted(stands()[1], key=str) == sorted([(merel, [scene.plain.id]), (lijster.id, [other.id])], key=str)


def test_without_script_the_same_search_stands_there_again(ann, scene):
    page = ann.post(address(scene.plain), data={"wanted": "yes", "chosen": "yes"}).text
    assert page.count("data-moment=") == 3
    assert 'name="chosen" value="yes" checked' in page
    assert 'aria-pressed="true"' in page


def test_it_is_undone_in_the_film_too(ann, scene):
    ann.post(address(scene.plain), data={"wanted": "yes"})
    acts = ann.get(f"/api/v1/films/{scene.film.id}/acts").json["items"]
    assert acts[-1]["after"] == {"chosen": True}


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_a_stranger_and_a_parent_choose_nothing(client_for, scene, stands, who):
    before = stands()
    assert client_for(who).post(address(scene.plain), data={"wanted": "yes"}).status_code == 404
    assert stands() == before


def test_without_the_yes_of_the_family_nothing_is_chosen(ann, scene, house, stands):
    with house.database.unit() as session:
        session.execute(delete(Consent))
    assert ann.post(address(scene.plain), data={"wanted": "yes"}).status_code == 404
    assert stands()[1] == []


def test_from_the_page_of_a_goal(ann, scene, world, house, stands):
    with house.database.unit() as session:
        goal = Goal(family_id=world.families["merel"].id, text="Samen eten")
        session.add(goal)
        session.flush()
        goal_id = goal.id
    here = f"/goals/{goal_id}/moments/{scene.plain.id}/choice"
    answer = ann.post(here, data={"wanted": "yes"})
    assert answer.headers["Location"] == f"/goals/{goal_id}#m-{scene.plain.id}"
    assert scene.plain.id in stands()[0]
    assert 'aria-pressed="false"' in ann.post(here, data={"wanted": "no"}, headers=ALONE).text
    assert stands()[1] == []
