"""The table noun x reader: what 'who sees this?' says is who really gets it, and it says names alone."""

import json
from collections.abc import Callable

import pytest

from tests.sharing.conftest import WORDS
from vbg import clock
from vbg.families.models import Family, Household
from vbg.goals.models import Goal
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import AskIn, HypothesisIn
from vbg.notes.models import FamilyNote
from vbg.reviews.models import Review, ReviewMoment
from vbg.sharing import actions as sharing
from vbg.sharing.models import Answer
from vbg.sharing.readers import NOUNS

STAFF = {"ann": "Ann", "bea": "Bea", "cas": "Cas"}
HOME = {"dilan": "Dilan", "eve": "Eve"}
ANSWER = "Dat is mijn kind, echt waar."
OWN = "Wanneer wacht ik beter?"
QUESTION = "Hoe blijven we rustig aan tafel?"
NOTED = "Dilan belde over morgen."
ASKED = "Begint Pip als er iemand wacht?"
SAID = "Dilan vertelde over de lepel."


@pytest.fixture
def things(house, world, told, give):
    """Every noun there is: the id the list asks by, and who says it is there by really opening it."""
    share = give(world.people["dilan"])
    with house.database.unit() as session:
        family = session.get_one(Family, world.families["merel"].id)
        family.question = QUESTION
        home = Household(family_id=family.id, name="Zeedijk", question=OWN, question_authors="Eve")
        session.add(home)
        session.add(Answer(share_id=share.id, reactions=[], words=ANSWER))
        review = Review(family_id=family.id, by_id=world.people["ann"].id, notes=SAID, theme="Samen")
        session.add_all([review, FamilyNote(family_id=family.id, kind="talk", on=clock.today(), text=NOTED,
                                            by_id=world.people["ann"].id)])  # fmt: skip
        session.flush()
        session.add(ReviewMoment(review_id=review.id, moment_id=told.moment.id, position=0))
        goal = session.get_one(Goal, told.goal.id)
        thought, _ = hypotheses.add(session, world.viewer("ann"), family.id, HypothesisIn(statement="Wachten helpt."))
        asking, _ = hypotheses.ask(session, world.viewer("ann"), thought, AskIn(text=ASKED))
        sharing.share_asking(session, world.viewer("ann"), asking, world.people["dilan"].id)
        for kind in ("play", "frames"):
            source = house.settings.data / "some.bytes"
            source.write_bytes(kind.encode() * 100)
            house.store.put(told.film.id, kind, 1, source)
        found = {
            "film": told.film.id, "words": told.moment.id, "note": told.moment.id, "goal": goal.id,
            "question": family.id, "home_question": home.id, "clip": share.id, "answer": share.id, "talk": review.id,
            "written": family.id, "asked": asking.id,
        }  # fmt: skip
        return found, review.id


def shows(words: str) -> Callable[..., bool]:
    """Whether a page has this text."""

    def look(client, path: str) -> bool:
        answer = client.get(path, headers={"Range": "bytes=0-1"})
        return answer.status_code in (200, 206) and words in answer.text

    return look


def really(noun: str, thing, told, review, share, role: str) -> tuple[str, Callable[..., bool]]:
    """The address at which somebody of this role meets the noun, and how one sees that it is there."""
    there = shows("")
    page, room = f"/portal/moments/{share}", f"/api/v1/reviews/{review}/films/{told.film.id}/media"
    table = {
        "film": {"staff": (f"/api/v1/films/{thing}/media", there), "home": (f"/api/v1/films/{thing}/media", there),
                 "room": (room, there)},
        "words": {"staff": (f"/api/v1/moments/{thing}", shows("Pip kijkt.")), "home": (page, shows("Pip kijkt."))},
        "note": {"staff": (f"/api/v1/moments/{thing}/note", shows("Werkhypothese")),
                 "home": (page, shows("Werkhypothese"))},
        "goal": {"staff": (f"/goals/{thing}", shows("We lachen samen.")), "home": (page, shows("We lachen samen."))},
        "question": {"staff": (f"/families/{thing}", shows(QUESTION)), "home": (page, shows(QUESTION))},
        "home_question": {"staff": (f"/families/{told.film.family_id}", shows(OWN)), "home": (page, shows(OWN))},
        "clip": {"staff": (f"/api/v1/moments/{told.moment.id}", there), "home": (f"{page}/media", there)},
        "answer": {"staff": ("/today", shows(ANSWER)), "home": (page, shows(ANSWER))},
        "written": {"staff": (f"/families/{thing}/notes", shows(NOTED)), "home": (page, shows(NOTED))},
        "asked": {"staff": (f"/askings/{thing}", shows(ASKED)), "home": (f"/portal/questions/{thing}", shows(ASKED))},
        "talk": {"staff": (f"/reviews/{review}/closing", shows(SAID)), "home": (page, shows(SAID))},
    }  # fmt: skip
    return table[noun].get(role) or table[noun]["staff"]


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_the_list_is_who_really_sees_it(noun, things, told, client_for, world):
    found, review = things
    asked = f"/api/v1/readers/{noun}/{found[noun]}"
    everybody = {who: client_for(who) for who in (*STAFF, *HOME)}
    reached, heard = set(), {}
    for who, client in everybody.items():
        address, sees = really(noun, found[noun], told, review, found["clip"], "staff" if who in STAFF else "home")
        if sees(client, address):
            reached.add(who)
        answer = client.get(asked)
        assert answer.status_code == (200 if who in reached else 404), (noun, who)
        heard[who] = answer
    said = json.loads(heard["ann"].data)
    assert set(said) == {"team", "home", "room"}
    assert said["team"] == [STAFF[who] for who in STAFF if who in reached]
    assert said["home"] == [HOME[who] for who in HOME if who in reached]
    assert all(heard[who].json == said for who in reached)


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_the_room_is_named_while_it_watches(noun, things, told, ann, client_for):
    found, review = things
    bea = client_for("bea")
    asked = f"/api/v1/readers/{noun}/{found[noun]}"
    assert bea.get(asked).json["room"] is False, "nobody watches yet"
    begun = ann.post(f"/reviews/{review}/start")
    if noun == "question":
        sees = QUESTION in ann.get(begun.headers["Location"]).text
    else:
        address, look = really(noun, found[noun], told, review, found["clip"], "room")
        sees = look(ann, address)
    assert bea.get(asked).json["room"] is sees
    assert sees is (noun in {"film", "question"})
    assert ann.get(asked).status_code == 404, "the room itself asks nothing"


def test_what_is_taken_back_is_seen_by_the_team_alone(things, client_for, told):
    found, _ = things
    ann, dilan = client_for("ann"), client_for("dilan")
    ann.post(f"/shares/{found['clip']}/retraction")
    for noun in ("words", "goal", "question", "clip"):
        assert ann.get(f"/api/v1/readers/{noun}/{found[noun]}").json == {
            "team": ["Ann", "Bea"],
            "home": [],
            "room": False,
        }, noun
        assert dilan.get(f"/api/v1/readers/{noun}/{found[noun]}").status_code == 404


def test_another_parent_is_a_name_and_nothing_else(give, world, oma, dilan, told):
    share = give(world.people["dilan"])
    give(oma)
    said = dilan.get(f"/api/v1/readers/clip/{share.id}").json
    assert said == {"team": ["Ann", "Bea"], "home": ["Dilan", "oma Rita"], "room": False}
    assert dilan.get(f"/api/v1/readers/answer/{share.id}").json["home"] == ["Dilan"]


@pytest.mark.parametrize("who", ["ann", "dilan"])
def test_a_thing_that_is_not_there_has_no_readers(client_for, who, world):
    client = client_for(who)
    for noun in NOUNS:
        assert client.get(f"/api/v1/readers/{noun}/{world.people['eve'].id}").status_code == 404, noun
    assert client.get(f"/api/v1/readers/person/{world.people['eve'].id}").status_code == 404


def test_each_noun_is_asked_on_its_page(things, told, ann, dilan):
    found, review = things
    pages = {
        f"/families/{found['question']}": ["question"], f"/goals/{found['goal']}": ["goal"],
        f"/films/{found['film']}": ["film"], f"/films/{found['film']}/workspace": ["film"],
        f"/reviews/{review}": ["words", "note"], f"/reviews/{review}/closing": ["talk"], "/today": ["answer"],
    }  # fmt: skip
    for path, nouns in pages.items():
        page = ann.get(path).text
        for noun in nouns:
            assert f'src="/api/v1/readers/{noun}/{found[noun]}"' in page, (path, noun)
    work = ann.get(f"/films/{told.film.id}/workspace").text
    assert all(f'data-noun="{noun}"' in work for noun in ("words", "note")), "the open moment's own, filled by script"
    page = dilan.get(f"/portal/moments/{found['clip']}").text
    for noun in ("clip", "answer"):
        assert f'src="/api/v1/readers/{noun}/{found[noun]}"' in page
    assert WORDS[:9] in page
