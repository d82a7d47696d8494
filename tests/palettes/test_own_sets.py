"""Labels of a practice's own set are arranged like any, and stay arranged when the set is published anew."""

import uuid

import pytest

from tests.tagsets.conftest import LABEL, made
from vbg.palettes import rules

URL = "/api/v1/palette"


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def own(ann):
    address = made(ann.post("/tag-sets", data={"nl": "Stralen"}))
    ann.post(f"{address}/labels", data=LABEL)
    ann.post(f"{address}/versions")
    return address


def key_of(ann):
    return next(one["key"] for one in ann.get("/api/v1/tag-sets").get_json()["items"] if not one["house"])


def test_it_stays_arranged_when_its_set_is_published_anew(ann, own):
    key = key_of(ann)
    sent = {"words": "Glundert", "key_code": "KeyW"}
    assert ann.patch(URL, json={"labels": {f"{key}.1/straalt": sent}}).status_code == 200
    assert ann.get(URL).get_json()["labels"] == {f"{key}/straalt": sent}
    ann.post(f"{own}/labels", data={"nl": "Zwaait", "group": "gezien", "code": "KeyT"})
    ann.post(f"{own}/versions")
    assert ann.get(URL).get_json()["labels"] == {f"{key}/straalt": sent}
    taken = ann.patch(URL, json={"labels": {f"{key}.2/zwaait": {"key_code": "KeyW"}}})
    assert taken.status_code == 422


def test_a_label_no_longer_offered_holds_no_key(ann, own):
    key = key_of(ann)
    ann.post(f"{own}/labels", data={"nl": "Zwaait", "group": "gezien", "code": "KeyT"})
    ann.post(f"{own}/versions")
    wish = {"labels": {f"{key}.2/zwaait": {"key_code": "KeyA"}}}
    assert ann.patch(URL, json=wish).status_code == 422
    ann.post(f"{own}/labels/straalt/retirement")
    ann.post(f"{own}/versions")
    assert ann.patch(URL, json=wish).status_code == 200


def test_a_habit_is_learnt_of_it_too(ann, own):
    label = f"{key_of(ann)}.1/straalt"
    for _ in range(rules.AFTER):
        note = {"moment": str(uuid.uuid4()), "label": label, "edge": "begin", "by_ms": -2000, "time_ms": 2500}
        answer = ann.put(f"{URL}/shifts", json=note)
        assert answer.status_code == 200
    assert answer.get_json()["wanted_ms"] == 4500


def test_a_full_palette_takes_no_more_habits(ann, monkeypatch):
    monkeypatch.setattr(rules, "MAX_LABELS", 1)
    ann.patch(URL, json={"labels": {"house/looks": {"pinned": True}}})
    note = {"moment": str(uuid.uuid4()), "label": "house/names", "edge": "begin", "by_ms": -2000, "time_ms": 2500}
    assert ann.put(f"{URL}/shifts", json=note).get_json()["wanted_ms"] is None
    assert set(ann.get(URL).get_json()["labels"]) == {"house/looks"}
