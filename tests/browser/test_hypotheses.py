"""A working hypothesis from the open moment to its page: by keyboard, its stills play, and it folds when left."""

from collections.abc import Callable
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.test_rules import small
from tests.browser.test_two_people import press
from tests.browser.walk import Walk
from tests.films import numbered

TEXT = "Als Dilan wacht, begint Pip."


def test_a_moment_speaks_for_it_and_plays_there(practice: Practice, walk: Callable[..., Walk], tmp_path: Path):
    ine = walk(touch=True)
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    film = steps.bring_in(ine, family, numbered(tmp_path / "film.mp4", frames=250))
    steps.go_to(ine, 3000)
    press(ine)
    steps.saved(ine)
    ine.go(f"/families/{family}/hypotheses/new", "new working hypothesis")
    ine.send("/hypotheses", statement=TEXT)
    thought = ine.page.url
    moment = ine.get(f"/api/v1/films/{film}/moments")[1]["items"][0]["id"]
    say_for_by_keyboard(ine, film, moment)
    ine.page.goto(thought)
    ine.look("working hypothesis")
    it_plays_in_its_place(ine)
    it_folds_when_left(ine, family)
    large_at_the_table(ine, family, thought)
    assert not ine.complaints, "\n".join(ine.complaints)


def say_for_by_keyboard(ine: Walk, film: str, moment: str) -> None:
    """Said, taken back by the same press, said again; another moment has not said it."""
    ine.page.goto(f"/films/{film}/workspace#{moment}")
    ine.page.locator('[data-part="more"] > summary').click()
    button = ine.page.locator('moment-hypotheses [data-side="for"]:not([disabled])')
    button.focus()
    for pressed in ("true", "false", "true"):
        ine.page.keyboard.press("Enter")
        ine.page.locator(f'moment-hypotheses [data-side="for"][aria-pressed="{pressed}"]').wait_for()
    ine.look("the open moment, with what it speaks for")
    ine.page.reload()
    ine.page.locator('[data-part="more"] > summary').click()
    ine.page.locator('moment-hypotheses [data-side="for"][aria-pressed="true"]').wait_for()


def it_plays_in_its_place(ine: Walk) -> None:
    """From the moment's first frame; a press brings the still back."""
    still = ine.page.locator('still-plays [data-part="still"]')
    start = int(still.get_attribute("data-start") or 0)
    still.focus()
    ine.page.keyboard.press("Enter")
    steps.until(ine, start + 300)
    ine.page.keyboard.press("Enter")
    ine.page.locator('still-plays [data-part="still"]').wait_for()
    assert ine.page.locator("still-plays film-player").count() == 0


def it_folds_when_left(ine: Walk, family: str) -> None:
    words = ine.page.get_by_text(TEXT)
    ine.go(f"/families/{family}")
    assert not words.is_visible()
    ine.page.locator("details.private > summary").first.click()
    assert words.is_visible()
    ine.go("/today")
    ine.page.go_back()
    ine.page.locator("details.private > summary").first.wait_for()
    assert not words.is_visible()


def large_at_the_table(ine: Walk, family: str, thought: str) -> None:
    """The plan and a question are read and answered with a finger."""
    ine.go(f"/families/{family}/goals/new")
    ine.send("/goals", text=steps.GOAL)
    ine.go(f"/families/{family}/plan", "plan of approach, no strategy")
    ine.follow("/strategies/new")
    ine.send("/strategies", text="Eerst wachten.")
    ine.send("/steps", text="Tel tot drie.", who="Dilan")
    ine.look("strategy")
    small(ine, "strategy")
    ine.go(f"/families/{family}/plan", "plan of approach")
    small(ine, "plan of approach")
    ine.page.goto(thought)
    small(ine, "working hypothesis")
    ine.send("/askings", text="Begint Pip als er iemand wacht?")
    ine.look("a question to the family")
    small(ine, "a question to the family")
