"""The way of a family on one page: dated, whole for the team; for those at home their own words and nothing of ours."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from tests.rules.test_rule_8_a_tired_person_understands import BLAME, HARD
from vbg import clock
from vbg.desk import trail
from vbg.families import actions as families
from vbg.families import queries, told_actions
from vbg.families.forms import Asking
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn, LevelIn, RungIn
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import HypothesisIn, TurnIn
from vbg.moments.models import Moment, Note
from vbg.notes import actions as notes
from vbg.notes.forms import NoteIn
from vbg.plans import actions as plans
from vbg.plans.forms import StepIn, StrategyIn
from vbg.reviews.models import Review
from vbg.sharing.models import Share
from vbg.tagsets.basisset import BASISSET

OURS = re.compile(
    r"\b(hypothes\w*|vermoed\w*|dossier\w*|observ\w*|gas|t-scores?|scores?|doelniveau\w*|signa(?:al|len)|notities?|note[ns]?"
    r"|goal level\w*|suspic\w*|concerns?|levels?|labels?|hypothesis|file)\b",
    re.IGNORECASE,
)
"""Words of the team's own work, of both languages: in no version for those at home."""
SECRETS = ("Geheime notitie", "Fase van boosheid", "Stilletjes gezegd", "Filmtitel", "Concept", "Onder verwachting",
           "Misschien is het dat", "Want dat zag ik", "Van een concept")  # fmt: skip


@pytest.fixture
def told(house, world):
    """Merel with a thing of each kind."""
    with house.database.unit() as session:
        ann, family, mine = world.viewer("ann"), world.families["merel"], world.people["ann"].id
        family = session.merge(family)
        with clock.freeze(clock.now().replace(year=2026, month=1, day=2)):
            families.ask_question(session, ann, family, "Hoe lachen  we weer?", "Dilan")
        with clock.freeze(clock.now().replace(year=2026, month=2, day=2)):
            families.ask_question(session, ann, family, "Hoe lachen we <samen>?", "Dilan")
        form = NoteIn(
            text="Geheime notitie", kind="observation", on=date(2026, 1, 5), place="Thuis", present="Dilan, Pip"
        )
        note = notes.write(session, ann, family.id, form)
        agreed = GoalIn(text="We eten samen.", authors="Dilan", agreed_by="Dilan", agreed_on=date(2026, 1, 10))
        goal, _ = goals.add(session, ann, family.id, agreed)
        draft, _ = goals.add(session, ann, family.id, GoalIn(text="Concept van een doel"))
        guess = HypothesisIn(statement="Misschien is het dat", source="talk", source_on=date(2026, 1, 6))
        guess, _ = hypotheses.add(session, ann, family.id, guess)
        turn = TurnIn(status="holds", reason="Want dat zag ik", on=date(2026, 1, 26))
        hypotheses.judge(session, ann, guess, turn)
        with clock.freeze(clock.now().replace(year=2026, month=1, day=12)):
            way, _ = plans.add(session, ann, goal, StrategyIn(text="Eerst wachten"))
            plans.add_step(session, ann, way, StepIn(text="Tel tot drie", who="Dilan", when_words="aan tafel"))
            plans.add(session, ann, draft, StrategyIn(text="Van een concept"))
        for value, day in ((3, date(2026, 1, 11)), (2, date(2026, 2, 11))):
            goals.choose_rung(session, ann, goal, RungIn(value=value, chosen_by="Dilan", on=day))
        goal.level_texts = ["", "", "Onder verwachting", "", ""]
        goals.choose_level(session, ann, goal, LevelIn(value=-2))
        film = Film(family_id=family.id, number=1, by_id=mine, state="ready", duration_ms=60_000, title="Filmtitel",
                    recorded_on=date(2026, 1, 20))  # fmt: skip
        review = Review(
            family_id=family.id, by_id=mine, theme="Samen", notes="Stilletjes gezegd", next_step="Tel tot vijf"
        )
        review.started_at = review.closed_at = clock.now().replace(year=2026, month=1, day=25)
        session.add_all([film, review])
        session.flush()
        moment = Moment(film_id=film.id, start_ms=0, end_ms=500, marks=[{"tag": "house/looks", "at_ms": 100}])
        session.add(moment)
        session.flush()
        session.add(Note(moment_id=moment.id, text="Fase van boosheid", by_id=mine))
        return {"family": family.id, "note": note.id, "film": film.id, "moment": moment.id, "goal": goal.id}


@pytest.fixture
def url(told):
    return f"/families/{told['family']}/trail"


def rows(page):
    return [
        (day, re.sub(r"<[^>]+>|\s+", " ", rest).split("  ")[0].strip())
        for day, rest in re.findall(
            r'<li><time datetime="([\d-]+)">[^<]*</time><span class="trail-stage">([^<]+)</span>', page
        )
    ]


def test_the_team_reads_one_dated_line_of_the_method(client_for, url, told):
    page = client_for("ann").get(url).text
    assert rows(page) == [
        ("2026-01-02", "Vraag"), ("2026-01-05", "Notitie"), ("2026-01-06", "Werkhypothese"), ("2026-01-10", "Doel"),
        ("2026-01-12", "Plan"), ("2026-01-12", "Plan"), ("2026-01-20", "Film"), ("2026-01-25", "Samen gekeken"),
        ("2026-01-26", "Werkhypothese"), ("2026-02-02", "Vraag"), (clock.today().isoformat(), "Doel"),
    ]  # fmt: skip
    for words in ("<bdi>Hoe lachen  we weer?</bdi>", "<bdi>Hoe lachen we &lt;samen&gt;?</bdi>", "Tel tot vijf"):
        assert words in page
    assert "begon op trede 3" in page
    assert "Zo&#39;n week" in page or "weken" in page, "down is said as up"
    assert f"/family-notes/{told['note']}" in page


def test_asked_again_is_told_without_saying_it_twice(client_for, house, world, url, told):
    with house.database.unit() as session:
        family = session.get_one(Family, told["family"])
        with clock.freeze(clock.now().replace(year=2026, month=3, day=2)):
            told_actions.ask_again(session, world.viewer("ann"), family, Asking())
    page = client_for("ann").get(url).text
    assert "Op 2 maart gevraagd: klopt nog." in page
    assert page.count("<bdi>Hoe lachen we &lt;samen&gt;?</bdi>") == 2, "on top, and on the day it was worded"


def test_what_was_written_is_folded_and_so_not_on_paper(client_for, url):
    page = client_for("ann").get(url).text
    folded = re.findall(r"<details class=\"fold\">.*?</details>", page, re.DOTALL)
    assert any("Geheime notitie" in one for one in folded)
    assert "Geheime notitie" not in re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "Stilletjes gezegd" not in re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_those_at_home_read_no_word_of_ours(client_for, url, language):
    ann = client_for("ann")
    ann.post("/language", data={"lang": language})
    page = ann.get(f"{url}/for-parents").text
    assert [day for day, _ in rows(page)] == [
        "2026-01-02", "2026-01-10", "2026-01-12", "2026-01-20", "2026-01-25", "2026-02-02"
    ]  # fmt: skip
    assert "Tel tot drie · Dilan · aan tafel" in page
    assert [one for one in SECRETS if one in page] == []
    paper = re.search(r"<article.*</article>", page, re.DOTALL)[0]
    said = re.sub(r"<bdi>.*?</bdi>|<[^>]+>", " ", paper, flags=re.DOTALL)
    for banned in (OURS, HARD, BLAME):
        assert banned.findall(said) == [], said
    assert "<details" not in paper
    assert "<a " not in paper
    labels = {tag.nl for tag in BASISSET.tags} | {tag.en for tag in BASISSET.tags}
    assert [one for one in labels if re.search(rf">\s*{re.escape(one)}\s*<", paper)] == []


def test_a_forbidden_word_would_be_seen():
    for word in (
        "Werkhypothese? hypothese",
        "Observatie",
        "T-score",
        "GAS",
        "doelniveau",
        "Signaal",
        "dossier",
        "vermoeden",
    ):
        assert OURS.search(word), word
    assert not OURS.search("Wat willen we zien? Samen gekeken. Waar het nu staat. Eén stap")


def test_a_maker_for_home_knows_nothing_of_the_team():
    assert trail.written not in trail.HOME
    assert trail.watched not in trail.HOME
    assert trail.agreed not in trail.HOME


def two_homes(house, world, told):
    with house.database.unit() as session:
        ann = world.viewer("ann")
        family = session.merge(world.families["merel"])
        families.add_member(session, ann, family, "Marek", "adult", household="Stationsstraat")
        families.add_member(session, ann, family, "Oma", "adult", household="Kerkstraat")
        for words, whose in (("Van Marek alleen", "Marek"), ("Van ons samen", "Dilan en Marek")):
            form = GoalIn(text=words, authors=whose, agreed_by=whose, agreed_on=date(2026, 3, 3))
            goal, _ = goals.add(session, ann, family.id, form)
            goals.choose_rung(session, ann, goal, RungIn(value=4, chosen_by="Marek"))
        station = next(one for one in queries.households(session, family) if one.name == "Stationsstraat")
        families.ask_question(session, ann, family, "Vraag van dit huis", "", station)


def reader(page, name):
    chips = re.findall(r'<a class="chip[^"]*" href="([^"]+)".*?<span class="ell">([^<]+)</span></a>', page, re.DOTALL)
    return {who: address for address, who in chips}[name]


def test_in_two_homes_each_reads_their_own(client_for, house, world, url, told):
    two_homes(house, world, told)
    ann = client_for("ann")
    first = ann.get(f"{url}/for-parents").text
    assert "Van Marek alleen" not in first, "without a choice it is for the first adult, never for all"
    marek = ann.get(reader(first, "Marek")).text
    his = {
        "Van Marek alleen": True, "Van ons samen": True, "We eten samen.": False, "Hoe lachen": False,
        "Vraag van dit huis": True, "trede 4": True, "trede 3": False, "Samen gekeken": False, "We filmden": False,
    }  # fmt: skip
    for words, shown in his.items():
        assert (words in marek) is shown, words
    dilan = ann.get(reader(marek, "Dilan")).text
    assert "trede 4" not in dilan, "another's rung"
    assert "Vraag van dit huis" not in dilan, "what another home asks"
    assert "Van ons samen" in dilan


def test_in_two_homes_a_film_is_named_when_it_is_shared_with_the_reader(client_for, house, world, url, told):
    two_homes(house, world, told)
    ann = client_for("ann")
    dilan = reader(ann.get(f"{url}/for-parents").text, "Dilan")
    assert "We filmden" not in ann.get(dilan).text
    with house.database.unit() as session:
        session.add(Share(moment_id=told["moment"], person_id=world.people["dilan"].id, start_ms=0, end_ms=500,
                          by_id=world.people["ann"].id, from_at=clock.now()))  # fmt: skip
    assert "We filmden" in ann.get(dilan).text
    with house.database.unit() as session:
        session.scalars(select(Share)).one().retracted_at = clock.now()
    assert "We filmden" not in ann.get(dilan).text


def test_names_are_taken_apart():
    assert trail.people("mama en papa") == {"mama", "papa"}
    assert trail.people("Samira, opa & Marek and Jo") == {"samira", "opa", "marek", "jo"}
    assert trail.people(" ") == set()


def test_for_the_team_alone(client_for, url):
    for who in ("cas", "eve", "dilan"):
        assert client_for(who).get(url).status_code == 404
        assert client_for(who).get(f"{url}/for-parents").status_code == 404
    assert client_for("bea").get(url).status_code == 200
    assert client_for("bea").get(f"{url}/for-parents?reader=x").status_code == 200
