"""A set as a file: what goes out comes in equal, and what is no set of ours is refused with its place."""

import io
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vbg.reasons import ReasonError
from vbg.tagsets import rules
from vbg.tagsets.forms import SetIn
from vbg.tagsets.housesets import HOUSE_SETS
from vbg.tagsets.shape import ICONS, KEYS

words = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Zs")), min_size=1, max_size=12)
keys = st.text("abcdefghij_0123456789", min_size=1, max_size=12)
groups = st.lists(
    st.fixed_dictionaries({
        "key": keys, "nl": words, "en": words,
        "colour": st.sampled_from(["child", "parent", "together", "fun", "moment"]),
    }), min_size=1, max_size=3, unique_by=lambda group: group["key"],
)  # fmt: skip


@st.composite
def documents(draw):
    made = draw(groups)
    tags = st.fixed_dictionaries({
        "key": keys, "nl": words, "en": words, "who": st.sampled_from([None, "child", "parent", "both"]),
        "group": st.sampled_from([group["key"] for group in made]),
        "supports": st.sampled_from([None, "support", "stimulate", "steer"]),
        "lead_ms": st.integers(0, 200).map(lambda n: n * 100), "lag_ms": st.integers(0, 200).map(lambda n: n * 100),
        "code": st.sampled_from(["", *KEYS]), "icon": st.sampled_from(ICONS), "plain_nl": words, "plain_en": words,
        "retired": st.booleans(),
    })  # fmt: skip
    return {
        "format": "vbg-tag-set", "format_version": 1, "nl": draw(words), "en": draw(words), "source": draw(words),
        "join_ms": draw(st.integers(1000, 30_000)), "max_ms": draw(st.integers(1000, 120_000)), "groups": made,
        "tags": draw(st.lists(tags, max_size=5, unique_by=lambda tag: tag["key"])),
    }  # fmt: skip


@given(documents())
def test_what_goes_out_comes_in_equal(told):
    form = SetIn.model_validate(json.loads(json.dumps(told)))
    made = rules.of_document(form.model_dump(exclude={"format", "format_version"}), "own", 3)
    assert rules.document(made) == told
    assert {tag.id for tag in made.tags} == {f"own.3/{tag['key']}" for tag in told["tags"]}
    with suppress(ReasonError):
        rules.check(made)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8,
)  # fmt: skip


@given(documents(), st.data(), json_values)
def test_a_set_with_one_thing_bent_is_taken_whole_or_refused(told, data, bent):
    told[data.draw(st.sampled_from(sorted(told)))] = bent
    try:
        form = SetIn.model_validate(told)
    except ValidationError:
        return
    assert rules.document(rules.of_document(form.model_dump(exclude={"format", "format_version"}), "own", 1)) == told


@pytest.mark.parametrize("key", HOUSE_SETS)
def test_each_house_set_goes_out_and_comes_in(ann, key):
    told = ann.get(f"/api/v1/tag-sets/{key}/file")
    assert "attachment" in told.headers["Content-Disposition"]
    sent = {"file": (io.BytesIO(told.data), "set.json")}
    address = ann.post("/tag-sets/file", data=sent, content_type="multipart/form-data").headers["Location"]
    assert ann.get(f"{address}/file").get_json() == told.get_json()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'"x"',
        b"[" * 100_000,
        b"1" * 5000,
        b'{"format": "vbg-tag-set"}',
        b"NaN",
        b"null",
    ],
)
def test_what_is_no_set_is_refused_with_a_sentence(ann, text):
    sent = {"file": (io.BytesIO(text), "set.json")}
    answer = ann.post("/tag-sets/file", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'id="f-file-error"' in answer.text


@pytest.mark.parametrize(
    ("bent", "place"),
    [
        ({"tags.0.icon": "javascript:"}, "tags.0.icon"), ({"tags.0.nl": "Luistert nooit"}, "tags.0.nl"),
        ({"groups.0.colour": "#f00"}, "groups.0.colour"), ({"tags.0.lead_ms": 4050}, "tags.0.lead_ms"),
        ({"tags.0.plain_nl": "a\x00b"}, "tags.0.plain_nl"), ({"tags.2.code": "Digit1"}, "tags.2.code"),
        ({"tags.0.key": "../x"}, "tags.0.key"), ({"free": 1}, "free"), ({"format_version": 2}, "format_version"),
        ({"join_ms": True}, "join_ms"), ({"tags.0.nl": "\ud800"}, "tags.0.nl"),
        ({"tags.0.group": "gone"}, "tags.0.group"),
    ],
)  # fmt: skip
def test_a_bent_file_names_its_place(ann, bent, place):
    told = rules.document(HOUSE_SETS["house"])
    for path, value in bent.items():
        *way, last = path.split(".")
        here = told
        for step in way:
            here = here[int(step)] if step.isdigit() else here[step]
        here[last] = value
    answer = ann.post("/api/v1/tag-sets", json=told)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [place]
    sent = {"file": (io.BytesIO(json.dumps(told).encode()), "set.json")}
    assert ann.post("/tag-sets/file", data=sent, content_type="multipart/form-data").status_code == 422
