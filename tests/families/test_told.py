"""What a family tells: the question asked again, per home, first words, what matters, a child, who stands around."""

import html

import pytest
from sqlalchemy import select

from vbg import clock
from vbg.families import queries
from vbg.families.models import Family, Household, Member, Saying, Supporter

WORDS = 'We eten  samen;\nzonder "scherm" & <b>luid</b> 😀'


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def family(world):
    return world.families["merel"]


@pytest.fixture
def pip(house, family):
    with house.database.unit() as session:
        child = session.scalars(select(Member).where(Member.family_id == family.id, Member.kind == "child")).one()
        child.born_on = clock.today().replace(year=clock.today().year - 3, day=1)
        return child


@pytest.fixture
def two_homes(house, family):
    """Dilan in Kerkstraat, opa in Stationsstraat."""
    with house.database.unit() as session:
        homes = [Household(family_id=family.id, name=name) for name in ("Kerkstraat", "Stationsstraat")]
        session.add_all(homes)
        session.flush()
        session.scalars(select(Member).where(Member.call_name == "Dilan")).one().household_id = homes[0].id
        return homes


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def only(house, model):
    with house.database.unit(write=False) as session:
        return session.scalars(select(model)).one()


def ask(client, family, text, authors="Dilan", **more):
    data = {"question": text, "question_authors": authors, **more}
    assert client.post(f"/families/{family.id}/question", data=data).status_code == 302


def test_asked_again_and_still_right_stands_with_its_day(ann, family):
    ask(ann, family, "Hoe eten we rustig?")
    assert ann.post(f"/families/{family.id}/askings", data={"household": ""}).status_code == 302
    for place in ("", "/question"):
        seen = page(ann, f"/families/{family.id}{place}")
        assert "gevraagd: klopt nog." in seen
        assert seen.count("Hoe eten we rustig?") >= 1
    ask(ann, family, "Hoe eten we samen?")
    assert "klopt nog." not in page(ann, f"/families/{family.id}"), "other words were not asked again"
    past = page(ann, f"/families/{family.id}/question")
    assert past.index("Hoe eten we samen?") < past.index("klopt nog.") < past.rindex("Hoe eten we rustig?")
    assert "Opgeschreven door Ann" in past


def test_nothing_is_asked_again_when_there_is_no_question(ann, family):
    answer = ann.post(f"/families/{family.id}/askings", data={})
    assert answer.status_code == 422
    assert "Er is nog geen vraag" in answer.text


def test_each_home_can_ask_its_own(ann, family, two_homes, house):
    ask(ann, family, "Hoe doen we het samen?", "Dilan en opa")
    ask(ann, family, "Hoe eten we rustig?", "Dilan", household=two_homes[0].id)
    ask(ann, family, "Wanneer help ik?", "opa", household=two_homes[1].id)
    seen = page(ann, f"/families/{family.id}")
    assert all(words in seen for words in ("Hoe doen we het samen?", "Hoe eten we rustig?", "Wanneer help ik?"))
    with house.database.unit(write=False) as session:
        kept = session.get_one(Family, family.id)
        homes = {one.home.name if one.home else "" for one in queries.asked(session, kept)}
        assert homes == {"", "Kerkstraat", "Stationsstraat"}
        dilan = session.scalars(select(Member).where(Member.call_name == "Dilan")).one()
        assert queries.question_of(session, kept, dilan.person_id).text == "Hoe eten we rustig?"


def test_a_home_without_a_question_of_its_own_reads_the_one_of_all(ann, family, two_homes, house):
    ask(ann, family, "Hoe doen we het samen?", "Dilan en opa")
    ask(ann, family, "Wanneer help ik?", "opa", household=two_homes[1].id)
    with house.database.unit(write=False) as session:
        dilan = session.scalars(select(Member).where(Member.call_name == "Dilan")).one()
        found = queries.question_of(session, session.get_one(Family, family.id), dilan.person_id)
    assert (found.text, found.home) == ("Hoe doen we het samen?", None)


def test_a_home_of_another_family_asks_nothing_here(client_for, world, two_homes):
    cas, kievit = client_for("cas"), world.families["kievit"]
    data = {"question": "Stiekem", "household": two_homes[0].id}
    assert cas.post(f"/families/{kievit.id}/question", data=data).status_code == 404
    assert cas.post(f"/households/{two_homes[0].id}", data={"name": "Van mij"}).status_code == 404


def test_first_words_and_what_matters_stand_byte_for_byte_with_whose_they_are(ann, family, house):
    ann.post(f"/families/{family.id}/first-words", data={"keep": WORDS, "authors": "Dilan"})
    ann.post(f"/families/{family.id}/matters", data={"text": WORDS, "authors": "oma Rita"})
    with house.database.unit(write=False) as session:
        assert {(one.kind, one.text, one.authors) for one in session.scalars(select(Saying))} == {
            ("keep", WORDS, "Dilan"), ("matters", WORDS, "oma Rita"),
        }  # fmt: skip
    assert page(ann, f"/families/{family.id}/question").count(WORDS) >= 2
    shown = page(ann, f"/families/{family.id}")
    assert WORDS in shown
    assert "oma Rita" in shown


def test_what_does_not_fit_is_said_by_its_field(ann, family, house):
    for form, data in (
        ("first-words", {}), ("first-words", {"change": " "}), ("first-words", {"change": "x" * 1001}),
        ("first-words", {"keep": "a", "on": "2999-01-01"}), ("matters", {}), ("matters", {"text": " "}),
        ("matters", {"text": "x" * 501}), ("matters", {"text": "a\x00"}), ("around", {}),
        ("around", {"call_name": " "}), ("around", {"call_name": "Rita", "may_watch": "misschien"}),
        ("around", {"call_name": "R", "until_on": "ooit"}),
    ):  # fmt: skip
        answer = ann.post(f"/families/{family.id}/{form}", data=data)
        assert answer.status_code == 422, (form, data)
        assert 'aria-invalid="true"' in answer.text, (form, data)
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Saying)).all() == []
        assert session.scalars(select(Supporter)).all() == []


def test_five_lines_of_what_matters_and_no_sixth(ann, family, house):
    for nth in range(5):
        assert ann.post(f"/families/{family.id}/matters", data={"text": f"Regel {nth}"}).status_code == 302
    assert ann.post(f"/families/{family.id}/matters", data={"text": "Te veel"}).status_code == 422
    with house.database.unit(write=False) as session:
        first = session.scalars(select(Saying).order_by(Saying.created_at)).first().id
    taken = ann.post(f"/told/saying/{first}/removal").headers["Location"]
    assert "Zet terug" in page(ann, taken)
    assert "Regel 0" not in page(ann, f"/families/{family.id}")
    assert ann.post(f"/told/saying/{first}/removal/end").status_code == 302
    assert "Regel 0" in page(ann, f"/families/{family.id}")


def test_a_childs_wish_stands_beside_the_question_in_its_own_words(ann, family, pip):
    said = {"text": WORDS, "how": "hij wees", "written_by": "juf Els"}
    assert ann.post(f"/members/{pip.id}/wish", data=said).status_code == 302
    seen = page(ann, f"/families/{family.id}")
    assert f"Wat wil {pip.call_name}?" in seen
    assert WORDS in seen
    assert "hij wees" in seen
    assert "Opgeschreven door juf Els" in seen


def test_who_a_child_is_stands_on_its_page_with_its_phase(ann, family, pip):
    lines = {"likes": WORDS, "tempo": "Rustig aan.", "portrait_authors": "Dilan"}
    assert ann.post(f"/members/{pip.id}/portrait", data=lines).status_code == 302
    seen = page(ann, f"/members/{pip.id}/portrait")
    assert WORDS in seen
    assert "kleuter" in seen
    assert f'data-back="/members/{pip.id}/portrait"' in seen, "what was typed over comes back by one press"
    assert page(ann, f"/families/{family.id}").count("Een fase is geen norm.") == 1


def test_of_a_child_of_twelve_it_is_folded_until_it_writes_along(ann, family, pip, house):
    with house.database.unit() as session:
        session.get_one(Member, pip.id).born_on = clock.today().replace(year=clock.today().year - 13, day=1)
    ann.post(f"/members/{pip.id}/portrait", data={"likes": "Muziek.", "portrait_authors": "Dilan"})
    seen = page(ann, f"/members/{pip.id}/portrait")
    assert seen.index('<details class="private">') < seen.index("Muziek.")
    ann.post(f"/members/{pip.id}/portrait", data={"likes": "Muziek.", "written_together": "yes"})
    seen = page(ann, f"/members/{pip.id}/portrait")
    assert 'class="private"' not in seen
    assert f"Samen met {pip.call_name} geschreven" in seen


def test_an_adult_has_no_page_of_a_child(ann, world):
    for place in ("portrait", "wish"):
        assert ann.post(f"/members/{world.members['dilan'].id}/{place}", data={"text": "x"}).status_code == 404


def test_who_stands_around_and_may_look_along_until_a_day(ann, family, house):
    rita = {"call_name": "oma Rita", "relation": "haalt Pip van school", "may_watch": "yes", "said_by": "Dilan"}
    assert ann.post(f"/families/{family.id}/around", data=rita).status_code == 302
    for place in ("", "/around"):
        seen = page(ann, f"/families/{family.id}{place}")
        assert "oma Rita" in seen
        assert "mag mee kijken" in seen
    past = rita | {"until_on": "2020-01-01"}
    row = only(house, Supporter)
    assert ann.post(f"/supporters/{row.id}", data=past).status_code == 302
    assert "mag mee kijken" not in page(ann, f"/families/{family.id}")
    assert "mocht mee kijken tot 1 januari 2020" in page(ann, f"/families/{family.id}/around")


def test_a_colleague_of_another_team_and_a_parent_find_none_of_it(ann, client_for, family, pip, house):
    ann.post(f"/families/{family.id}/around", data={"call_name": "oma Rita"})
    rita = only(house, Supporter)
    for who in ("cas", "dilan"):
        stranger = client_for(who)
        for place in (
            f"/families/{family.id}/question",
            f"/families/{family.id}/around",
            f"/members/{pip.id}/portrait",
        ):
            assert stranger.get(place).status_code in (403, 404), (who, place)
        for verb in (f"/told/supporter/{rita.id}/removal", f"/supporters/{rita.id}", f"/members/{pip.id}/wish"):
            data = {"call_name": "x", "text": "x"}
            assert stranger.post(verb, data=data).status_code in (403, 404), (who, verb)


def test_a_wording_cannot_be_taken_away(ann, family, house):
    ask(ann, family, "Hoe eten we rustig?")
    with house.database.unit(write=False) as session:
        wording = queries.questions(session, session.get_one(Family, family.id))[0]
    assert ann.post(f"/told/asking/{wording.id}/removal").status_code == 404


def test_authority_care_and_film_are_three_facts_of_one_person(ann, family, world, house):
    dilan = world.members["dilan"]
    data = {"call_name": "Dilan", "authority": "yes", "authority_on": "2026-09-03", "cares": "no", "on_film": "films",
            "household": "Kerkstraat"}  # fmt: skip
    assert ann.post(f"/members/{dilan.id}", data=data).status_code == 302
    seen = page(ann, f"/families/{family.id}")
    assert "Ouderlijk gezag: nagevraagd op 3 september" in seen
    assert "Dilan filmt." in seen
    assert "Kerkstraat" in seen
    assert "voedt mee op" not in seen
    assert "voedt niet mee op" in page(ann, f"/families/{family.id}/edit")


def test_what_cannot_be_of_somebody_is_said_and_changes_nothing(ann, world, house):
    dilan = world.members["dilan"]
    for wrong in ({"call_name": " "}, {"call_name": "Dilan", "on_film": "misschien"},
                  {"call_name": "Dilan", "authority": "yes", "authority_on": "2999-01-01"}):  # fmt: skip
        answer = ann.post(f"/members/{dilan.id}", data={"on_film": "films"} | wrong)
        assert answer.status_code == 422, wrong
        assert 'aria-invalid="true"' in answer.text, wrong
    with house.database.unit(write=False) as session:
        assert session.get_one(Member, dilan.id).on_film == ""


def test_a_home_gets_another_name(ann, family, two_homes):
    assert ann.post(f"/households/{two_homes[0].id}", data={"name": "Zeedijk"}).status_code == 302
    assert "Zeedijk" in page(ann, f"/families/{family.id}")
    assert ann.post(f"/households/{two_homes[0].id}", data={"name": " "}).status_code == 422
