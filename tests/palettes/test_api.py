import uuid

import pytest
from sqlalchemy import select

from vbg import audit
from vbg.palettes.models import OwnLabel

URL = "/api/v1/palette"


@pytest.fixture
def ann(client_for):
    return client_for("ann")


def arrange(client, asks=None, **labels):
    sent = {"labels": {f"house/{key}": fields for key, fields in labels.items()}}
    return client.patch(URL, json=sent if asks is None else sent | {"asks": asks})


def test_what_is_arranged_is_there_on_another_machine(ann, client_for):
    sent = {"words": "Vertelt mee", "pinned": True, "hidden": False, "position": 2, "key_code": "KeyQ", "lead_ms": 5000}
    assert arrange(ann, names=sent).status_code == 200
    kept = {key: value for key, value in sent.items() if key != "hidden"}
    assert client_for("ann").get(URL).get_json() == {"labels": {"house/names": kept}, "asks": True}


def test_it_is_hers_alone(ann, client_for):
    arrange(ann, names={"words": "Vertelt mee"})
    assert client_for("bea").get(URL).get_json() == {"labels": {}, "asks": True}
    for parent in ("dilan", "eve"):
        assert client_for(parent).get(URL).status_code == 404
        assert client_for(parent).patch(URL, json={}).status_code == 404


def test_each_change_says_how_it_is_undone(ann):
    arrange(ann, names={"words": "Vertelt", "key_code": "KeyQ"}, waits={"hidden": True})
    first = ann.get(URL).get_json()
    changed = arrange(ann, False, names={"words": "Zegt", "key_code": "KeyW"}, looks={"position": 0}).get_json()
    assert {key: changed[key] for key in ("labels", "asks")} == ann.get(URL).get_json() != first
    undone = ann.patch(URL, json=changed["before"]).get_json()
    assert ann.get(URL).get_json() == first
    ann.patch(URL, json=undone["before"])
    assert ann.get(URL).get_json()["labels"]["house/names"] == {"words": "Zegt", "key_code": "KeyW"}


def test_null_gives_it_back_to_the_set(ann):
    arrange(ann, names={"key_code": "KeyQ", "lead_ms": 1000})
    arrange(ann, names={"key_code": None, "lead_ms": None})
    assert ann.get(URL).get_json()["labels"] == {}


def test_two_labels_swap_in_one_change(ann):
    taken = arrange(ann, names={"key_code": "KeyD"})
    assert (taken.status_code, taken.get_json(force=True)["code"]) == (422, "key_in_use")
    assert ann.get(URL).get_json()["labels"] == {}
    assert arrange(ann, names={"key_code": "KeyD"}, waits={"key_code": "KeyG"}).status_code == 200
    back = arrange(ann, names={"key_code": None})
    assert back.status_code == 422, "its own key is another's by now"


def test_a_commands_key_moves_too_and_nothing_else_of_it(ann):
    assert ann.patch(URL, json={"labels": {"does/choose": {"key_code": "KeyQ"}}}).status_code == 200
    assert arrange(ann, names={"key_code": "KeyX"}).status_code == 200
    refused = ann.patch(URL, json={"labels": {"does/choose": {"pinned": True}}})
    assert (refused.status_code, refused.get_json(force=True)["code"]) == (422, "only_its_key")


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"key_code": "Period"}, "key_reserved"), ({"words": "x" * 41}, "check_fields"), ({"lead_ms": -1}, "check_fields"),
     ({"lag_ms": 20_001}, "check_fields"), ({"pinned": 1}, "check_fields"), ({"colour": "red"}, "check_fields"),
     ({"words": "\u0000"}, "check_fields"), ({"key_code": "K" * 200}, "check_fields")],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(ann, fields, code):
    answer = arrange(ann, names=fields)
    facts = answer.get_json(force=True)
    assert (answer.status_code, facts["code"]) == (422, code)
    assert facts["title"]
    assert ann.get(URL).get_json()["labels"] == {}


@pytest.mark.parametrize("label", ["names", "house/", "does/undo", "House/Names", "house/" + "n" * 80, "a/b/c"])
def test_what_is_no_label_is_refused(ann, label):
    assert ann.patch(URL, json={"labels": {label: {"pinned": True}}}).status_code == 422


def test_words_are_one_line(ann):
    arrange(ann, names={"words": "  Vertelt \n mee "})
    assert ann.get(URL).get_json()["labels"]["house/names"]["words"] == "Vertelt mee"


def shift(client, by_ms, edge="begin", moment=None):
    sent = {"moment": str(moment or uuid.uuid4()), "label": "house/names", "edge": edge, "by_ms": by_ms}
    return client.put(f"{URL}/shifts", json=sent | {"time_ms": 4000}).get_json()["wanted_ms"]


def test_after_five_corrections_it_asks(ann):
    assert [shift(ann, -2000) for _ in range(6)] == [None] * 4 + [6000, 6000]


def test_one_moment_moved_five_times_is_one_correction(ann):
    moment = uuid.uuid4()
    assert [shift(ann, -2000, moment=moment) for _ in range(8)] == [None] * 8


def test_once_answered_it_asks_no_more_until_she_begins_anew(ann):
    for _ in range(5):
        shift(ann, -2000)
    arrange(ann, names={"asked_lead": True})
    assert shift(ann, -2000) is None
    assert [shift(ann, 2000, "end") for _ in range(5)][-1] == 6000, "the end is another question"
    arrange(ann, names={"asked_lead": False})
    assert [shift(ann, -2000) for _ in range(5)] == [None] * 4 + [6000]


def test_never_is_never(ann):
    arrange(ann, False)
    assert [shift(ann, -2000) for _ in range(6)] == [None] * 6


def test_each_change_is_in_the_log_without_her_words(ann, house, world):
    arrange(ann, names={"words": "Vertelt mee"})
    with house.database.unit(write=False) as session:
        lines = session.scalars(select(audit.AuditLine).where(audit.AuditLine.kind == "palette")).all()
        assert [(line.event, line.object_id) for line in lines] == [("palettes.arrange", world.people["ann"].id)]
        assert session.scalars(select(OwnLabel.words)).all() == ["Vertelt mee"]
