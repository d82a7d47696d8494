"""Who belongs to a family: by call name, in a home or in two, nobody assumed."""

import pytest
from sqlalchemy import select

from vbg.families.models import Household, Member
from vbg.web.words import say


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def family(world):
    return world.families["merel"]


@pytest.fixture
def add(ann, family):
    return lambda **data: ann.post(f"/families/{family.id}/members", data=data)


def named(house, name):
    with house.database.unit(write=False) as session:
        return session.scalar(select(Member).where(Member.call_name == name))


def test_a_call_name_is_enough(add, house):
    assert add(call_name="oma Rita").status_code == 302
    member = named(house, "oma Rita")
    assert (member.kind, member.authority, member.born_on, member.household_id) == ("adult", "unknown", None, None)


def test_two_homes_each_made_once(add, house):
    for name, home in (("Samira", "Kerkstraat"), ("Tom", "Stationsstraat"), ("Lou", " Kerkstraat ")):
        add(call_name=name, household=home, kind="child" if name == "Lou" else "adult")
    with house.database.unit(write=False) as session:
        assert sorted(session.scalars(select(Household.name))) == ["Kerkstraat", "Stationsstraat"]
    assert named(house, "Lou").household_id == named(house, "Samira").household_id


@pytest.mark.parametrize(
    "wrong",
    [{}, {"call_name": " "}, {"call_name": "x" * 61}, {"call_name": "Pip", "kind": "mama"},
     {"call_name": "Pip", "born_on": "31 februari"}, {"call_name": "Pip", "authority": "perhaps"},
     {"call_name": "Pip\x00"}, {"call_name": "Pip", "household": "x" * 61}],
)  # fmt: skip
def test_what_cannot_be_is_refused(add, house, wrong):
    with house.database.unit(write=False) as session:
        before = len(session.scalars(select(Member)).all())
    answer = add(**wrong)
    assert answer.status_code == 422
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(Member)).all()) == before


def test_no_page_makes_somebody_a_mother_or_a_father(add, ann, family):
    add(call_name="pleegpapa Jo", authority="no")
    for place in ("", "/edit", "/consent"):
        page = ann.get(f"/families/{family.id}{place}").text
        assert "pleegpapa Jo" in page
        for word in ("moeder", "vader", "Mama", "Papa"):
            assert word not in page, (place, word)


def test_somebody_is_taken_off_the_list_again(add, ann, house):
    add(call_name="Fout")
    assert ann.post(f"/members/{named(house, 'Fout').id}/removal").status_code == 302
    assert named(house, "Fout") is None


def test_who_has_an_account_stays(ann, app, world, house):
    answer = ann.post(f"/members/{world.members['dilan'].id}/removal")
    assert answer.status_code == 422
    with app.test_request_context():
        assert say("member_has_account") in answer.text
    assert named(house, "Dilan")


def test_a_member_with_answers_can_leave_too(add, ann, family, house):
    add(call_name="oma Rita")
    rita = named(house, "oma Rita").id
    ann.post(f"/families/{family.id}/consent", data={"member_id": rita, "filming": "yes"})
    assert ann.post(f"/members/{rita}/removal").status_code == 302
    assert named(house, "oma Rita") is None
