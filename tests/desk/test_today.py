"""Today: one next thing, what waits, what was said at home; each counselor their own families."""

import re

import pytest

from tests.desk.conftest import main_of, text_of
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.reviews import actions as reviews
from vbg.reviews.models import Review


def next_of(client):
    """The one next thing: the word before it, and where its button goes."""
    line = re.search(r'<section class="now".*?</section>', client.get("/today").get_data(as_text=True), re.DOTALL)[0]
    buttons = re.findall(r'<a[^>]*href="([^"]+)"', line)
    assert len(buttons) == 1
    return re.search(r"<b>(.*?)</b>", line)[1], buttons[0]


@pytest.mark.parametrize("who", ["ann", "bea"])
def test_the_team_sees_what_waits(client_for, merel, who):
    page = main_of(client_for(who).get("/today"))
    for word in ("Gezin Merel", "Hoe spelen we samen?", "Blokken", "Eten", "Bad", "Wat fijn om te zien"):
        assert word in page
    for word in ("Kievit", "Alleen voor Ann: wachten"):
        assert word not in page


def test_another_team_sees_nothing_of_it(client_for, merel):
    page = text_of(client_for("cas").get("/today"))
    assert "Gezin Kievit" in page
    for word in ("Merel", "Blokken", "samen?", "Wat fijn", "Pip"):
        assert word not in page


@pytest.mark.parametrize("who", ["dilan", "eve"])
def test_it_is_no_page_of_parents(client_for, merel, who):
    assert client_for(who).get("/today").status_code == 404


def test_nobody_signs_in_first(client_for):
    assert client_for("").get("/today").headers["Location"].startswith("/sign-in")


def test_a_family_without_anything_says_how_it_begins(client_for, world, said):
    cas = client_for("cas")
    page = main_of(cas.get("/today"))
    for sentence in ("Now:", "Add a film", "The first film", "Watching together", "From home"):
        assert said(sentence) in page
    assert next_of(cas)[1] == f"/families/{world.families['kievit'].id}/films/new"
    assert cas.get(next_of(cas)[1]).status_code == 200


def test_how_a_film_stands_is_said_in_words(client_for, merel, said):
    page = main_of(client_for("ann").get("/today"))
    for sentence in ("Ready to watch", "On hold: no yes yet", "We cannot read it", "I recognise this"):
        assert said(sentence) in page


def test_the_next_thing_follows_the_work(client_for, house, world, merel, said):
    """Prepare, round off, and when nothing is open: look at a film."""
    ann, viewer = client_for("ann"), world.viewer("ann")
    assert next_of(ann) == (said("Now:"), f"/reviews/{merel.review.id}")
    with house.database.unit() as session:
        reviews.start(session, viewer, session.get_one(Review, merel.review.id))
    assert next_of(ann)[1] == f"/reviews/{merel.review.id}/closing"
    with house.database.unit() as session:
        reviews.close(session, viewer, session.get_one(Review, merel.review.id), "", "", "")
    assert next_of(ann)[1] == f"/films/{merel.ready.id}/workspace"


def test_a_family_that_was_put_away_leaves_the_lists(client_for, house, world, merel):
    ann = client_for("ann")
    ann.post(f"/families/{merel.id}/closure")
    assert "Gezin Merel" not in main_of(ann.get("/today")).replace("Gezin Merel werd", "")
    ann.post(f"/families/{merel.id}/closure/end")
    assert "Gezin Merel" in main_of(ann.get("/today"))


def test_who_left_the_team_sees_it_no_more(client_for, house, world, merel):
    bea = client_for("bea")
    assert "Merel" in text_of(bea.get("/today"))
    with house.database.unit() as session:
        found = session.get_one(Family, merel.id)
        families.leave_team(session, world.viewer("ann"), found, world.people["bea"])
    page = text_of(bea.get("/today"))
    for word in ("Merel", "Blokken", "Wat fijn"):
        assert word not in page
