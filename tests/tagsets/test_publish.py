"""A new version changes what is offered, never what was said: marks name the version they were made with."""

import json
import re


def press(ann, film, tag, at_ms=5000):
    return ann.post(
        f"/api/v1/films/{film.id}/moments",
        json={"start_ms": at_ms, "end_ms": at_ms + 3000, "marks": [{"tag": tag, "at_ms": at_ms}]},
    )


def test_an_old_moment_keeps_its_label_when_the_set_says_otherwise(ann, film, own, key, family):
    assert ann.post(f"/families/{family}/tag-sets", data={"sets": [key, "house"]}).status_code == 302
    old = press(ann, film, f"{key}.1/straalt").get_json()
    assert (old["heading"], old["who_began"]) == ("Pip straalt.", "child")
    changed = {"nl": "Lacht breed", "plain_nl": "{k} lacht breed.", "who": "both", "group": "gezien"}
    assert ann.post(f"{own}/labels/straalt", data=changed).status_code == 302
    assert ann.get(f"/api/v1/moments/{old['id']}").get_json()["heading"] == "Pip straalt."
    assert ann.post(f"{own}/versions").status_code == 302
    new = press(ann, film, f"{key}.2/straalt", 15_000).get_json()
    assert (new["heading"], new["who_began"]) == ("Pip lacht breed.", "together")
    kept = ann.get(f"/api/v1/moments/{old['id']}").get_json()
    assert (kept["heading"], kept["who_began"]) == ("Pip straalt.", "child")
    page = ann.get(f"/films/{film.id}/workspace").text
    told = json.loads(re.search(r'id="tagset">(.*?)</script>', page, re.DOTALL).group(1))
    offered = {tag["tag"]: tag["label"] for tag in told["tags"]}
    former = {tag["tag"]: (tag["label"], tag["look"], tag["key_code"]) for tag in told["former"]}
    assert (offered[f"{key}.2/straalt"], f"{key}.1/straalt" in offered) == ("Lacht breed", False)
    assert former[f"{key}.1/straalt"] == ("Straalt", "g-samen", "")


def test_what_is_not_published_is_no_label(ann, film, own, key):
    for tag in (
        f"{key}.2/straalt",
        f"{key}/straalt",
        f"{key}.0/straalt",
        f"{key}.1/niets",
        f"{key}.9999999999/straalt",
    ):
        assert press(ann, film, tag).status_code == 422, tag


def test_going_back_publishes_the_former_words_again(ann, own, key):
    ann.post(f"{own}/labels/straalt", data={"nl": "Anders", "group": "gezien"})
    ann.post(f"{own}/versions")
    assert ann.post(f"{own}/versions/1/again").status_code == 302
    told = ann.get(f"/api/v1/tag-sets/{key}").get_json()
    assert (told["version"], [tag["label"] for tag in told["tags"]]) == (3, ["Straalt"])
    assert ann.post(f"{own}/versions/9/again").status_code == 404
    assert ann.post(f"{own}/versions/{10**30}/again").status_code == 404


def test_a_retired_label_is_not_offered_and_keeps_its_meaning(ann, film, own, key, family):
    ann.post(f"{own}/labels", data={"nl": "Zwaait", "group": "gezien"})
    assert ann.post(f"{own}/labels/straalt/retirement").status_code == 302
    ann.post(f"{own}/versions")
    assert [tag["label"] for tag in ann.get(f"/api/v1/tag-sets/{key}").get_json()["tags"]] == ["Zwaait"]
    assert press(ann, film, f"{key}.1/straalt").get_json()["heading"] == "Pip straalt."
    assert ann.post(f"{own}/labels/straalt/retirement/end").status_code == 302
    ann.post(f"{own}/versions")
    assert len(ann.get(f"/api/v1/tag-sets/{key}").get_json()["tags"]) == 2


def test_an_empty_set_is_not_published(ann):
    address = ann.post("/tag-sets", data={"nl": "Leeg"}).headers["Location"]
    ann.post(f"{address}/versions")
    assert "Voeg eerst een label toe." in ann.get(address).text
    assert len(ann.get("/api/v1/tag-sets").get_json()["items"]) == 6


def test_a_draft_is_thrown_away_and_the_version_stays(ann, own, key):
    ann.post(f"{own}/labels/straalt", data={"nl": "Anders", "group": "gezien"})
    assert ann.post(f"{own}/draft/end").headers["Location"] == own
    assert "Anders" not in ann.get(own).text
    fresh = ann.post("/tag-sets", data={"nl": "Probeersel"}).headers["Location"]
    assert ann.post(f"{fresh}/draft/end").headers["Location"] == "/tag-sets"
    assert ann.get(fresh).status_code == 404
