"""The page on which moments are found: filters by address, words by body, the list alone for its script."""

import pytest
from sqlalchemy import select, text, update

from tests.finding.test_find import two_films  # noqa: F401
from tests.people import World
from vbg.films.models import Film
from vbg.finding.forms import wish


@pytest.fixture(autouse=True)
def made(two_films):  # noqa: F811
    return two_films


def test_found_moments_are_links_into_the_workspace(client_for, made):
    page = client_for("ann").get("/find").get_data(as_text=True)
    assert page.count('data-part="found"') == 3
    for moment in made.values():
        assert f"#{moment}" in page
    assert 'data-part="play"' in page


def test_a_filter_in_the_address_is_chosen_on_the_page(client_for, world: World, made):
    page = client_for("ann").get(f"/find?situation=meal&family={world.families['merel'].id}").get_data(as_text=True)
    assert page.count('data-part="found"') == 1
    assert '<option value="meal" selected>' in page


def test_words_come_in_the_body_and_the_list_comes_alone(client_for, made):
    ann = client_for("ann")
    assert ann.get("/find?words=tafel").get_data(as_text=True).count('data-part="found"') == 3
    answer = ann.post("/find", data={"words": "TAFEL"}, headers={"Vbg-Fragment": "results"})
    part = answer.get_data(as_text=True)
    assert "<html" not in part
    assert part.count('data-part="found"') == 1
    assert "Samen aan tafel" in part


def test_looking_holds_nobody_up(client_for, house, made):
    """Somebody saves meanwhile: a writer of SQLite shuts out writers, not who looks."""
    ann = client_for("ann")
    ann.get("/find")
    with house.database.unit() as writer:
        writer.execute(text("update alembic_version set version_num = version_num"))
        assert ann.post("/find", data={"words": "tafel"}).status_code == 200


def test_a_copy_of_another_codec_says_so_to_the_reel(client_for, house, made):
    with house.database.unit() as session:
        for film in session.scalars(select(Film)):
            film.record, film.proxy = {"copied": True, "picture": "vp9"}, "wanted"
    page = client_for("ann").get("/find").get_data(as_text=True)
    assert page.count('data-codec="vp9" data-offset') == 3
    with house.database.unit() as session:
        session.execute(update(Film).values(proxy="kept"))
    assert client_for("ann").get("/find").get_data(as_text=True).count('data-codec="vp9" data-alone') == 3


def test_nothing_found_says_what_to_do(client_for, made):
    page = client_for("ann").post("/find", data={"words": "olifant"}).get_data(as_text=True)
    assert 'class="empty"' in page
    assert 'href="/find"' in page
    assert 'value="olifant"' in page


def test_somebody_of_another_team_finds_nothing_of_it(client_for, world: World, made):
    cas = client_for("cas")
    for page in (cas.get(f"/find?family={world.families['merel'].id}"), cas.post("/find", data={"words": "tafel"})):
        assert page.status_code == 200
        assert 'data-part="found"' not in page.get_data(as_text=True)


def test_a_parent_has_no_such_page(client_for, made):
    assert client_for("dilan").get("/find").status_code == 404


@pytest.mark.parametrize("bad", ["family=x", "tag=%00", "began=%F0%9F%90%98", "goal=1&found_by=everyone", "fun=maybe"])
def test_what_is_not_known_asks_nothing(client_for, made, bad):
    assert client_for("ann").get(f"/find?{bad}").get_data(as_text=True).count('data-part="found"') == 3


def test_a_label_of_the_longest_name_can_be_asked_for():
    longest = f"house/{'a' * 40}"
    assert wish({"tag": longest}).tag == longest
    assert wish({"tag": f"{longest}a"}).tag == ""
