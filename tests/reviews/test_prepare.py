"""The starred moments come by themselves, in film order; all else is free."""

import re

import pytest

from vbg.reviews import rules


def order(page):
    return re.findall(r'id="m-([0-9a-f-]{36})"', page.text)


def test_the_starred_moments_stand_in_film_order(ann, review, scene):
    assert order(ann.get(review)) == [str(scene.first.id), str(scene.second.id)]


def test_preparing_again_is_the_same_review(ann, review, scene):
    assert ann.post("/reviews", data={"film": scene.film.id}).headers["Location"] == review
    assert len(order(ann.get(review))) == 2


def test_moments_move_and_the_ends_hold(ann, review, scene):
    first, second = str(scene.first.id), str(scene.second.id)
    ann.post(f"{review}/moments/{first}/later")
    assert order(ann.get(review)) == [second, first]
    ann.post(f"{review}/moments/{first}/later")
    ann.post(f"{review}/moments/{first}/earlier")
    ann.post(f"{review}/moments/{first}/earlier")
    assert order(ann.get(review)) == [first, second]


def test_any_moment_is_placed_once_and_taken_out_again(ann, review, scene):
    for _ in range(2):
        assert ann.post(f"{review}/moments/{scene.plain.id}").status_code == 302
    assert len(order(ann.get(review))) == 3
    ann.post(f"{review}/moments/{scene.first.id}/removal")
    assert order(ann.get(review)) == [str(scene.second.id), str(scene.plain.id)]
    assert ann.post(f"{review}/moments/{scene.first.id}/removal").status_code == 404


def test_theme_and_prompt_are_kept_as_typed(ann, review, scene):
    ann.post(review, data={"theme": "Even <wachten> & zien"})
    ann.post(f"{review}/moments/{scene.first.id}/prompt", data={"prompt": "Wat zie je “hier”?"})
    page = ann.get(review).text
    assert "Even &lt;wachten&gt; &amp; zien" in page
    assert "Wat zie je “hier”?" in page


@pytest.mark.parametrize(("where", "data"), [("", {"theme": "x" * 121}), ("prompt", {"prompt": "x" * 301})])
def test_what_is_too_long_is_refused_and_loses_nothing(ann, review, scene, where, data):
    address = f"{review}/moments/{scene.first.id}/prompt" if where else review
    assert ann.post(address, data=data).status_code == 422
    assert "xxx" not in ann.get(review).text


def test_advice_is_given_and_never_blocks(ann, review, scene):
    for one in (scene.first, scene.second):
        ann.post(f"{review}/moments/{one.id}/removal")
    ann.post(f"{review}/moments/{scene.plain.id}")
    assert [(one.code, one.fine) for one in rules.advice([8000])] == [("moments", False), ("seconds", True)]
    assert ann.post(f"{review}/start").status_code == 302


def test_a_moment_of_another_family_has_no_place_here(client_for, review, house, world, scene):
    from vbg.films.models import Film
    from vbg.moments.models import Moment

    with house.database.unit() as session:
        film = Film(family_id=world.families["kievit"].id, number=1, by_id=world.people["cas"].id, state="ready")
        session.add(film)
        session.flush()
        other = Moment(film_id=film.id, start_ms=0)
        session.add(other)
    assert client_for("bea").post(f"{review}/moments/{other.id}").status_code == 404
    assert client_for("cas").get(review).status_code == 404


@pytest.mark.parametrize("film", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_no_film_no_review(ann, film):
    assert ann.post("/reviews", data={"film": film}).status_code == 404
