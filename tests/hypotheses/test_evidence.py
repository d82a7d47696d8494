"""A moment speaks for or against, once; what cannot be looked at now is not counted; the press has its way back."""

from tests.people import meet
from vbg.consents import actions as consents


def shown(client, thought):
    told = client.get(thought.api).get_json()
    return told["for"], told["against"]


def put(client, thought, moment, side):
    return client.put(f"{thought.api}/moments/{moment}", json={"side": side})


def test_a_moment_stands_on_one_side_at_a_time(ann, merel, thought):
    first, second, _ = map(str, merel.moments)
    assert put(ann, thought, second, "for").status_code == 200
    assert put(ann, thought, first, "for").get_json()["for"] == [first, second]
    assert put(ann, thought, first, "against").status_code == 200
    assert put(ann, thought, first, "against").status_code == 200
    assert shown(ann, thought) == ([second], [first])
    sides = {one["hypothesis"]: one["side"] for one in ann.get(f"/api/v1/moments/{first}/hypotheses").json["items"]}
    assert sides == {thought.id: "against"}


def test_taken_away_the_moment_stays_itself(ann, merel, thought):
    moment = merel.moments[0]
    put(ann, thought, moment, "for")
    for _twice in range(2):
        assert ann.delete(f"{thought.api}/moments/{moment}").status_code == 204
    assert shown(ann, thought) == ([], [])
    assert ann.get(f"/api/v1/moments/{moment}").status_code == 200


def test_a_moment_of_another_family_is_not_found(ann, merel, kievit, thought, house):
    assert put(ann, thought, kievit.moments[0], "for").status_code == 404
    with house.database.unit() as session:
        world = meet(session)
        from vbg.families import actions as families

        families.join_team(session, world.viewer("cas"), world.families["kievit"], world.people["ann"])
    refused = put(ann, thought, kievit.moments[0], "for")
    assert refused.status_code == 422
    assert "moment" in refused.get_json()["errors"]
    assert shown(ann, thought) == ([], [])


def test_what_is_in_the_trash_or_on_hold_is_not_shown(ann, merel, thought, house, world):
    put(ann, thought, merel.moments[0], "for")
    put(ann, thought, merel.moments[1], "against")
    seen = ann.get(f"/api/v1/moments/{merel.moments[0]}").headers["ETag"]
    ann.delete(f"/api/v1/moments/{merel.moments[0]}", headers={"If-Match": seen})
    assert shown(ann, thought) == ([], [str(merel.moments[1])])
    ann.post(f"/api/v1/moments/{merel.moments[0]}/restoration")
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    assert shown(ann, thought) == ([], [])
    page = ann.get(thought.url).get_data(as_text=True)
    assert "Pip wijst" not in page
    assert "Als Dilan wacht" in page


def test_the_page_shows_both_sides_and_plays_them(ann, merel, thought):
    put(ann, thought, merel.moments[0], "for")
    put(ann, thought, merel.moments[2], "against")
    page = ann.get(thought.url).get_data(as_text=True)
    assert page.count('data-part="still"') == 2
    assert f'data-film="{merel.film}"' in page
    assert 'data-start="40000"' in page
    assert f"/films/{merel.film}/workspace#{merel.moments[0]}" in page
    turned = ann.post(f"{thought.url}/moments/{merel.moments[0]}", data={"side": "against"})
    assert turned.headers["Location"] == thought.url
    assert shown(ann, thought) == ([], [str(merel.moments[0]), str(merel.moments[2])])
    assert ann.post(f"{thought.url}/moments/{merel.moments[0]}", data={"side": "both"}).status_code == 422


def test_the_open_moment_offers_the_familys_hypotheses(ann, merel, thought):
    ann.post(f"{merel.url}/hypotheses", data={"statement": "Iets anders."})
    page = ann.get(f"/films/{merel.film}/workspace").get_data(as_text=True)
    assert page.count('data-side="for"') == page.count('data-side="against"') == 2
    assert f'data-hypothesis="{thought.id}"' in page
    assert "<bdi>Als Dilan wacht, begint Pip.</bdi>" in page
    ann.post(f"{thought.url}/removal")
    assert thought.id not in ann.get(f"/films/{merel.film}/workspace").get_data(as_text=True)


def test_a_new_one_takes_the_moment_along(ann, merel):
    moment = merel.moments[1]
    form = ann.get(f"{merel.url}/hypotheses/new?moment={moment}").get_data(as_text=True)
    assert f'name="moment" value="{moment}"' in form
    made = ann.post(f"{merel.url}/hypotheses", data={"statement": "Koken helpt.", "moment": str(moment)})
    assert ann.get(f"/api/v1{made.headers['Location']}").get_json()["for"] == [str(moment)]
    for wrong in ("x", "' or 1=1"):
        assert 'name="moment"' not in ann.get(f"{merel.url}/hypotheses/new", query_string={"moment": wrong}).text
