"""A working hypothesis: kept with its day, judged with a reason, never lost, seen by the team alone."""

from datetime import timedelta

import pytest

from vbg import clock, ids


def page_of(client, thought):
    return client.get(thought.url).get_data(as_text=True)


def test_its_statement_is_enough(ann, merel, thought):
    told = ann.get(thought.api).get_json()
    assert told == {
        "id": thought.id, "statement": "Als Dilan wacht, begint Pip.", "source": "observation",
        "source_on": clock.today().isoformat(), "status": "new", "for": [], "against": [], "removed": False,
        "films": [], "statuses": [], "askings": [],
    }  # fmt: skip
    assert [one["id"] for one in ann.get(f"{merel.api}/hypotheses").get_json()["items"]] == [thought.id]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"statement": " \n"}, "statement"), ({}, "statement"), ({"statement": "x" * 501}, "statement"),
     ({"statement": "x", "source": "dream"}, "source"), ({"statement": "x", "source_on": "gisteren"}, "source_on"),
     ({"statement": "x", "source_on": "2999-01-01"}, "source_on"),
     ({"statement": "x", "films": ["00000000-0000-0000-0000-000000000000"]}, "films")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_by_its_field(ann, merel, sent, field):
    refused = ann.post(f"{merel.api}/hypotheses", json=sent)
    assert refused.status_code == 422
    assert list(refused.get_json()["errors"]) == [field]
    again = ann.post(f"{merel.url}/hypotheses", data=sent)
    assert again.status_code == 422
    assert ann.get(f"{merel.api}/hypotheses").get_json()["items"] == []


def test_the_same_post_makes_no_twin(ann, merel):
    sent = {"id": str(ids.new()), "statement": "Koken helpt."}
    assert [ann.post(f"{merel.api}/hypotheses", json=sent).status_code for _twice in range(2)] == [201, 200]
    assert ann.post(f"{merel.api}/hypotheses", json=sent | {"statement": "Anders."}).status_code == 409
    assert len(ann.get(f"{merel.api}/hypotheses").get_json()["items"]) == 1


def test_each_judgement_has_a_reason_and_stays_to_be_read(ann, thought):
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    first = {"status": "testing", "reason": "Op de film van <eten> begint Pip.", "on": yesterday}
    assert ann.post(f"{thought.url}/statuses", data=first).status_code == 302
    assert ann.post(f"{thought.api}/statuses", json={"status": "fails", "reason": "Ook zonder."}).status_code == 201
    told = ann.get(thought.api).get_json()
    assert told["status"] == "fails"
    assert [(one["status"], one["on"]) for one in told["statuses"]] == [
        ("testing", yesterday), ("fails", clock.today().isoformat())
    ]  # fmt: skip
    page = page_of(ann, thought)
    assert page.index("Ook zonder.") < page.index("Op de film van &lt;eten&gt; begint Pip.")
    assert "Ann" in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"status": "new", "reason": "Toch."}, "status"), ({"status": "holds"}, "reason"),
     ({"status": "true", "reason": "Toch."}, "status"), ({"reason": "Toch."}, "status"),
     ({"status": "holds", "reason": "Toch.", "on": "2999-01-01"}, "on")],
)  # fmt: skip
def test_a_judgement_that_says_nothing_is_refused(ann, thought, sent, field):
    assert list(ann.post(f"{thought.api}/statuses", json=sent).get_json()["errors"]) == [field]
    assert ann.post(f"{thought.url}/statuses", data=sent).status_code == 422
    assert ann.get(thought.api).get_json()["statuses"] == []


def test_films_test_it(ann, merel, kievit, thought):
    sent = {"statement": "Als Dilan wacht, begint Pip.", "source": "talk", "films": [str(merel.film)]}
    assert ann.put(thought.api, json=sent).get_json()["films"] == [str(merel.film)]
    assert "Film van merel" in page_of(ann, thought)
    assert ann.put(thought.api, json=sent | {"films": [str(kievit.film)]}).status_code == 422
    ann.post(thought.url, data=sent | {"films": []})
    assert ann.get(thought.api).get_json()["films"] == []


def test_laid_aside_it_leaves_the_lists_and_comes_back(ann, merel, thought):
    assert ann.post(f"{thought.url}/removal").headers["Location"] == thought.url
    assert ann.get(f"{merel.api}/hypotheses").get_json()["items"] == []
    assert f'action="{thought.url}/removal/end"' in page_of(ann, thought)
    assert "Als Dilan wacht" in ann.get(f"{merel.url}/hypotheses").get_data(as_text=True)
    ann.post(f"{thought.url}/removal/end")
    assert len(ann.get(f"{merel.api}/hypotheses").get_json()["items"]) == 1


def test_on_the_family_page_it_is_folded_to_one_line(ann, merel, thought):
    page = ann.get(merel.url).get_data(as_text=True)
    fold = page[page.index('<details class="private">') :]
    assert fold.index("Alleen voor jou (1)") < fold.index("</summary>") < fold.index("Als Dilan wacht")
    assert page.count("Als Dilan wacht") == 1


def test_the_team_sees_it_and_nobody_else(client_for, merel, thought):
    assert client_for("bea").get(thought.url).status_code == 200
    for stranger in ("cas", "dilan", "eve"):
        client = client_for(stranger)
        for address in (thought.url, thought.api, f"{merel.url}/hypotheses", f"{merel.api}/hypotheses"):
            assert client.get(address).status_code == 404, (stranger, address)
        assert client.put(f"{thought.api}/moments/{merel.moments[0]}", json={"side": "for"}).status_code == 404
        assert client.post(f"{thought.url}/statuses", data={"status": "holds", "reason": "x"}).status_code == 404


def test_no_page_of_a_parent_says_what_the_counselor_thinks(client_for, merel, thought):
    dilan = client_for("dilan")
    page = dilan.get("/portal/").get_data(as_text=True)
    assert "Als Dilan wacht" not in page
    assert "ypothes" not in page
