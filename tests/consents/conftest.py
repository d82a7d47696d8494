"""Kievit, whom nobody asked yet, with two parents and a child; Cas asks."""

import pytest
from sqlalchemy import select

from vbg.consents import queries
from vbg.families import actions as families
from vbg.families.models import Member


@pytest.fixture
def members(house, world):
    """Call name -> member of Kievit: Eve and Bo have authority, Jo has none, Noor is the child."""
    with house.database.unit() as session:
        viewer, family = world.viewer("cas"), world.families["kievit"]
        for name, authority in (("Bo", "yes"), ("Jo", "no"), ("Mo", "unknown")):
            families.add_member(session, viewer, family, name, "adult", authority=authority)
        found = session.scalars(select(Member).where(Member.family_id == family.id))
        return {one.call_name: one for one in found}


@pytest.fixture
def cas(client_for):
    return client_for("cas")


@pytest.fixture
def say(cas, members):
    """`say("Eve", filming="yes")`: kept as Cas does it, on the page."""

    def send(name, **answers):
        url = f"/families/{members[name].family_id}/consent"
        return cas.post(url, data={"member_id": members[name].id, "way": "spoken"} | answers)

    return send


@pytest.fixture
def take_back(cas, members):
    return lambda name, purpose="filming": cas.post(f"/members/{members[name].id}/consent/{purpose}/withdrawal")


@pytest.fixture
def is_open(house, world):
    def look(purpose="filming"):
        with house.database.unit(write=False) as session:
            return queries.allows(session, world.families["kievit"].id, purpose)

    return look
