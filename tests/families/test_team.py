"""The care team says who sees a family: named, from a day until a day."""

from datetime import timedelta

from sqlalchemy import select

from vbg import clock
from vbg.families.models import Care


def test_a_colleague_joins_and_sees_it(client_for, world):
    family = world.families["merel"]
    cas, ann = client_for("cas"), client_for("ann")
    assert cas.get(f"/families/{family.id}").status_code == 404
    ann.post(f"/families/{family.id}/team", data={"person_id": world.people["cas"].id})
    assert cas.get(f"/families/{family.id}").status_code == 200
    assert "Gezin Merel" in cas.get("/today").text


def test_whose_time_is_over_sees_nothing_more(client_for, world, house):
    family, bea = world.families["merel"], client_for("bea")
    assert bea.get(f"/families/{family.id}").status_code == 200
    with house.database.unit() as session:
        care = session.scalars(select(Care).where(Care.person_id == world.people["bea"].id)).one()
        care.until_on = clock.today()
    assert bea.get(f"/families/{family.id}").status_code == 404
    assert "Gezin Merel" not in bea.get("/today").text


def test_whose_time_has_not_begun_sees_nothing_yet(client_for, world, house):
    with house.database.unit() as session:
        care = session.scalars(select(Care).where(Care.person_id == world.people["bea"].id)).one()
        care.from_on = clock.today() + timedelta(days=1)
    assert client_for("bea").get(f"/families/{world.families['merel'].id}").status_code == 404


def test_a_parent_joins_no_team(client_for, world):
    family, ann = world.families["merel"], client_for("ann")
    answer = ann.post(f"/families/{family.id}/team", data={"person_id": world.people["dilan"].id})
    assert answer.status_code in (404, 422)
    for nobody in ("", "x", "00000000-0000-7000-8000-000000000000"):
        assert ann.post(f"/families/{family.id}/team", data={"person_id": nobody}).status_code in (404, 422)
