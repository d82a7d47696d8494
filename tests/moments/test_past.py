"""What pages are told of acts: the next undo and redo, the history in plain codes, the trash and what leaves it."""

from datetime import UTC, datetime, timedelta

import pytest

from vbg import clock
from vbg.films.models import Film

LOOKS, WAITS = {"tag": "house/looks", "at_ms": 1200}, {"tag": "house/waits", "at_ms": 2000}


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def bea(client_for):
    return client_for("bea")


@pytest.fixture
def url(film):
    return f"/api/v1/films/{film.id}"


@pytest.fixture
def one(ann, url):
    """The address of a moment that Ann marked with a label."""
    sent = {"start_ms": 12_000, "end_ms": 16_000, "marks": [LOOKS]}
    return ann.post(f"{url}/moments", json=sent).headers["Location"]


def change(client, one, **fields):
    answer = client.patch(one, json=fields, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.get_json()


def remove(client, one):
    assert client.delete(one, headers={"If-Match": "*"}).status_code == 204


def turns(client, url):
    """What the next undo and redo would do, as a page that opens is told."""
    told = client.get(f"{url}/acts?after_seq=2147483647").get_json()
    return [told[name] and (told[name]["what"], told[name]["tags"]) for name in ("next_undo", "next_redo")]


def past(client, url, **how):
    return client.get(f"{url}/history", query_string=how).get_json()


def trash(client, url):
    return client.get(f"{url}/trash").get_json()


def test_nothing_is_named_where_nothing_happened(ann, url):
    assert turns(ann, url) == [None, None]
    assert past(ann, url) == {"items": [], "next": None}
    assert trash(ann, url) == {"items": [], "next": None, "kept_until": None}


SAID = [
    ({"words": "Kijk."}, ("words", [])),
    ({"marks": [LOOKS, WAITS]}, ("label_on", ["house/waits"])),
    ({"marks": [LOOKS, WAITS], "end_ms": 18_000}, ("label_on", ["house/waits"])),
    ({"marks": []}, ("label_off", ["house/looks"])),
    ({"marks": [WAITS]}, ("label_on", ["house/waits"])),
    ({"marks": [LOOKS | {"at_ms": 1300}]}, ("labels", [])),
    ({"start_ms": 11_000, "end_ms": 15_000, "marks": [LOOKS | {"at_ms": 1100}]}, ("moved", [])),
    ({"start_ms": 11_000}, ("begin", [])),
    ({"end_ms": 15_000}, ("end", [])),
    ({"chosen": True}, ("chosen", [])),
    ({"who_began": "parent"}, ("who", [])),
]


@pytest.mark.parametrize(("fields", "said"), SAID)
def test_the_next_undo_and_redo_name_what_they_will_do(ann, url, one, fields, said):
    change(ann, one, **fields)
    assert turns(ann, url) == [said, None]
    answer = ann.post(f"{url}/undo").get_json()
    assert (answer["did"]["what"], answer["did"]["tags"]) == said
    assert answer["next_undo"]["what"] == "mark"
    assert (answer["next_redo"]["what"], answer["next_redo"]["tags"]) == said
    assert turns(ann, url) == [("mark", ["house/looks"]), said]
    assert ann.post(f"{url}/redo").get_json()["did"]["what"] == said[0]
    assert turns(ann, url) == [said, None]


def test_another_persons_acts_do_not_change_what_mine_will_undo(ann, bea, url, one):
    change(ann, one, chosen=True)
    change(bea, one, words="Van Bea.")
    told = ann.get(f"{url}/acts?after_seq=2").get_json()
    assert (told["next_undo"]["what"], told["next_redo"]) == ("chosen", None)
    assert told["next_undo"]["moment"] == one.rsplit("/", 1)[-1]
    assert turns(bea, url) == [("words", []), None]


def test_a_moved_moment_is_named_where_it_is_now(ann, bea, url, one):
    change(bea, one, start_ms=13_000)
    assert ann.get(f"{url}/acts?after_seq=1").get_json()["next_undo"]["start_ms"] == 13_000


def test_a_poll_without_news_says_nothing_of_turns(ann, url, one):
    assert "next_undo" not in ann.get(f"{url}/acts?after_seq=1").get_json()


def test_the_history_tells_who_did_what_newest_first(ann, bea, url, one):
    change(bea, one, marks=[LOOKS, WAITS])
    bea.post(f"{url}/undo")
    remove(ann, one)
    lines = past(ann, url)["items"]
    told = [(line["seq"], line["who"].split()[0], line["mine"], line["verb"], line["what"]) for line in lines]
    assert told == [
        (4, "Ann", True, "remove", "remove"), (3, "Bea", False, "undo", "label_on"),
        (2, "Bea", False, "change", "label_on"), (1, "Ann", True, "mark", "mark"),
    ]  # fmt: skip
    assert {(line["start_ms"], line["removed"]) for line in lines} == {(12_000, True)}
    assert datetime.fromisoformat(lines[0]["at"]).tzinfo


def test_the_history_comes_by_pages(ann, url, one):
    for number in range(4):
        change(ann, one, words=str(number))
    first = past(ann, url, limit=2)
    second = past(ann, url, limit=2, cursor=first["next"])
    last = past(ann, url, limit=2, cursor=second["next"])
    assert [line["seq"] for page in (first, second, last) for line in page["items"]] == [5, 4, 3, 2, 1]
    assert last["next"] is None
    assert ann.get(f"{url}/history?cursor=x").status_code == 422


def test_no_words_and_no_note_stand_in_the_history(ann, url, one):
    change(ann, one, words="Pip lacht om de lepel")
    ann.put(f"{one}/note", json={"text": "de wekker ging net af"})
    told = ann.get(f"{url}/history").get_data(as_text=True)
    assert [line["what"] for line in past(ann, url)["items"]] == ["note", "words", "mark"]
    assert "lepel" not in told
    assert "wekker" not in told + ann.get(f"{url}/acts").get_data(as_text=True)


def test_a_note_is_undone_and_redone_and_leaves_the_moment_its_version(ann, bea, url, one):
    version = ann.get(one).headers["ETag"]
    ann.put(f"{one}/note", json={"text": "eerst"})
    ann.put(f"{one}/note", json={"text": "dan"})
    ann.put(f"{one}/note", json={"text": "dan"})
    assert ann.post(f"{url}/undo").get_json()["did"]["what"] == "note"
    assert bea.get(f"{one}/note").get_json() == {"text": "eerst"}
    ann.post(f"{url}/undo")
    assert bea.get(f"{one}/note").get_json() == {"text": ""}
    for _again in range(2):
        ann.post(f"{url}/redo")
    assert bea.get(f"{one}/note").get_json() == {"text": "dan"}
    assert ann.get(one).headers["ETag"] == version


def test_a_note_that_another_wrote_over_is_not_undone_blindly(ann, bea, url, one):
    ann.put(f"{one}/note", json={"text": "van Ann"})
    bea.put(f"{one}/note", json={"text": "van Bea"})
    assert ann.post(f"{url}/undo").status_code == 409
    bea.post(f"{url}/undo")
    assert ann.get(f"{one}/note").get_json() == {"text": "van Ann"}


def test_two_people_writing_one_note_are_both_told(ann, bea, one):
    for client, text, was, status in (
        (ann, "van Ann", "", 200), (ann, "van Ann", "", 200),
        (bea, "van Bea", "", 409), (bea, "van Ann\nen Bea", "van Ann", 200),
    ):  # fmt: skip
        answer = client.put(f"{one}/note", json={"text": text, "was": was})
        assert answer.status_code == status
        if status == 409:
            told = answer.get_json(force=True)
            assert (told["current"], told["yours"]) == ({"text": "van Ann"}, {"text": "van Bea"})
    assert ann.get(f"{one}/note").get_json() == {"text": "van Ann\nen Bea"}


def test_the_trash_holds_what_was_removed_and_by_whom(ann, bea, url, one):
    other = ann.post(f"{url}/moments", json={"start_ms": 1000, "words": "Eerst weg."}).headers["Location"]
    remove(ann, other)
    remove(bea, one)
    items = trash(ann, url)["items"]
    assert [(item["words"], item["removal"]["who"].split()[0], item["removal"]["mine"]) for item in items] == [
        ("", "Bea", False), ("Eerst weg.", "Ann", True),
    ]  # fmt: skip


def test_what_is_put_back_stands_there_whole_and_undo_takes_it_out_again(ann, bea, url, one):
    change(ann, one, words="Blijf.")
    before = ann.get(one).get_json()
    remove(ann, one)
    back = bea.post(f"{one}/restoration")
    assert back.status_code == 200
    assert back.get_json() == before | {"version": 4} == ann.get(one).get_json()
    assert trash(ann, url)["items"] == []
    assert bea.post(f"{url}/undo").get_json()["did"]["what"] == "restore"
    assert (ann.get(one).status_code, len(trash(ann, url)["items"])) == (404, 1)
    bea.post(f"{url}/redo")
    assert ann.get(one).get_json()["words"] == "Blijf."


def test_put_back_twice_is_one_act(ann, bea, url, one):
    remove(ann, one)
    answers = [client.post(f"{one}/restoration") for client in (ann, bea, ann)]
    assert [answer.headers["ETag"] for answer in answers] == ['"3"'] * 3
    assert [line["verb"] for line in past(ann, url)["items"]] == ["restore", "remove", "mark"]


def test_the_day_on_which_the_film_goes_is_said(ann, house, film, url):
    day = clock.now() + timedelta(days=1)
    with house.database.unit() as session:
        session.get(Film, film.id).erase_at = day
    assert datetime.fromisoformat(trash(ann, url)["kept_until"]).astimezone(UTC) == day


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_no_stranger_sees_or_takes_anything(client_for, ann, url, one, who):
    remove(ann, one)
    stranger = client_for(who)
    asked = [stranger.get(f"{url}/history"), stranger.get(f"{url}/trash"), stranger.post(f"{one}/restoration")]
    assert {answer.status_code for answer in asked} == {404}
    assert ann.get(one).status_code == 404
