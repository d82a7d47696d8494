"""The open moment saves each letter by itself and says so beside the box, also without a connection."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.test_two_people import cut_off, on_again, press, until
from tests.browser.walk import Walk

SHELF = "document.querySelector('work-space').shelf.sorted"

SLOW = """() => {
  window.quick = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await window.quick(...asked);
    await new Promise((done) => setTimeout(done, 900));
    return answer;
  };
}"""


def test_no_letter_is_lost(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    film = steps.bring_in(ine, family, phone_film)
    for at_ms in (1000, 9000):
        steps.go_to(ine, at_ms)
        press(ine)
        steps.saved(ine)
    first, second = (one["id"] for one in moments(ine, film))
    unfold(ine, first)
    the_state_stands_by_the_box(ine, film)
    one_voice_says_it_once(ine)
    the_photo_is_the_frame_on_screen(ine, film, first)
    from_here_they_do_something_else(ine, film)
    unfold(ine, first)
    another_moment_while_typing(ine, film, first, second)
    an_answer_that_comes_late(ine, film, second)
    a_spell_without_connection(ine, film, second)
    leaving_the_page(ine, film, first)
    ine.look("the open moment, unfolded")
    the_child_speaks_from_the_second_look(ine, second)
    assert not ine.complaints


def moments(ine: Walk, film: str) -> list[dict[str, Any]]:
    return list(ine.get(f"/api/v1/films/{film}/moments")[1]["items"])


def unfold(ine: Walk, moment: str) -> None:
    show(ine, moment)
    ine.page.locator('[data-part="more"] > summary').click()
    ine.page.locator('[data-part="child_says"]:not([disabled])').wait_for()


def show(ine: Walk, moment: str) -> None:
    ine.page.evaluate("id => document.querySelector('work-space').open(id, {play: false})", moment)


def state(ine: Walk, name: str, is_now: str) -> str:
    box = ine.page.locator(f'[data-state-of="{name}"][data-state="{is_now}"]')
    box.wait_for(state="attached")
    return box.inner_text()


def kept(ine: Walk, film: str, moment: str) -> dict[str, Any]:
    ine.page.wait_for_timeout(100)
    steps.saved(ine)
    return next(one for one in moments(ine, film) if one["id"] == moment)


def the_state_stands_by_the_box(ine: Walk, film: str) -> None:
    said = {"when_words": "Als Pip wijst", "what_words": "Ik kijk mee", "for_words": "Pip is gezien"}
    for name, text in said.items():
        ine.page.locator(f'[data-part="{name}"]').press_sequentially(text)
        assert state(ine, name, "saving") == "Wordt bewaard…"
        assert state(ine, name, "saved") == "Bewaard"
    assert not ine.page.locator('[data-state-of="words"][data-state="saved"]').count(), "nothing was written there"
    assert said.items() <= moments(ine, film)[0].items()


HEAR = """() => {
  window.heard = [];
  const note = (lines) => lines.forEach(({ target }) => {
    const voice = (target.closest ? target : target.parentElement).closest("[aria-live], [role=status]");
    const text = voice?.textContent.trim();
    if (text && window.heard.at(-1) !== text) window.heard.push(text);
  });
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def one_voice_says_it_once(ine: Walk) -> None:
    """Head and box both show what became of the words; a screen reader is told by one of them."""
    ine.page.evaluate(HEAR)
    ine.page.locator('[data-part="what_words"]').press_sequentially(" en wacht")
    assert state(ine, "what_words", "saving")
    assert state(ine, "what_words", "saved") == "Bewaard"
    steps.saved(ine)
    assert ine.page.evaluate("window.heard") == ["Bewaard"]


def the_photo_is_the_frame_on_screen(ine: Walk, film: str, moment: str) -> None:
    steps.go_to(ine, 2000)
    show(ine, moment)
    ine.page.evaluate("document.querySelector('film-player').pause()")
    steps.go_to(ine, 2500)
    at_ms = steps.now_ms(ine)
    ine.page.locator('[data-part="photo-take"]').click()
    assert kept(ine, film, moment)["photo_ms"] == at_ms
    assert f"at_ms={at_ms}" in ine.page.locator('[data-part="photo"] img').get_attribute("src")
    ine.look("the photo of a moment")
    steps.go_to(ine, 8000)
    ine.page.locator('[data-part="photo-take"]').click()
    assert "niet in het moment" in ine.page.locator('[data-part="live"]').inner_text()
    ine.page.locator('[data-part="undo"]').click()
    until(ine, "document.querySelector('[data-part=\"photo-back\"]').hidden")
    assert kept(ine, film, moment)["photo_ms"] is None


def say_from(ine: Walk, ms: int, situation: str) -> None:
    """By keys alone: the list at the playhead, and a word of it."""
    steps.go_to(ine, ms)
    ine.page.locator("film-situations > button").press("Enter")
    ine.page.locator(f'[data-situation="{situation}"]').press("Enter")
    until(ine, "!document.querySelector('.sit-dialog').open")


def from_here_they_do_something_else(ine: Walk, film: str) -> None:
    """The labels that lie open follow the playhead; what is said without a connection comes later, and is undone."""
    leads = "document.querySelector('details[data-group=\"leads\"]').open"
    say_from(ine, 3000, "free_play")
    until(ine, f"!{leads}")
    say_from(ine, 6000, "meal")
    until(ine, leads)
    assert ine.page.locator(".tl-situation").all_inner_texts() == ["Vrij spel", "Eten"]
    steps.go_to(ine, 4000)
    until(ine, f"!{leads}")
    ine.page.locator(".tl-situation").last.press("Enter")
    until(ine, leads)
    ine.look("situations along a film")
    cut_off(ine)
    say_from(ine, 9000, "care")
    until(ine, "document.querySelector('work-space').waiting.safe")
    ine.page.reload()
    until(ine, "document.querySelectorAll('.tl-situation').length === 3")
    on_again(ine)
    until(ine, f"{SHELF}.length === 2")
    steps.saved(ine)
    words = [one["situation"] for one in ine.get(f"/api/v1/films/{film}/situations")[1]["items"]]
    assert words == ["free_play", "meal", "care"]
    ine.page.locator('[data-part="undo"]').click()
    until(ine, "document.querySelectorAll('.tl-situation').length === 2")
    ine.complaints[:] = [line for line in ine.complaints if "ERR_FAILED" not in line]


def another_moment_while_typing(ine: Walk, film: str, first: str, second: str) -> None:
    """The box shows the other moment at once; the letters go to the one they were written at."""
    ine.page.locator('[data-part="child_says"]').press_sequentially("kijk mama")
    ine.page.keyboard.press("Escape")
    show(ine, second)
    assert ine.page.locator('[data-part="child_says"]').input_value() == ""
    ine.page.locator('[data-part="words"]').press_sequentially("Pip lacht")
    show(ine, first)
    assert ine.page.locator('[data-part="words"]').input_value() == ""
    until(ine, "document.querySelector('[data-part=\"child_says\"]').value === 'kijk mama'")
    assert kept(ine, film, first)["child_says"] == "kijk mama"
    assert kept(ine, film, second)["words"] == "Pip lacht"


def an_answer_that_comes_late(ine: Walk, film: str, moment: str) -> None:
    """She types on while the server is slow: its answer holds older words and changes nothing under her hands."""
    show(ine, moment)
    words = ine.page.locator('[data-part="words"]')
    ine.page.evaluate(SLOW)
    words.press("End")
    words.press_sequentially(" hardop")
    ine.page.wait_for_timeout(600)
    words.press_sequentially(" en kijkt naar mij", delay=60)
    assert state(ine, "words", "saving")
    ine.page.evaluate("void (window.fetch = window.quick)")
    assert words.input_value() == "Pip lacht hardop en kijkt naar mij"
    words.blur()
    assert kept(ine, film, moment)["words"] == "Pip lacht hardop en kijkt naar mij"
    assert words.input_value() == "Pip lacht hardop en kijkt naar mij"


def a_spell_without_connection(ine: Walk, film: str, moment: str) -> None:
    cut_off(ine)
    line = ine.page.locator('[data-part="child_says"]')
    line.press_sequentially("voor jou")
    assert state(ine, "child_says", "waiting") == "Wacht op verbinding"
    line.press_sequentially(", mama")
    line.blur()
    until(ine, "document.querySelector('work-space').waiting.safe")
    ine.page.reload()
    until(ine, f"{SHELF}.some((one) => one.child_says === 'voor jou, mama')")
    on_again(ine)
    assert kept(ine, film, moment)["child_says"] == "voor jou, mama"
    ine.complaints[:] = [line for line in ine.complaints if "ERR_FAILED" not in line]


def leaving_the_page(ine: Walk, film: str, moment: str) -> None:
    """The last letters were typed less than half a second before she goes: they go along."""
    ine.page.reload()
    until(ine, f"{SHELF}.length === 2")
    show(ine, moment)
    ine.page.locator('[data-part="words"]').fill("Nog net getypt")
    ine.page.goto("/today")
    ine.page.goto(f"/films/{film}/workspace")
    until(ine, f"{SHELF}.some((one) => one.words === 'Nog net getypt')")
    assert not ine.page.locator('dialog[data-part="both"]').is_visible(), "both versions are hers"
    unfold(ine, moment)
    # it had arrived already: sent once more, the server answers that, and nothing is asked
    ine.complaints[:] = [line for line in ine.complaints if "409" not in line]


def the_child_speaks_from_the_second_look(ine: Walk, moment: str) -> None:
    """Dilan approved it and the counselor chose it: at the first look parents find it themselves."""
    show(ine, moment)
    ine.page.evaluate("document.querySelector('[data-part=\"more\"]').open = true")
    ine.page.locator('[data-agreed="Dilan"]:not([disabled])').click()
    ine.page.locator('moment-editor [data-part="star"][aria-pressed="false"]').click()
    steps.saved(ine)
    for verb in ("/reviews", "/child/shown", "/start"):
        ine.send(verb)
    says = ine.page.locator('[data-part="says-line"]')
    assert not says.is_visible()
    ine.page.locator('.fw-bar [data-wish="again"]').click()
    says.wait_for()
    assert says.inner_text() == "Pip, misschien: voor jou, mama"
