"""Cas is in another team: every page of Merel is not there for him, and nothing he sends changes it."""

import pytest
from sqlalchemy import select

from tests.architecture.reading import address_of
from vbg import clock
from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.families.models import Household, Member, Supporter
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.hypotheses.models import Asking, Hypothesis
from vbg.moments.models import Moment
from vbg.notes.models import FamilyNote
from vbg.plans.models import Step, Strategy
from vbg.reviews.models import Review, ReviewMoment
from vbg.sharing.models import Share
from vbg.supervision.models import Bag
from vbg.visits.models import Visit
from vbg.web import access


@pytest.fixture
def things(house, world):
    """The parts of an address -> a thing of Merel's."""
    ann, dilan, family = world.people["ann"].id, world.people["dilan"].id, world.families["merel"].id
    with house.database.unit() as session:
        film = Film(family_id=family, number=1, by_id=ann, state="ready", duration_ms=9000)
        goal, review = Goal(family_id=family, text="Samen lachen"), Review(family_id=family, by_id=ann)
        session.add_all([film, goal, review])
        session.flush()
        moment = Moment(film_id=film.id, start_ms=0, end_ms=500)
        session.add(moment)
        session.flush()
        share = Share(moment_id=moment.id, person_id=dilan, start_ms=0, end_ms=500, clip_state="ready", by_id=ann)
        session.add_all([share, ReviewMoment(review_id=review.id, moment_id=moment.id, position=0)])
        session.flush()
        today = {"family_id": family, "on": clock.today(), "by_id": ann}
        thought = Hypothesis(family_id=family, statement="Wachten helpt", source="talk", source_on=clock.today(),
                             by_id=ann)  # fmt: skip
        way = Strategy(goal=goal, text="Eerst wachten", by_id=ann)
        more = {
            "supporter": Supporter(family_id=family, call_name="Rita", by_id=ann),
            "home": Household(family_id=family, name="Kerkstraat"), "visit": Visit(**today),
            "note": FamilyNote(kind="talk", text="Gepraat", **today), "fact": ConcernFact(fact="Gezien", **today),
            "concern_step": ConcernStep(code="own", **today), "hypothesis": thought, "strategy": way,
            "step": Step(strategy=way, text="Tel tot drie", by_id=ann),
            "asking": Asking(hypothesis=thought, text="Klopt dit?", by_id=ann),
            "bag": Bag(family_id=family, by_id=ann, question="Wat zie jij?", until_on=clock.today()),
        }  # fmt: skip
        session.add_all(more.values())
        session.flush()
        child = session.scalars(select(Member).where(Member.family_id == family, Member.kind == "child")).one()
        found = {"film": film, "goal": goal, "review": review, "moment": moment, "share": share, "child": child,
                 "kept": more["supporter"]} | more  # fmt: skip
    ids = {"kind": "supporter"} | {f"{name}_id": str(one.id) for name, one in found.items()}
    return ids | {"family_id": str(family), "member_id": str(world.members["dilan"].id), "person_id": str(dilan)}


def pages(app, things, audience):
    """(method, address) of every route with an id that opens to this audience."""
    for rule in app.url_map.iter_rules():
        named = [name for name in rule.arguments if name.endswith("_id")]
        if not named or audience not in (access.audiences_of(app, rule.endpoint) or ()):
            continue
        if {"upload_id", "set_id", "card_id", "supervision_id"} & set(named):  # of the practice, of no family
            continue
        address = address_of(rule.rule, things, "x")
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            yield method, address


FORM = {"code": "x", "question": "x", "call_name": "x", "theme": "x", "title": "x", "text": "x", "password": "x",
        "words": "x", "email": "x@thuis.test", "name": "x"}  # fmt: skip


@pytest.mark.parametrize(("who", "audience"), [("cas", "staff"), ("eve", "parent")])
def test_nothing_of_merel_is_there_for_a_stranger(app, client_for, things, who, audience):
    client = client_for(who)
    asked = list(pages(app, things, audience))
    assert len(asked) > (20 if who == "cas" else 2)
    found = []
    for method, address in asked:
        sent = {"json": {}} if "/api/" in address else {"data": FORM}
        status = client.open(address, method=method, headers={"If-Match": '"1"'}, **sent).status_code
        if status != 404:
            found.append(f"{method} {address} {status}")
    assert found == []


def test_the_same_pages_are_there_for_ann(app, client_for, things):
    ann = client_for("ann")
    asked = [address for method, address in pages(app, things, "staff") if method == "GET" and "/api/" not in address]
    missing = [address for address in asked if ann.get(address).status_code not in (200, 302)]
    assert missing == [f"/visits/{things['visit_id']}/voice"], "nothing was spoken"
