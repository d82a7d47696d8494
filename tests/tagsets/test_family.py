"""Which sets a family uses: chosen on its page, met in the workspace, with the keys that two of them want."""

import json
import re

from tests.tagsets.test_publish import press


def palette(ann, film):
    page = ann.get(f"/films/{film.id}/workspace").text
    return json.loads(re.search(r'id="tagset">(.*?)</script>', page, re.DOTALL).group(1))


def test_without_a_choice_it_is_the_basisset(ann, family, film):
    assert ann.get(f"/api/v1/families/{family}/tag-sets").get_json() == {"sets": ["house"]}
    told = palette(ann, film)
    assert (told["key"], len(told["tags"]), told["groups"], told["former"]) == ("house", 27, [], [])


def test_two_sets_share_the_keyboard_each_with_its_own_keys(ann, family, film, key):
    sent = ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": ["house", "elements", key]})
    assert sent.get_json() == {"sets": ["house", "elements", key]}
    told = palette(ann, film)
    keys = [tag["key_code"] for tag in told["tags"] if tag["key_code"]]
    assert len(keys) > len(set(keys)) == 28
    assert [one["key"] for one in told["sets"]] == ["house", "elements", key]
    assert told["sets"][2]["home"] == f"{key}.1"
    assert {group["set"] for group in told["groups"]} == {"Volgen en leiden", "Stralen"}
    page = ann.get(f"/families/{family}/tag-sets").text
    assert "ook de toets van Kijkt" in page
    assert ann.get(f"/families/{family}").text.count("Volgen en leiden") == 1


def sets_of(ann, family):
    return ann.get(f"/api/v1/families/{family}/tag-sets").get_json()["sets"]


def test_a_set_goes_a_place_up_or_down_and_at_an_end_it_stays(ann, family, key):
    sent = ["house", "elements", key]
    for move, expected in (
        ("elements.up", ["elements", "house", key]), ("house.up", sent), (f"{key}.down", sent),
        (f"{key}.up", ["house", key, "elements"]), ("gone.up", sent), ("", sent),
    ):  # fmt: skip
        answer = ann.post(f"/families/{family}/tag-sets", data={"sets": sent, "move": move})
        assert answer.status_code == 302
        assert sets_of(ann, family) == expected, move
    assert ann.post(f"/families/{family}/tag-sets", data={"sets": sent, "move": "house.away"}).status_code == 422


def test_the_press_that_moved_a_set_keeps_the_focus(ann, family, key):
    sent = {"sets": ["house", "elements", key], "move": f"{key}.up"}
    page = ann.post(f"/families/{family}/tag-sets", data=sent, follow_redirects=True).text
    assert re.search(rf'value="{key}.up"[^>]*autofocus', page)
    page = ann.post(f"/families/{family}/tag-sets", data={**sent, "move": "elements.up"}, follow_redirects=True).text
    assert re.search(r'value="elements.up"[^>]*disabled', page)
    assert re.search(r'value="elements.down"[^>]*autofocus', page)


def test_one_set_has_nothing_to_order(ann, family):
    ann.post(f"/families/{family}/tag-sets", data={"sets": ["house"]})
    assert 'name="move"' not in ann.get(f"/families/{family}/tag-sets").text


def test_the_set_on_the_screen_is_kept_for_this_film(ann, client_for, family, film, key):
    ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": ["house", key]})
    assert ann.put(f"/api/v1/films/{film.id}/place", json={"tag_set": key}).get_json()["tag_set"] == key
    assert ann.put(f"/api/v1/films/{film.id}/place", json={"at_ms": 5}).get_json()["tag_set"] == key
    assert f'set="{key}"' in ann.get(f"/films/{film.id}/workspace").text
    assert "met Stralen op het scherm" in ann.get(f"/films/{film.id}/keys").text
    assert f'set="{key}"' not in client_for("bea").get(f"/films/{film.id}/workspace").text
    for odd in ("a/b", "A", "x" * 41, None, "a\x00"):
        assert ann.put(f"/api/v1/films/{film.id}/place", json={"tag_set": odd}).status_code == 422, odd


def test_the_good_moment_is_there_whichever_set_is_used(ann, family, film, key):
    ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": [key]})
    told = palette(ann, film)
    assert [tag["tag"] for tag in told["tags"]] == ["house/good", f"{key}.1/straalt"]
    assert told["former"] == []


def test_what_stands_on_the_film_is_known_whichever_set_is_used(ann, family, film, key):
    press(ann, film, "house/looks")
    press(ann, film, f"{key}.1/straalt")
    assert f"{key}.1/straalt" in {tag["tag"] for tag in palette(ann, film)["former"]}
    ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": ["elements"]})
    former = {tag["tag"] for tag in palette(ann, film)["former"]}
    assert {"house/looks", f"{key}.1/straalt"} <= former
    assert not any(tag.startswith("circle/") for tag in former)


def test_no_odd_name_of_a_set_is_asked_of_the_database(ann, family, film):
    for odd in ("a%00b", "a.b", "A", "%F0%9F%90%A6", "x" * 90):
        assert ann.get(f"/api/v1/tag-sets/{odd}").status_code == 404, odd
        assert ann.get(f"/tag-sets/house/{odd}").status_code == 404, odd
    assert ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": ["a\x00b"]}).status_code == 422
    assert press(ann, film, "a\x00b.1/looks").status_code == 422


def test_an_unknown_set_is_refused_and_nothing_changes(ann, family, own, key):
    ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": [key]})
    assert ann.put(f"/api/v1/families/{family}/tag-sets", json={"sets": ["niets"]}).status_code == 422
    assert ann.post(f"/families/{family}/tag-sets", data={"sets": ["niets"]}).status_code == 422
    assert ann.get(f"/api/v1/families/{family}/tag-sets").get_json() == {"sets": [key]}


def test_strangers_choose_nothing_and_parents_see_no_set(client_for, family, own, key):
    assert client_for("cas").put(f"/api/v1/families/{family}/tag-sets", json={"sets": []}).status_code == 404
    for who in ("dilan", "eve"):
        for address in (
            "/tag-sets",
            own,
            f"{own}/labels/new",
            f"/api/v1/tag-sets/{key}",
            f"/families/{family}/tag-sets",
        ):
            assert client_for(who).get(address).status_code == 404, (who, address)
        assert client_for(who).post(f"{own}/versions").status_code == 404
    assert client_for("bea").get(own).status_code == 200
