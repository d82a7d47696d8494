"""A trajectory of three rounds, as a new user would go through it, and the way of it on paper.

Note and working hypothesis, goal and plan, three times film, watching together, a step and a rung. In the end the team
prints the whole way, and another page for those at home, on which no word of the team's own stands.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import steps
from tests.browser.conftest import PASSWORD, Practice
from tests.browser.walk import Walk
from tests.desk.test_trail import OURS
from tests.films import numbered
from tests.rules.test_rule_8_a_tired_person_understands import BLAME, HARD

ROUNDS = [
    (2, "Dat hij lacht, dat zag ik niet.", "Eerst kijken, dan helpen."),
    (5, "Het lukt al eens.", "Tel tot vijf voor je iets zegt."),
    (4, "Een moeilijke week.", "Samen de tafel dekken."),
]
"""Of each round the rung that the parent chooses, the words that go with it, and the step: a lower rung is one too."""

NOTED = "De wekker ging net af, en Dilan was moe."
THOUGHT = "Als Dilan even wacht, begint Pip zelf."
REASON = "Drie films lang zien we het."
WAY = "Eerst kijken, dan pas helpen."
STEP = "Tel tot drie."
PRINTED = "[...document.querySelectorAll('article')].map((one) => one.innerText).join('\\n')"


@pytest.fixture(scope="module")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds, as every browser plays them."""
    return numbered(tmp_path_factory.mktemp("round") / "film.mp4", frames=200, size=(320, 240), sound=(0, 8))


def test_three_rounds(practice: Practice, walk: Callable[..., Walk], short_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    ine.go(f"/families/{family}/notes/new", "new note")
    ine.send("/notes", text=NOTED, kind="observation")
    goal = steps.make_goal(ine, family)
    for number, (rung, words, step) in enumerate(ROUNDS, 1):
        film = steps.bring_in(ine, family, varied(short_film, number))
        watched(ine, film, step)
        choose_a_rung(ine, goal, rung, words)
        if number == 1:
            think(ine, family)
            plan(ine, goal)
    judge(ine, family)
    whole_way(ine, family)
    at_home(ine, family)


def think(ine: Walk, family: str) -> None:
    ine.go(f"/families/{family}/hypotheses/new", "new working hypothesis")
    ine.send("/hypotheses", statement=THOUGHT, source="observation")


def plan(ine: Walk, goal: str) -> None:
    """How the goal is gone about, and one small thing that somebody does."""
    ine.go(f"/goals/{goal}/strategies/new", "new way to go about a goal")
    ine.send("/strategies", text=WAY)
    ine.send("/steps", text=STEP, who="Dilan", when_words="aan tafel")


def judge(ine: Walk, family: str) -> None:
    ine.go(f"/families/{family}")
    ine.page.locator("details:has(a[href*='/hypotheses/']) > summary").first.click()
    with ine.page.expect_navigation():
        ine.page.locator(f"a[href*='/hypotheses/']:has-text('{THOUGHT}')").first.click()
    ine.page.locator("details:has(form[action$='/statuses']) > summary").click()
    ine.send("/statuses", status="holds", reason=REASON)


def whole_way(ine: Walk, family: str) -> None:
    """The team's page: everything of the method by its day; what was written unfolds, and stays off the paper."""
    ine.go(f"/families/{family}/trail", "the way so far")
    text = ine.page.evaluate(PRINTED)
    for told in (steps.QUESTION, steps.GOAL, WAY, STEP, *(step for _, _, step in ROUNDS)):
        assert told in text, told
    stages = [one.inner_text() for one in ine.page.locator(".trail-stage").all()]
    assert {name: stages.count(name) for name in stages} == {
        "Vraag": 1, "Notitie": 1, "Werkhypothese": 2, "Doel": 1, "Plan": 1, "Film": 3, "Samen gekeken": 3
    }  # fmt: skip
    assert "begon op trede 2" in text
    assert "trede 4" in text
    for one in ine.page.locator("article details > summary").all():
        one.click()
    read = ine.page.evaluate(PRINTED)
    assert [told for told in (NOTED, THOUGHT, REASON) if told not in read] == []
    assert pages(ine) >= 1


def at_home(ine: Walk, family: str) -> None:
    """What Dilan takes along says all that is theirs, and nothing in the team's own words."""
    ine.go(f"/families/{family}/trail/for-parents", "the way, for those at home")
    ine.page.emulate_media(media="print")
    read = ine.page.evaluate(PRINTED)
    for told in (steps.QUESTION, steps.GOAL, WAY, STEP, *(step for _, _, step in ROUNDS)):
        assert told in read, told
    for ours in (NOTED, THOUGHT, REASON):
        assert ours not in ine.page.content()
    for banned in (OURS, HARD, BLAME):
        assert banned.findall(read) == [], read
    assert pages(ine) == 1
    ine.page.emulate_media(media="screen")


def pages(ine: Walk) -> int:
    """How many sheets Chromium prints the page on."""
    return len(re.findall(rb"/Type\s*/Page\b", ine.page.pdf(format="A4")))


def varied(film: Path, number: int) -> Path:
    """The same pictures in a file of its own: one that is there already is not brought in twice."""
    other = film.with_name(f"round-{number}.mp4")
    free = b"\0" * (8 * number)
    other.write_bytes(film.read_bytes() + (8 + len(free)).to_bytes(4, "big") + b"free" + free)
    return other


def watched(ine: Walk, film: str, step: str) -> None:
    """One key, a star, one press to watching together; out of the room, and the step that they agreed on."""
    ine.page.keyboard.press("Space")
    steps.until(ine, 2000)
    ine.page.keyboard.press("KeyN")
    steps.saved(ine)
    ine.page.keyboard.press("Space")
    ine.page.locator("time-line .bar").first.evaluate("bar => bar.click()")
    steps.star(ine)
    steps.saved(ine)
    ine.send("/reviews")
    ine.send("/start")
    ine.page.keyboard.press("Space")
    ine.page.locator('film-watch[data-playing="true"]').wait_for()
    with ine.page.expect_navigation(url=re.compile("/leave$")):
        ine.page.keyboard.press("Escape")
    ine.page.locator("details > summary").click()
    ine.send("/return", password=PASSWORD)
    ine.send("/closure", next_step=step)


def choose_a_rung(ine: Walk, goal: str, rung: int, words: str) -> None:
    ine.go(f"/goals/{goal}/rungs/new")
    ine.send("/rungs", value=str(rung), chosen_by="Dilan", words=words)
