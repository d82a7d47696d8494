"""The register of concerns: facts apart from what they might mean, steps with their day, for the team alone."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy import inspect, select

from vbg import audit, clock
from vbg.concerns import rules
from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.families.models import Family

MARK = "Vlinderwoord"


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def family(world):
    return world.families["merel"].id


@pytest.fixture
def url(family):
    return f"/families/{family}/concerns"


def kept(house, kind=ConcernFact):
    with house.database.unit(write=False) as session:
        return session.scalars(select(kind).order_by(kind.id)).all()


def lines(house, event):
    with house.database.unit(write=False) as session:
        return session.scalars(select(audit.AuditLine).where(audit.AuditLine.event == event)).all()


def test_a_fact_stands_apart_from_what_it_might_mean(house, ann, url):
    told = {"fact": f"{MARK} geroepen.\r\nTwee keer.", "meaning": "Misschien moe", "seen_by": "Bea", "on": "2026-02-03"}
    made = ann.post(f"{url}/facts", data=told)
    assert made.status_code == 302
    (fact,) = kept(house)
    assert (fact.fact, fact.meaning, fact.seen_by, fact.on) == (
        f"{MARK} geroepen.\nTwee keer.", "Misschien moe", "Bea", date(2026, 2, 3),
    )  # fmt: skip
    page = ann.get(url).text
    assert f'id="{fact.id}"' in page
    apart = re.search(r'<div class="apart">(.*?)</div>', page, re.DOTALL)[1]
    assert "Misschien moe" in apart
    assert MARK not in apart


def test_words_alone_are_of_today(house, ann, url):
    ann.post(f"{url}/facts", data={"fact": "Gezien."})
    ann.post(f"{url}/steps", data={})
    assert [one.on for one in (*kept(house), *kept(house, ConcernStep))] == [clock.today()] * 2
    assert kept(house, ConcernStep)[0].code == "own"


@pytest.mark.parametrize(
    ("where", "wrong", "field"),
    [
        ("facts", {"fact": "\n"}, "fact"), ("facts", {"fact": "x" * 4001}, "fact"),
        ("facts", {"on": "2999-01-01"}, "on"),
        ("facts", {"on": "31 februari"}, "on"), ("facts", {"seen_by": "x" * 201}, "seen_by"),
        ("facts", {"meaning": "x" * 4001}, "meaning"),
        ("steps", {"code": "judge"}, "code"), ("steps", {"words": "x" * 4001}, "step-words"),
        ("steps", {"on": "2999-01-01"}, "step-on"),
    ],
)  # fmt: skip
def test_a_failed_try_keeps_what_was_typed_and_no_log_holds_it(house, ann, url, caplog, where, wrong, field):
    typed = (
        {"fact": f"{MARK} gezien", "meaning": "kan"}
        if where == "facts"
        else {"words": f"{MARK} gezegd", "code": "team"}
    )
    answer = ann.post(f"{url}/{where}", data=typed | wrong)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert (MARK in answer.text) is (MARK in "".join((typed | wrong).values()))
    assert MARK not in caplog.text
    assert kept(house) == []
    assert kept(house, ConcernStep) == []


def test_the_same_fact_sent_twice_is_one(house, ann, url):
    same = {"fact": "Een keer", "id": str(uuid.uuid4())}
    for _ in range(2):
        assert ann.post(f"{url}/facts", data=same).status_code == 302
    assert len(kept(house)) == 1
    assert ann.post(f"{url}/facts", data=same | {"fact": "Anders"}).status_code == 422


def test_the_steps_are_those_of_the_country_and_say_when_they_were_taken(house, ann, url, family):
    page = ann.get(url).text
    assert "1712" in page
    assert "458bis" in page
    assert "Veilig Thuis" not in page
    ann.post(f"{url}/steps", data={"code": "centre", "words": "Gebeld", "on": "2026-02-03"})
    steps = re.search(r'<ol class="steps-list">(.*?)</ol>', ann.get(url).text, re.DOTALL)[1]
    assert re.findall(r"3 februari", steps) == ["3 februari"]
    with house.database.unit() as session:
        session.get_one(Family, family).country = "NL"
    page = ann.get(url).text
    assert len(re.findall(r"<li><span class=\"grow\">", page)) == 5
    assert "Veilig Thuis" in page
    assert "458bis" not in page
    assert "Gebeld" in page, "what was done stays, whatever list holds"
    with house.database.unit() as session:
        session.get_one(Family, family).country = "XX"
    assert ann.get(url).status_code == 200


def test_a_list_holds_from_its_day_on():
    assert rules.route("NL", date(2013, 6, 30)).steps == ()
    assert rules.route("NL", date(2018, 12, 31)).steps[3:] == ("weigh", "decide")
    assert rules.route("NL", date(2019, 1, 1)).steps[3:] == ("weigh_by_frame", "decide_twice")
    assert rules.route("BE", date(2026, 1, 1)).conditions == ("minor", "known", "danger", "alone")
    assert {one.country for one in rules.ROUTES} == {"BE", "NL"}


@pytest.mark.parametrize("code", sorted(rules.CODES - {rules.OWN}))
def test_each_step_has_its_words(app, code):
    with app.test_request_context():
        macros = app.jinja_env.get_template("concerns/_words.html").make_module({"_": str})
        assert macros.step_word("BE", code) != macros.step_word("BE", rules.OWN)


def test_away_and_back(house, ann, url):
    ann.post(f"{url}/facts", data={"fact": f"{MARK} gezien"})
    ann.post(f"{url}/steps", data={"words": "Gebeld"})
    for noun, kind in (("fact", ConcernFact), ("step", ConcernStep)):
        (one,) = kept(house, kind)
        assert ann.post(f"/concern-{noun}s/{one.id}/removal").status_code == 302
        assert f"/concern-{noun}s/{one.id}/removal/end" in ann.get(url).text
        assert ann.post(f"/concern-{noun}s/{one.id}/removal/end").status_code == 302
        assert f'action="/concern-{noun}s/{one.id}/removal"' in ann.get(url).text


def test_each_reading_is_a_line_by_whom_and_without_a_word(house, ann, url, client_for, world, family):
    ann.post(f"{url}/facts", data={"fact": MARK})
    ann.get(url)
    client_for("bea").get(url)
    ann.post(f"{url}/facts", data={"fact": ""})
    read = lines(house, "concerns.read")
    assert [one.actor_id for one in read] == [world.people[who].id for who in ("ann", "bea", "ann")]
    assert {(one.family_id, one.object_id, one.kind) for one in read} == {(family, family, "family")}
    assert MARK not in "".join(str(vars(one)) for one in [*read, *lines(house, "concerns.write_fact")])


def test_who_is_not_of_the_team_finds_nothing_and_reads_nothing(house, ann, url, client_for):
    ann.post(f"{url}/facts", data={"fact": MARK})
    (fact,) = kept(house)
    before = len(lines(house, "concerns.read"))
    for who in ("cas", "eve", "dilan"):
        client = client_for(who)
        assert client.get(url).status_code == 404
        assert client.post(f"{url}/facts", data={"fact": "x"}).status_code == 404
        assert client.post(f"/concern-facts/{fact.id}/removal").status_code == 404
    assert len(lines(house, "concerns.read")) == before
    assert MARK in client_for("bea").get(url).text


def test_the_page_names_who_can_read_it(ann, url):
    said = re.search(r"Wie dit kan lezen:(.*?)</p>", ann.get(url).text, re.DOTALL)[1]
    assert re.findall(r"<bdi>(\w+)</bdi>", said) == ["Ann", "Bea"]


def test_on_the_family_page_only_the_folded_menu_leads_there(ann, url, family):
    ann.post(f"{url}/facts", data={"fact": MARK})
    page = ann.get(f"/families/{family}").text
    assert page.count(url) == 1
    menu = re.search(r'<details class="more">.*?</details>', page, re.DOTALL)[0]
    assert url in menu
    assert MARK not in page


def test_no_other_page_of_the_team_holds_a_word_of_it(ann, url, family):
    ann.post(f"{url}/facts", data={"fact": MARK, "meaning": MARK, "seen_by": MARK})
    ann.post(f"{url}/steps", data={"words": MARK})
    for path in ("/today", f"/families/{family}", f"/families/{family}/trail", f"/families/{family}/trail/for-parents",
                 f"/families/{family}/notes", f"/families/{family}/notes/paper"):  # fmt: skip
        assert MARK not in ann.get(path).text, path
    assert MARK not in ann.post("/find", data={"words": MARK.lower()}).text.replace(f'value="{MARK.lower()}"', "")


def test_nothing_ties_it_to_a_film():
    for kind in (ConcernFact, ConcernStep):
        reached = {key.column.table.name for column in inspect(kind).columns for key in column.foreign_keys}
        assert reached == {"family", "person"}
