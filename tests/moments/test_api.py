import json
import uuid

import pytest

from tests.moments.conftest import MINUTE

GOOD = {"start_ms": 1000, "end_ms": 4000, "marks": [{"tag": "house/shows", "at_ms": 1200}]}


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def url(film):
    return f"/api/v1/films/{film.id}/moments"


def errors_of(answer):
    assert answer.content_type == "application/problem+json"
    facts = answer.get_json(force=True)
    assert facts["status"] == answer.status_code
    assert facts["title"]
    return facts.get("errors", {})


def test_a_moment_is_made_shown_changed_and_removed(ann, url):
    made = ann.post(url, json=GOOD | {"words": "Pip laat iets zien."})
    assert made.status_code == 201
    moment = made.get_json()
    assert (moment["who_began"], moment["version"], made.headers["ETag"]) == ("child", 1, '"1"')
    assert moment["marks"] == GOOD["marks"]
    one = made.headers["Location"]
    assert ann.get(one).get_json() == moment
    assert ann.get(url).get_json() == {"items": [moment], "next": None}
    changed = ann.patch(one, json={"who_began": "parent", "end_ms": None}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert (changed.get_json()["who_began"], changed.get_json()["end_ms"]) == ("parent", None)
    assert ann.delete(one, headers={"If-Match": '"2"'}).status_code == 204
    assert ann.get(one).status_code == 404
    assert ann.delete(one, headers={"If-Match": '"2"'}).status_code == 404


def test_short_words_come_with_the_whole_moment_and_both_versions_of_a_conflict(ann, client_for, url):
    said = {
        "when_words": "Als Pip wijst",
        "what_words": "Ik kijk",
        "for_words": "Hij is gezien",
        "child_says": "x" * 300,
    }
    made = ann.post(url, json=GOOD | said)
    one, moment = made.headers["Location"], made.get_json()
    assert said.items() <= moment.items()
    assert not said.keys() & ann.get(f"{url}?shape=line").get_json()["items"][0].keys()
    client_for("bea").patch(one, json={"for_words": "van Bea"}, headers={"If-Match": '"1"'})
    clash = json.loads(ann.patch(one, json={"for_words": "van Ann"}, headers={"If-Match": '"1"'}).data)
    assert (clash["current"]["for_words"], clash["yours"]["for_words"]) == ("van Bea", "van Ann")


def test_the_minimum_is_a_time(ann, url):
    assert ann.post(url, json={"start_ms": 0}).status_code == 201


def test_the_same_post_makes_no_twin_and_another_is_refused(ann, url):
    sent = GOOD | {"id": str(uuid.uuid4())}
    first, again = ann.post(url, json=sent), ann.post(url, json=sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    clash = ann.post(url, json=sent | {"start_ms": 7})
    assert (clash.status_code, set(errors_of(clash))) == (409, {"id"})
    assert len(ann.get(url).get_json()["items"]) == 1


WRONG = [
    ({}, "start_ms"),
    ({"start_ms": 0, "for_words": "x" * 301}, "for_words"),
    ({"start_ms": 0, "child_says": None}, "child_says"),
    ({"start_ms": 0, "when_words": "\x00"}, "when_words"),
    ({"start_ms": 0, "photo_ms": -1}, "photo_ms"),
    ({"start_ms": 0, "photo_ms": MINUTE}, "photo_ms"),
    ({"start_ms": 0, "photo_ms": 1.0}, "photo_ms"),
    ({"start_ms": 1.5}, "start_ms"),
    ({"start_ms": 1.0}, "start_ms"),
    ({"start_ms": True}, "start_ms"),
    ({"start_ms": "1"}, "start_ms"),
    ({"start_ms": None}, "start_ms"),
    ({"start_ms": -1}, "start_ms"),
    ({"start_ms": MINUTE}, "start_ms"),
    ({"start_ms": 10**40}, "start_ms"),
    ({"start_ms": 10, "end_ms": 10}, "end_ms"),
    ({"start_ms": 10, "end_ms": 5}, "end_ms"),
    ({"start_ms": 0, "end_ms": MINUTE + 1}, "end_ms"),
    ({"start_ms": 0, "end_ms": False}, "end_ms"),
    ({"start_ms": 0, "marks": [{"tag": "house/no", "at_ms": 1}]}, "marks"),
    ({"start_ms": 0, "marks": [{"tag": "house/waits", "at_ms": MINUTE + 1}]}, "marks"),
    ({"start_ms": 0, "marks": [{"tag": "house/waits"}]}, "marks.0.at_ms"),
    ({"start_ms": 0, "marks": None}, "marks"),
    ({"start_ms": 0, "goals": [str(uuid.uuid4())]}, "goals"),
    ({"start_ms": 0, "goals": ["x"]}, "goals.0"),
    ({"start_ms": 0, "words": "a" * 4001}, "words"),
    ({"start_ms": 0, "words": "nul\x00"}, "words"),
    ({"start_ms": 0, "words": 3}, "words"),
    ({"start_ms": 0, "who_began": "dog"}, "who_began"),
    ({"start_ms": 0, "chosen": 1}, "chosen"),
    ({"start_ms": 0, "found_by": "mama"}, "found_by"),
    ({"start_ms": 0, "id": "x"}, "id"),
    ({"start_ms": 0, "title": "x"}, "title"),
]


def test_bad_input_names_its_field(ann, url):
    for wrong, field in WRONG:
        answer = ann.post(url, json=wrong)
        assert (answer.status_code, set(errors_of(answer))) == (422, {field}), wrong
    assert ann.get(url).get_json()["items"] == []


def test_half_a_letter_is_refused_and_breaks_nothing(ann, url):
    sent = b'{"start_ms": 0, "words": "\\ud800"}'
    assert ann.post(url, data=sent, content_type="application/json").status_code == 422


def test_no_json_is_a_problem_never_a_500(ann, url):
    for body in (b"", b"{", b"[]", b"3", b'{"start_ms": NaN}', b'{"start_ms": 1e400}', b"\xff"):
        assert ann.post(url, data=body, content_type="application/json").status_code in (400, 422), body


def test_a_stale_change_gets_both_versions(ann, client_for, url):
    one = ann.post(url, json=GOOD).headers["Location"]
    bea = client_for("bea")
    assert bea.patch(one, json={"words": "van Bea"}, headers={"If-Match": '"1"'}).status_code == 200
    stale = ann.patch(one, json={"words": "van Ann"}, headers={"If-Match": '"1"'})
    facts = json.loads(stale.data)
    assert (stale.status_code, facts["current"]["words"], facts["current"]["version"]) == (409, "van Bea", 2)
    assert facts["yours"] == {"words": "van Ann", "version": 1}
    assert ann.delete(one, headers={"If-Match": '"1"'}).status_code == 409
    assert ann.get(one).get_json()["words"] == "van Bea"


def test_an_etag_that_is_none_of_ours_is_stale(ann, url):
    one = ann.post(url, json=GOOD).headers["Location"]
    for tag in ("rubbish", '"9"', '""', '"1", "2"'):
        assert ann.patch(one, json={"words": "x"}, headers={"If-Match": tag}).status_code == 409, tag


def test_without_if_match_nothing_changes(ann, url):
    one = ann.post(url, json=GOOD).headers["Location"]
    assert ann.patch(one, json={"words": "x"}).status_code == 428
    assert ann.delete(one).status_code == 428
    assert ann.get(one).get_json()["version"] == 1


def test_the_window_and_its_bad_numbers(ann, url):
    ann.post(url, json=GOOD)
    assert len(ann.get(url + "?from_ms=3999&to_ms=4000").get_json()["items"]) == 1
    assert ann.get(url + "?from_ms=4000").get_json()["items"] == []
    for query in ("from_ms=x", "to_ms=-1", "from_ms=1.5", "cursor=x", "from_ms=" + "9" * 30):
        assert ann.get(f"{url}?{query}").status_code == 422


def test_undo_and_redo(ann, url, film):
    base = f"/api/v1/films/{film.id}"
    nothing = {"act": None, "did": None, "moments": [], "can_undo": False, "can_redo": False}
    nothing |= {"next_undo": None, "next_redo": None}
    assert ann.post(f"{base}/undo").get_json() == nothing
    moment = ann.post(url, json=GOOD).get_json()
    undone = ann.post(f"{base}/undo").get_json()
    assert (undone["act"]["verb"], undone["can_undo"], undone["can_redo"]) == ("undo", False, True)
    assert [(one["id"], one["removed"]) for one in undone["moments"]] == [(moment["id"], True)]
    assert ann.get(url).get_json()["items"] == []
    redone = ann.post(f"{base}/redo").get_json()
    assert (redone["can_undo"], redone["can_redo"], redone["moments"][0]["version"]) == (True, False, 3)
    assert len(ann.get(url).get_json()["items"]) == 1


def test_undo_after_anothers_change_is_409_with_both(ann, client_for, url, film):
    moment = ann.post(url, json=GOOD).get_json()
    one = f"/api/v1/moments/{moment['id']}"
    ann.patch(one, json={"words": "a"}, headers={"If-Match": '"1"'})
    client_for("bea").patch(one, json={"words": "b"}, headers={"If-Match": '"2"'})
    answer = ann.post(f"/api/v1/films/{film.id}/undo")
    facts = json.loads(answer.data)
    assert (answer.status_code, facts["code"]) == (409, "changed_since")
    assert (facts["current"]["words"], facts["yours"]) == ("b", {"words": ""})


def test_the_poll_tells_what_happened_since(ann, client_for, url, film):
    made = ann.post(url, json=GOOD).get_json()
    first = ann.get(f"/api/v1/films/{film.id}/acts").get_json()
    assert (first["seq"], first["items"][0]["verb"], first["next"]) == (1, "mark", None)
    headers = {"If-Match": '"1"'}
    client_for("bea").delete(f"/api/v1/moments/{made['id']}", headers=headers)
    second = ann.get(f"/api/v1/films/{film.id}/acts?after_seq=1").get_json()
    assert [act["verb"] for act in second["items"]] == ["remove"]
    assert [(one["id"], one["removed"]) for one in second["moments"]] == [(made["id"], True)]


def test_the_note_is_kept_and_stays_out_of_the_moment(ann, url):
    one = ann.post(url, json=GOOD).headers["Location"]
    assert ann.get(f"{one}/note").get_json() == {"text": ""}
    assert ann.put(f"{one}/note", json={"text": "Niet voor ouders. "}).get_json() == {"text": "Niet voor ouders. "}
    assert "Niet voor ouders" not in ann.get(one).get_data(as_text=True)
    assert ann.put(f"{one}/note", json={}).status_code == 422
    assert ann.put(f"{one}/note", json={"text": "x" * 20_001}).status_code == 422


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_a_stranger_and_a_parent_get_404_everywhere(ann, client_for, url, film, who):
    one = ann.post(url, json=GOOD).headers["Location"]
    stranger, any_version = client_for(who), {"If-Match": "*"}
    base = f"/api/v1/films/{film.id}"
    answers = [
        stranger.get(url), stranger.post(url, json=GOOD), stranger.get(one), stranger.get(f"{one}/note"),
        stranger.put(f"{one}/note", json={"text": "x"}), stranger.delete(one, headers=any_version),
        stranger.patch(one, json={"words": "x"}, headers=any_version), stranger.post(f"{base}/undo"),
        stranger.post(f"{base}/redo"), stranger.get(f"{base}/acts"),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}
    assert ann.get(one).get_json()["version"] == 1


def test_nobody_signs_in_first(client_for, url):
    assert client_for("").get(url).status_code == 401


def test_a_method_that_is_not_there_is_405(ann, url):
    answer = ann.delete(url)
    assert (answer.status_code, errors_of(answer)) == (405, {})


def test_the_labels_speak_the_readers_language(ann):
    tags = ann.get("/api/v1/tag-sets/house").get_json()
    assert (tags["key"], tags["join_ms"], tags["tags"][0]["label"]) == ("house", 5000, "Mooi moment")


def test_a_page_that_opens_hears_what_it_can_undo(ann, client_for, film, url):
    newest = f"/api/v1/films/{film.id}/acts?after_seq={2**31 - 1}"

    def turns(client):
        told = client.get(newest).get_json()
        assert (told["items"], told["moments"]) == ([], [])
        return told["seq"], told["can_undo"], told["can_redo"]

    assert turns(ann) == (0, False, False)
    ann.post(url, json=GOOD)
    assert turns(ann) == (1, True, False)
    assert turns(client_for("bea")) == (1, False, False)
    ann.post(f"/api/v1/films/{film.id}/undo")
    assert turns(ann) == (2, False, True)
    assert "can_undo" not in ann.get(f"/api/v1/films/{film.id}/acts?after_seq=2").get_json()


def test_the_timelines_shape_is_small_and_says_the_same(ann, url):
    ann.post(url, json=GOOD)
    full = ann.get(url).get_json()["items"]
    small = ann.get(url + "?shape=line").get_json()["items"]
    assert [{key: one[key] for key in small[0]} for one in full] == small
    derived = {"film", "pair", "heading", "found_by", "found_in_room", "created_at", "removed"}
    derived |= {"when_words", "what_words", "for_words", "child_says"}
    assert set(full[0]) - set(small[0]) == derived | {"photo_ms", "child_says_by"}
    one = f"/api/v1/moments/{full[0]['id']}"
    ann.patch(one, json={"photo_ms": full[0]["start_ms"]}, headers={"If-Match": '"1"'})
    assert ann.get(url + "?shape=line").get_json()["items"][0]["photo_ms"] == full[0]["start_ms"]


def test_the_outline_of_a_film_draws_every_moment_in_few_bytes(ann, url):
    ann.post(url, json=GOOD)
    ann.post(url, json=GOOD | {"start_ms": 12_345, "end_ms": None, "marks": [], "chosen": True})
    drawn = ann.get(url + "?shape=outline").get_json()
    whole = ann.get(url).get_json()["items"]
    step, at, labels, ats = drawn["step_ms"], 0, iter(drawn["labels"]), iter(drawn["ats"])
    facts = zip(whole, *(drawn[name] for name in ("starts", "lengths", "kinds", "marks")), strict=True)
    for one, since, length, kind, marks in facts:
        at += since
        goals, chosen = drawn["kind"][kind]
        assert at == one["start_ms"] // step
        assert (length == -1) == (one["end_ms"] is None)
        assert [drawn["tags"][next(labels)] for _ in range(marks)] == [mark["tag"] for mark in one["marks"]]
        assert [at + next(ats) for _ in range(marks)] == [mark["at_ms"] // step for mark in one["marks"]]
        assert ([drawn["goals"][place] for place in goals], chosen) == (one["goals"], int(one["chosen"]))
