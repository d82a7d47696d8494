"""What a counselor and a parent do, press by press; each page reached is looked over."""

import re
import time
from pathlib import Path
from typing import Any

from tests.browser.conftest import PASSWORD, Practice, uneven
from tests.browser.walk import Walk

QUESTION = "Hoe blijven we rustig aan tafel, ook als Pip iets niet wil?"
GOAL = "We lachen samen aan tafel."
WORDS = "Pip laat de lepel zien. Jij knikt en lacht mee."
ANSWER = "Zo kijkt hij écht — «ik wíst dat niet» <3 & 'ja'"
DILAN = "dilan@thuis.test"


def arrive(ine: Walk, practice: Practice) -> None:
    ine.go(f"/code?c={practice.code}", "code")
    ine.send("/code", password=PASSWORD)
    assert ine.page.url.endswith("/today")
    ine.look("today, empty")


def settle(ine: Walk) -> str:
    """The family from its code name alone; then question, child, adult. Its id."""
    ine.follow("/families/new")
    ine.look("new family")
    ine.send("/families", code="Gezin Merel")
    family = ine.page.url.rsplit("/", 1)[-1]
    ine.look("family, empty")
    ine.go(f"/families/{family}/edit", "family's people")
    ine.send("/question", question=QUESTION, question_authors="Dilan")
    ine.go(f"/families/{family}/edit")
    ine.send("/members", call_name="Pip", kind="child")
    ine.page.locator("#add > summary").click()
    ine.send("/members", call_name="Dilan", kind="adult", authority="yes")
    return family


def give_account(ine: Walk, family: str) -> str:
    """A parent's one-use code, as the page shows it once."""
    ine.page.locator('details:has(form[action*="/account"]) > summary').click()
    _account(ine)
    code = ine.page.locator(".code-once .code").inner_text().strip()
    ine.look("code, shown once")
    ine.go(f"/families/{family}/edit")
    assert code not in ine.page.content()
    return code


def _account(ine: Walk) -> None:
    form = ine.page.locator('form[action*="/account"]')
    form.locator('[name="email"]').fill(DILAN)
    with ine.page.expect_navigation():
        form.locator("button").click()


def consent(ine: Walk, family: str) -> None:
    ine.go(f"/families/{family}/consent", "consent")
    ine.send("/consent", filming="yes", review="yes", take_home="yes", way="spoken")
    ine.look("consent, given")


def bring_in(ine: Walk, family: str, path: Path) -> str:
    """Through the page's own <upload-drop>, until it can be labelled. The film's id."""
    ine.go(f"/families/{family}/films/new", "add a film")
    began = time.monotonic()
    ine.page.locator("upload-drop input[type=file]").set_input_files(path)
    ine.page.locator('upload-drop[data-state="ready"]').wait_for(timeout=180_000)
    print(f"upload to ready: {time.monotonic() - began:.1f} s")
    href = ine.page.locator('upload-drop [data-part="open"]').get_attribute("href") or ""
    film = href.rsplit("/", 1)[-1]
    ine.follow(href)
    ine.look("film")
    ine.follow("/workspace")
    ine.look("workspace, first look")
    return film


def now_ms(walk: Walk) -> int:
    return walk.page.evaluate("document.querySelector('film-player').nowMs")


def until(walk: Walk, ms: int) -> None:
    """Wait until the film has come there."""
    limit = time.monotonic() + 60
    while now_ms(walk) < ms:
        assert time.monotonic() < limit, f"the film stands still at {now_ms(walk)} ms"
        time.sleep(0.05)


def mark(ine: Walk, film: str) -> None:
    """Three moments by key while it plays: one of three presses that belong together, then two beautiful ones."""
    began = time.monotonic()
    ine.page.keyboard.press("Space")
    until(ine, 2000)
    print(f"to a playing film: {time.monotonic() - began:.1f} s")
    for key, pause in (("Digit4", 0.5), ("KeyF", 0.5), ("KeyP", 0)):
        ine.page.keyboard.press(key)
        time.sleep(pause)
    until(ine, 9500)
    ine.page.keyboard.press("KeyN")
    until(ine, 15_000)
    ine.page.keyboard.press("KeyN")
    assert ine.page.evaluate("!document.querySelector('video').paused"), "a press stopped the film"
    ine.page.keyboard.press("Space")
    saved(ine)
    ine.look("workspace, marked")


def saved(walk: Walk) -> None:
    walk.page.locator('[data-part="saved"][data-state="saved"]').wait_for()


_LINK = """(id) => {
  const bar = (look) => document.querySelector(`time-line .bar.${look}[data-id="${id}"]:not([hidden])`);
  const first = bar("g-kind").getBoundingClientRect(), answer = bar("g-ouder").getBoundingClientRect();
  const canvas = document.querySelector("time-line .tl-track canvas"), box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  const left = (first.right - box.left) * scale, top = (first.bottom - 6 - box.top) * scale;
  const wide = Math.max(1, (answer.left - first.right) * scale), high = (answer.top + 6 - first.bottom + 6) * scale;
  const ink = canvas.getContext("2d").getImageData(left, top, wide, high).data;
  const rows = new Set();
  for (let at = 3; at < ink.length; at += 4)
    if (ink[at] > 100) rows.add(Math.floor(at / 4 / Math.floor(wide)));
  return [first.right <= answer.left + 13, rows.size, high];
}"""


def the_pair_is_drawn(walk: Walk, moment: str) -> None:
    """A line runs down from the child's bar to the parent's, who answers: the gap between the two has ink in it."""
    walk.page.locator('[data-to-stand="label"]').click()
    walk.look("workspace, labelling")
    in_order, rows, high = walk.page.evaluate(_LINK, moment)
    assert in_order
    assert rows > high / 2, (rows, high)


def moments(ine: Walk, film: str) -> list[dict[str, Any]]:
    status, answered = ine.get(f"/api/v1/films/{film}/moments")
    assert (status, len(answered["items"])) == (200, 3), answered
    return sorted(answered["items"], key=lambda one: len(one["marks"]), reverse=True)


def the_marks_are_right(answered: dict[str, Any], beautiful: list[dict[str, Any]]) -> None:
    tags = [mark["tag"] for mark in answered["marks"]]
    times = [mark["at_ms"] for mark in answered["marks"]]
    assert tags == ["house/shows", "house/confirms", "house/fun"], tags
    assert times == sorted(times)
    assert times[-1] - times[0] < 5000
    assert answered["who_began"] == "child"
    assert [one["marks"] for one in beautiful] == [[], []]


def the_frame_is_right(ine: Walk, film: str, moment: dict[str, Any]) -> None:
    """The picture at the moment's start is the frame with that burnt-in number, by the frames the server tells."""
    _, frames = ine.get(f"/api/v1/films/{film}/frames")
    start_us = moment["start_ms"] * 1000
    times = frames["times_us"]
    expected = next(number for number, at in enumerate(times) if at // 1000 * 1000 >= start_us or at >= start_us)
    ine.page.evaluate("ms => document.querySelector('film-player').seek(ms)", moment["start_ms"])
    time.sleep(0.2)
    limit = time.monotonic() + 10
    while ine.page.evaluate("document.querySelector('video').seeking") and time.monotonic() < limit:
        time.sleep(0.05)
    time.sleep(0.3)
    assert ine.shown_frame() == expected
    assert now_ms(ine) == times[expected] // 1000
    assert abs(uneven(expected + 1)[expected] - uneven(1)[0] - moment["start_ms"]) < 45


def make_goal(ine: Walk, family: str) -> str:
    ine.go(f"/families/{family}/goals/new", "new goal")
    ine.page.locator('details:has([name="agreed_by"]) > summary').click()
    ine.send("/goals", text=GOAL, agreed_by="Dilan")
    ine.look("goal made")
    _, goals = ine.get(f"/api/v1/families/{family}/goals")
    (goal,) = goals["items"]
    assert (goal["text"], bool(goal["agreed_on"])) == (GOAL, True)
    return goal["id"]


def finish(ine: Walk, film: str, moment: dict[str, Any], goal: str) -> None:
    """Goal, words and star in the editor, by the page's own buttons and keys."""
    ine.go(f"/films/{film}/workspace")
    ine.page.locator(f'time-line .bar[data-id="{moment["id"]}"]').first.click()
    ine.page.locator(f'moment-editor [data-goal="{goal}"]').click()
    ine.page.keyboard.press("Enter")
    ine.page.keyboard.type(WORDS)
    ine.page.keyboard.press("Escape")
    ine.page.locator(f'time-line .bar[data-id="{moment["id"]}"]').first.click()
    ine.page.keyboard.press("KeyX")
    ine.page.locator('moment-editor [data-part="star"][aria-pressed="true"]').wait_for()
    saved(ine)
    ine.look("workspace, moment open")
    _, kept = ine.get(f"/api/v1/moments/{moment['id']}")
    assert (kept["goals"], kept["words"], kept["chosen"]) == ([goal], WORDS, True)
    ine.go(f"/goals/{goal}", "goal")
    assert ine.page.locator(f'a[href*="{moment["id"]}"]').count() > 0


def watch_together(ine: Walk, film: str, family: str) -> str:
    """Star, one press, start; the room holds the film alone; the way out is calm and asks the password."""
    ine.go(f"/films/{film}/workspace")
    ine.send("/reviews")
    review = ine.page.url.rsplit("/", 1)[-1]
    ine.look("review")
    ine.send("/start")
    assert ine.page.url.endswith("/watch")
    ine.look("watching together")
    page = ine.page
    page.keyboard.press("Space")
    page.locator('film-watch[data-playing="true"]').wait_for()
    for path in ("/today", f"/families/{family}", f"/films/{film}/workspace", f"/reviews/{review}"):
        assert ine.status(path) == 404, path
    for path in (f"/api/v1/films/{film}", f"/api/v1/films/{film}/moments", f"/api/v1/films/{film}/media"):
        assert ine.status(path) == 404, path
    page.keyboard.press("Period")
    page.locator('[data-part="curtain"]:visible').wait_for(timeout=1000)
    assert page.evaluate("document.querySelector('video').paused")
    page.keyboard.press("Period")
    with page.expect_navigation(url=re.compile("/leave$")):
        page.keyboard.press("Escape")
    ine.look("done watching?")
    page.locator("details > summary").click()
    ine.send("/return", password=PASSWORD)
    assert page.url.endswith("/closing")
    ine.look("rounding off")
    ine.send("/closure", next_step="Even wachten met de lepel.", notes="Dilan lachte.")
    ine.look("family, full")
    ine.go(f"/reviews/{review}", "review, closed")
    return review


def share(ine: Walk, moment: str) -> None:
    ine.go(f"/moments/{moment}/shares/new", "share")
    ine.page.locator('[name="people"]').first.check()
    ine.send("/shares")
    limit = time.monotonic() + 120
    while ine.page.locator(".gate .badge").count():
        assert time.monotonic() < limit, "the clip is not made"
        time.sleep(1)
        ine.go(f"/moments/{moment}/shares/new")
    ine.look("shared")


def arrive_home(dilan: Walk, code: str) -> None:
    dilan.go("/code", "code, at home")
    dilan.send("/code", code=code, password="tulpen in de ochtend")
    dilan.look("home")


def see_only_this(dilan: Walk, film: str, moment: dict[str, Any], others: list[dict[str, Any]], review: str) -> None:
    clips = dilan.page.locator('a[href*="/portal/moments/"]')
    assert clips.count() == 1
    with dilan.page.expect_navigation():
        clips.first.click()
    dilan.look("moment, at home")
    text = dilan.page.content()
    assert WORDS in text
    assert GOAL in text
    assert QUESTION in text
    dilan.page.evaluate("document.querySelector('video').play()")
    limit = time.monotonic() + 20
    while dilan.page.evaluate("document.querySelector('video').currentTime") < 0.5:
        assert time.monotonic() < limit, "the clip does not play"
        time.sleep(0.1)
    closed = [
        f"/api/v1/films/{film}", f"/api/v1/films/{film}/media", f"/api/v1/films/{film}/frames",
        f"/api/v1/films/{film}/moments", f"/api/v1/films/{film}/still?at_ms=0", f"/api/v1/films/{film}/poster",
        f"/api/v1/films/{film}/filmstrip", f"/api/v1/films/{film}/waveform", f"/films/{film}", "/today",
        f"/films/{film}/workspace", f"/reviews/{review}", f"/reviews/{review}/watch",
    ]  # fmt: skip
    for one in (moment, *others):
        closed += [
            f"/api/v1/moments/{one['id']}",
            f"/api/v1/moments/{one['id']}/note",
            f"/moments/{one['id']}/shares/new",
        ]
    assert {path: dilan.status(path) for path in closed} == dict.fromkeys(closed, 404)


def answer(dilan: Walk) -> None:
    form = dilan.page.locator('form[action$="/answer"]')
    form.locator('label:has([value="proud"])').click()
    form.locator('[name="words"]').fill(ANSWER)
    with dilan.page.expect_navigation():
        form.locator("button.primary").click()
    dilan.look("answered")
    assert dilan.page.locator('[name="words"]').input_value() == ANSWER
