"""The plan of approach: goal, strategy, step; from every step one walks back to moments; nothing private at first."""

import re
from datetime import timedelta

import pytest

from vbg import clock, ids
from vbg.moments.models import MomentGoal


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_goal_strategy_step(ann, merel, plan):
    (told,) = ann.get(plan.api).get_json()["items"]
    assert told == {
        "id": plan.strategy, "goal": str(merel.goal), "text": "Eerst wachten.", "hypothesis": None, "film": None,
        "steps": [{"id": plan.step, "text": "Tel tot drie.", "who": "Dilan", "when_words": "aan tafel",
                   "done_on": None}],
    }  # fmt: skip
    page = read(ann, plan.page)
    assert page.index("We lachen samen.") < page.index("Eerst wachten.") < page.index("Tel tot drie.")
    assert f'href="{plan.page}"' in read(ann, merel.url)


def test_from_a_step_one_walks_to_moments(ann, merel, plan, thought, house):
    with house.database.unit() as session:
        session.add(MomentGoal(moment_id=merel.moments[0], goal_id=merel.goal))
    ann.put(f"{thought.api}/moments/{merel.moments[2]}", json={"side": "for"})
    ann.post(plan.url, data={"text": "Eerst wachten.", "hypothesis": thought.id, "film": str(merel.film)})
    link = re.search(rf'href="({plan.url})#s-{plan.step}"', read(ann, plan.page))
    assert link
    page = read(ann, link[1])
    for moment in (merel.moments[0], merel.moments[2]):
        assert f"/films/{merel.film}/workspace#{moment}" in page
    assert f'href="{thought.url}"' in page


def test_what_it_rests_on_is_folded(ann, merel, plan, thought):
    ann.post(plan.url, data={"text": "Eerst wachten.", "hypothesis": thought.id})
    for address in (plan.page, plan.url):
        page = read(ann, address)
        fold = page[page.index('<details class="private">') :]
        assert fold.index("Alleen voor jou (1)") < fold.index("</summary>") < fold.index("Als Dilan wacht")
        assert page.count("Als Dilan wacht") == 1


def test_a_step_is_done_on_a_day_and_not_after_all(ann, plan):
    ann.post(f"{plan.step_url}/done", data={"from": "plan"})
    assert ann.get(plan.api).get_json()["items"][0]["steps"][0]["done_on"] == clock.today().isoformat()
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert ann.put(f"/api/v1{plan.step_url}/done", json={"on": yesterday}).get_json()["done_on"] == yesterday
    late = ann.put(f"/api/v1{plan.step_url}/done", json={"on": "2999-01-01"})
    assert list(late.get_json()["errors"]) == ["on"]
    assert ann.post(f"{plan.step_url}/done", data={"on": "2999-01-01"}).status_code == 422
    assert ann.delete(f"/api/v1{plan.step_url}/done").get_json()["done_on"] is None


def test_what_is_taken_away_can_be_put_back(ann, plan):
    shown = ann.post(f"{plan.step_url}/removal").headers["Location"]
    assert f'action="{plan.step_url}/removal/end"' in read(ann, shown)
    assert "Tel tot drie." not in read(ann, plan.page)
    ann.post(f"{plan.step_url}/removal/end")
    assert "Tel tot drie." in read(ann, plan.page)
    ann.post(f"{plan.url}/removal")
    assert "Eerst wachten." not in read(ann, plan.page)
    assert f'action="{plan.url}/removal/end"' in read(ann, plan.url)
    ann.post(f"{plan.url}/removal/end")
    assert "Eerst wachten." in read(ann, plan.page)


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"text": " "}, "text"), ({"text": "x" * 501}, "text"),
     ({"text": "x", "hypothesis": str(ids.new())}, "hypothesis"),
     ({"text": "x", "film": str(ids.new())}, "film"), ({"text": "x", "film": "film 1"}, "film")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_by_its_field(ann, merel, sent, field):
    refused = ann.post(f"/api/v1/goals/{merel.goal}/strategies", json=sent)
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, [field])
    assert ann.post(f"/goals/{merel.goal}/strategies", data=sent).status_code == 422
    assert ann.get(f"{merel.api}/plan").get_json()["items"] == []


def test_a_film_of_another_family_is_not_in_the_plan(client_for, merel, kievit, house, world, ann, plan):
    from vbg.families import actions as families

    with house.database.unit() as session:
        families.join_team(session, world.viewer("cas"), world.families["kievit"], world.people["ann"])
    assert ann.post(plan.url, data={"text": "x", "film": str(kievit.film)}).status_code == 422
    assert "Eerst wachten." in read(ann, plan.page)


def test_the_same_post_makes_no_twin(ann, merel, plan):
    for address, sent in (
        (f"/api/v1/goals/{merel.goal}/strategies", {"id": str(ids.new()), "text": "Samen koken."}),
        (f"/api/v1/strategies/{plan.strategy}/steps", {"id": str(ids.new()), "text": "Deeg maken."}),
    ):
        assert [ann.post(address, json=sent).status_code for _twice in range(2)] == [201, 200]
        assert ann.post(address, json=sent | {"text": "Anders."}).status_code == 409


def test_what_was_agreed_while_watching_stands_under_its_goal(ann, merel, plan, house):
    review = ann.post("/reviews", data={"film": str(merel.film)}).headers["Location"]
    told = {"next_step": "Even wachten voor het eten.", "goal": str(merel.goal)}
    assert ann.post(f"{review}/closure", data=told).status_code == 302
    page = read(ann, plan.page)
    assert page.index("Tel tot drie.") < page.index("Even wachten voor het eten.") < page.index("Voeg")
    assert f'href="{review}"' in page
    ann.post(f"{review}/reopening")
    assert "Even wachten voor het eten." not in read(ann, plan.page)
    ann.post(f"{review}/closure", data=told | {"goal": ""})
    assert "Ook afgesproken" in read(ann, plan.page)


def test_a_goal_of_another_family_is_refused_when_wrapping_up(ann, merel, kievit):
    review = ann.post("/reviews", data={"film": str(merel.film)}).headers["Location"]
    refused = ann.post(f"{review}/closure", data={"next_step": "Wachten.", "goal": str(kievit.goal)})
    assert refused.status_code == 422
    assert "Wachten." in refused.get_data(as_text=True)


def test_the_team_sees_it_and_nobody_else(client_for, merel, plan):
    assert client_for("bea").get(plan.page).status_code == 200
    for stranger in ("cas", "dilan", "eve"):
        client = client_for(stranger)
        for address in (plan.page, plan.api, plan.url, f"{plan.step_url}/edit"):
            assert client.get(address).status_code == 404, (stranger, address)
        assert client.post(f"{plan.step_url}/done").status_code == 404
