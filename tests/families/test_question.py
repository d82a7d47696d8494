"""The parents' question stays theirs: byte for byte, with whose words it is, and all its wordings."""

import html

import pytest
from sqlalchemy import select

from vbg.families import queries
from vbg.families.models import Family, Question

WORDS = 'Hoe kan ik "nee" zeggen\nzonder dat Pip weent? 😀 \u202bكيف\u202c <é> e\u0301'


@pytest.fixture
def ask(client_for, world):
    ann, family = client_for("ann"), world.families["merel"]

    def send(text, authors=""):
        return ann.post(f"/families/{family.id}/question", data={"question": text, "question_authors": authors})

    return send


def kept(house, world):
    with house.database.unit(write=False) as session:
        return session.get_one(Family, world.families["merel"].id)


def test_it_is_kept_byte_for_byte(ask, house, world, client_for):
    ask(WORDS, "Dilan en oma")
    family = kept(house, world)
    assert (family.question, family.question_authors) == (WORDS, "Dilan en oma")
    page = client_for("bea").get(f"/families/{family.id}").text
    assert WORDS in html.unescape(page)
    assert "Dilan en oma" in page
    assert "<é>" not in page


def test_line_breaks_of_a_browser_become_plain(ask, house, world):
    ask(WORDS.replace("\n", "\r\n"))
    assert kept(house, world).question == WORDS


def test_older_wordings_stay_with_their_authors(ask, house, world, client_for):
    for words, authors in (("Eerst dit.", "Dilan"), ("Dan dat.", "Dilan en oma"), ("", "")):
        ask(words, authors)
    with house.database.unit(write=False) as session:
        family = session.get_one(Family, world.families["merel"].id)
        past = [(one.text, one.authors) for one in queries.questions(session, family)]
    assert past == [("", ""), ("Dan dat.", "Dilan en oma"), ("Eerst dit.", "Dilan")]
    page = client_for("ann").get(f"/families/{family.id}/question").text
    assert "Eerst dit." in page
    assert "Dan dat." in page


def test_the_same_again_is_no_new_wording(ask, house):
    for _ in range(2):
        ask("Eerst dit.", "Dilan")
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(Question)).all()) == 1


@pytest.mark.parametrize(("text", "authors"), [("x" * 2001, ""), ("a\x00b", ""), ("a", "x" * 201)])
def test_what_does_not_fit_is_refused_and_loses_nothing(ask, house, world, text, authors):
    ask("Eerst dit.")
    answer = ask(text, authors)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert kept(house, world).question == "Eerst dit."


def test_nothing_is_locked_without_a_question(client_for, world):
    ann, family = client_for("ann"), world.families["merel"]
    for place in ("", "/edit", "/consent", "/films/new", "/reviews", "/goals/new"):
        assert ann.get(f"/families/{family.id}{place}").status_code == 200, place
