"""Reading a page as a person does, in either language; a family with all that a page can show."""

import html
import re
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from tests.tools import words
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.moments.models import Moment, Note
from vbg.people.models import Person
from vbg.reviews import actions as reviews
from vbg.sharing import actions as sharing

LANGUAGES = ("nl", "en")


def text_of(answer):
    """What is read on a page: no scripts, no markup, single blanks."""
    assert answer.status_code == 200, answer.status_code
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def main_of(answer):
    """The same of the page's own part, without the menu."""
    page = answer.get_data(as_text=True)
    found = re.search(r"<main\b.*?</main>", page, flags=re.DOTALL)
    assert found
    return text_of(SimpleNamespace(status_code=answer.status_code, get_data=lambda as_text: found[0]))


@pytest.fixture(params=LANGUAGES)
def language(request, house):
    """The language in which everybody reads."""
    with house.database.unit() as session:
        session.execute(update(Person).values(language=request.param))
    return request.param


@pytest.fixture
def said(language):
    """`said("New family", n=1)`: the sentence as the catalogue of this language has it."""
    catalogue = words.catalogue(language)

    def find(sentence, **values):
        found = catalogue.get(sentence)
        assert found, sentence
        assert found.string, sentence
        return " ".join((found.string % values if values else found.string).split())

    return find


@pytest.fixture
def merel(house, world):
    """Gezin Merel on its way: a question, a goal, three films, a starred moment with a note, a review, an answer."""
    with house.database.unit() as session:
        ann, family = world.viewer("ann"), session.get_one(Family, world.families["merel"].id)
        families.ask_question(session, ann, family, "Hoe spelen we samen?", "Dilan")
        session.add(Goal(family_id=family.id, text="We lachen samen.", authors="Dilan"))
        ready, held, failed = (
            Film(family_id=family.id, number=number, by_id=ann.person_id, state=state, title=title, duration_ms=60_000)
            for number, (state, title) in enumerate(
                (("ready", "Blokken"), ("held", "Eten"), ("failed", "Bad")), start=1
            )
        )
        session.add_all([ready, held, failed])
        session.flush()
        moment = Moment(film_id=ready.id, start_ms=1000, end_ms=9000, chosen=True, words="Pip kijkt.")
        session.add(moment)
        session.flush()
        session.add(Note(moment_id=moment.id, text="Alleen voor Ann: wachten", by_id=ann.person_id))
        review = reviews.begin(session, ann, family.id)
        reviews.put(session, ann, review, moment)
        share = sharing.share(session, ann, moment, world.people["dilan"].id)
        share.clip_state = "ready"
        session.flush()
        sharing.answer(session, world.viewer("dilan"), share.id, ["recognise"], "Wat fijn om te zien")
        return SimpleNamespace(id=family.id, ready=ready, held=held, failed=failed, moment=moment, review=review)
