"""A draft is made label by label; what cannot be says why beside its field and keeps what was typed."""

import pytest

from tests.tagsets.conftest import LABEL


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"nl": "Kijkt niet"}, "nl"), ({"nl": ""}, "nl"), ({"nl": "x" * 41}, "nl"),
        ({"plain_nl": "Jij negeert {k}."}, "plain_nl"),
        ({"plain_nl": "{naam} lacht."}, "plain_nl"), ({"code": "KeyA"}, "code"), ({"code": "KeyX"}, "code"),
        ({"lead": "vier"}, "lead"), ({"lead": "31"}, "lead"), ({"lag": "2.55"}, "lag"), ({"nl": "straalt"}, "nl"),
        ({"icon": "../x"}, "icon"), ({"group": "", "new_group": ""}, "group"), ({"group": "elders"}, "group"),
        ({"plain_en": "You never look."}, "plain_en"), ({"colour": "#ff0000"}, "colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_a_sentence(ann, own, wrong, field):
    sent = {"nl": "Zwaait <b>", "group": "gezien"} | wrong
    answer = ann.post(f"{own}/labels", data=sent)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    if "nl" not in wrong:
        assert "Zwaait &lt;b&gt;" in answer.text


def test_a_label_is_changed_and_its_times_are_tenths(ann, own, key):
    page = ann.get(f"{own}/labels/straalt").text
    assert 'value="2.5"' in page
    assert ann.post(f"{own}/labels/straalt", data=LABEL | {"lead": "0.3", "group": "gezien"}).status_code == 302
    ann.post(f"{own}/versions")
    (label,) = ann.get(f"/api/v1/tag-sets/{key}").get_json()["tags"]
    assert (label["lead_ms"], label["lag_ms"], label["key"], label["qwerty_key"]) == (300, 4000, "Q", "A")


def test_names_and_colours_of_the_house_palette_alone(ann, own):
    heads = {"nl": "Stralen", "en": "Shining", "group_nl": "Te zien", "group_en": "Seen"}
    assert ann.post(own, data=heads | {"group_colour": "fun"}).status_code == 302
    assert "g-plezier" in ann.get(own).text
    for wrong in ({"group_colour": "red"}, {"group_colour": []}, {"group_colour": "fun", "nl": "Wat je fout doet"}):
        assert ann.post(own, data=heads | wrong).status_code == 422, wrong


def test_a_copy_of_the_house_is_changed_and_the_house_is_not(ann):
    address = ann.post("/tag-sets", data={"nl": "Basis, ons", "copy_of": "house"}).headers["Location"]
    assert (
        ann.post(f"{address}/labels/looks", data={"nl": "Kijkt op", "group": "child", "code": "Digit1"}).status_code
        == 302
    )
    assert "Kijkt op" in ann.get(address).text
    assert "Kijkt op" not in ann.get("/tag-sets/house/house").text
    assert ann.post("/tag-sets", data={"nl": "x", "copy_of": "er niet"}).status_code == 422


def test_the_form_shows_which_label_holds_a_key(ann, own):
    assert "is van Straalt" in ann.get(f"{own}/labels/new").text


def test_a_group_that_says_no_is_told_by_its_own_field(ann, own):
    sent = {"nl": "Stralen", "en": "Glow", "group_nl": "Kijkt niet", "group_en": "Seen", "group_colour": "fun"}
    page = ann.post(own, data=sent)
    assert page.status_code == 422
    assert 'id="g-nl-1-error"' in page.text
    assert 'id="f-nl-error"' not in page.text
    label = ann.post(f"{own}/labels", data={"nl": "Zwaait", "new_group": "Kijkt niet"})
    assert label.status_code == 422
    assert 'id="f-new_group-error"' in label.text


def test_a_label_reaches_no_further_than_an_arranged_one(ann, own):
    assert ann.post(f"{own}/labels", data={"nl": "Zwaait", "group": "gezien", "lead": "20,5"}).status_code == 422
    assert ann.post(f"{own}/labels", data={"nl": "Zwaait", "group": "gezien", "lead": "20"}).status_code == 302
