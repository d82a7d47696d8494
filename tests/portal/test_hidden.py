"""What is taken back is gone at the next request: page, list, clip and answer."""

from datetime import timedelta

import pytest

from vbg import clock
from vbg.consents import actions as consents
from vbg.films.models import Film
from vbg.sharing.models import Share


@pytest.fixture
def share(give, world):
    return give(world.people["dilan"])


@pytest.fixture
def is_seen(dilan, share):
    def look():
        page = f"/portal/moments/{share.id}"
        answers = {dilan.get(page).status_code == 200, dilan.get(f"{page}/media").status_code == 206,
                   str(share.id) in dilan.get("/portal/").text}  # fmt: skip
        assert len(answers) == 1
        return answers.pop()

    return look


def test_a_share_taken_back(is_seen, ann, share, dilan):
    assert is_seen()
    assert ann.post(f"/shares/{share.id}/retraction").status_code == 302
    assert not is_seen()
    assert dilan.post(f"/portal/moments/{share.id}/answer", data={"words": "x"}).status_code == 404


@pytest.mark.parametrize("purpose", ["take_home", "filming"])
def test_a_yes_taken_back_and_given_again(is_seen, ann, house, world, purpose):
    assert is_seen()
    ann.post(f"/members/{world.members['dilan'].id}/consent/{purpose}/withdrawal")
    assert not is_seen()
    ann.post(
        f"/families/{world.families['merel'].id}/consent", data={"member_id": world.members["dilan"].id, purpose: "yes"}
    )
    assert is_seen()


def test_a_no_of_somebody_else_who_decides(is_seen, house, world):
    from vbg.families import actions as families

    with house.database.unit() as session:
        viewer = world.viewer("ann")
        other = families.add_member(session, viewer, world.families["merel"], "Bo", "adult", authority="yes")
        consents.answer(session, viewer, other, "take_home", "no", "spoken")
    assert not is_seen()


def test_a_moment_removed_and_brought_back(is_seen, ann, told):
    where = f"/api/v1/moments/{told.moment.id}"
    assert ann.delete(where, headers={"If-Match": '"1"'}).status_code in (200, 204)
    assert not is_seen()
    ann.post(f"/api/v1/films/{told.film.id}/undo")
    assert is_seen()


def test_a_film_removed(is_seen, house, told):
    with house.database.unit() as session:
        session.get_one(Film, told.film.id).removed_at = clock.now()
    assert not is_seen()


def test_not_before_its_day_nor_after_it(is_seen, house, share):
    with house.database.unit() as session:
        session.get_one(Share, share.id).until_at = clock.now() + timedelta(days=1)
    assert is_seen()
    with clock.freeze(clock.now() + timedelta(days=2)):
        assert not is_seen()
    with house.database.unit() as session:
        session.get_one(Share, share.id).until_at = None
        session.get_one(Share, share.id).from_at = clock.now() + timedelta(hours=1)
    assert not is_seen()
