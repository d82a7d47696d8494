"""What a counselor and a parent do, press by press; each page reached is looked over."""

import re
import time
from pathlib import Path
from typing import Any

from tests.browser.conftest import PASSWORD, Practice
from tests.browser.original import Original, shows
from tests.browser.walk import Walk
from vbg.timecode import floor_ms

QUESTION = "Hoe blijven we rustig aan tafel, ook als Pip iets niet wil?"
GOAL = "We lachen samen aan tafel."
NOTE = "Alleen voor Ine: de wekker ging net af."
SAID = "Dilan lachte."
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


def mark(ine: Walk, original: Original) -> None:
    """Three moments by key while it plays: one of three presses that belong together, then two beautiful ones.

    Five seconds of silence part them; in a film too short for that a jump does, and the shortest plays slowly.
    """
    silence = original.ends_ms > 16_000
    slowly = original.ends_ms < 6000
    times = (2000, 9500, 15_000) if silence else [original.ends_ms * share // 100 for share in (25, 50, 75)]
    began = time.monotonic()
    if slowly:
        ine.page.locator('[data-speed="0.5"]').click()
    ine.page.keyboard.press("Space")
    until(ine, times[0])
    print(f"to a playing film: {time.monotonic() - began:.1f} s")
    for key, pause in (("Digit4", 0.4), ("KeyF", 0.4), ("KeyP", 0)):
        ine.page.keyboard.press(key)
        time.sleep(pause)
    for at_ms, jump in zip(times[1:], ("Shift+ArrowLeft", "Shift+ArrowRight"), strict=True):
        if not silence:
            ine.page.keyboard.press(jump)
        until(ine, at_ms)
        ine.page.keyboard.press("KeyN")
        stands_still = "document.querySelector('video').paused && !document.querySelector('video').ended"
        assert not ine.page.evaluate(stands_still), "a press stopped the film"
    if ine.page.evaluate("document.querySelector('film-player').playing"):
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


def the_times_are_right(ine: Walk, film: str, original: Original) -> None:
    """The server tells each frame's time as the original's own."""
    _, told = ine.get(f"/api/v1/films/{film}/frames")
    pairs = zip(told["times_us"], original.times_us, strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 2


def the_frame_is_right(ine: Walk, original: Original, moment: dict[str, Any]) -> None:
    """The picture at the moment's start is the original's first frame at or after it."""
    at = original.first(moment["start_ms"])
    go_to(ine, moment["start_ms"])
    shows(ine, original, at, f"a moment's start at {moment['start_ms']} ms")
    assert abs(now_ms(ine) - original.times_us[at] // 1000) <= 1


def go_to(ine: Walk, ms: int) -> None:
    ine.page.evaluate("ms => document.querySelector('film-player').seek(ms)", ms)


def adjust(ine: Walk, original: Original, moment: dict[str, Any]) -> dict[str, Any]:
    """Begin and end put on a frame where much moves, by true frames and keys. The moment as it stands then."""
    start_ms, end_ms = moment["start_ms"], moment["end_ms"]
    marks = [mark["at_ms"] for mark in moment["marks"]] or [(start_ms + end_ms) // 2]
    begin = original.liveliest(max(start_ms + 100, marks[0] - 1500), marks[0])
    end = original.liveliest(marks[-1] + 300, min(marks[-1] + 1500, end_ms - 100))
    ine.page.locator(f'time-line .bar[data-id="{moment["id"]}"]').first.evaluate("bar => bar.click()")
    for key, at in (("KeyI", begin), ("KeyO", end)):
        go_to(ine, original.times_us[at - 1] // 1000)
        ine.page.keyboard.press("ArrowRight")
        shows(ine, original, at, "a step of one frame")
        ine.page.keyboard.press(key)
        shows(ine, original, at, f"after {key}")
    ine.page.keyboard.press("Escape")
    saved(ine)
    _, kept = ine.get(f"/api/v1/moments/{moment['id']}")
    assert [kept["start_ms"], kept["end_ms"]] == [floor_ms(original.times_us[at] + 1) for at in (begin, end)]
    assert kept["marks"] == moment["marks"]
    return kept


def make_goal(ine: Walk, family: str) -> str:
    ine.go(f"/families/{family}/goals/new", "new goal")
    ine.page.locator('details:has([name="agreed_by"]) > summary').click()
    ine.send("/goals", text=GOAL, agreed_by="Dilan")
    ine.look("goal made")
    _, goals = ine.get(f"/api/v1/families/{family}/goals")
    (goal,) = goals["items"]
    assert (goal["text"], bool(goal["agreed_on"])) == (GOAL, True)
    return goal["id"]


def finish(ine: Walk, film: str, moment: dict[str, Any], other: dict[str, Any], goal: str) -> None:
    """Goal, words, private note and star in the editor, by the page's own buttons and keys; a star for another."""
    ine.go(f"/films/{film}/workspace")
    ine.page.locator(f'time-line .bar[data-id="{other["id"]}"]').first.evaluate("bar => bar.click()")
    star(ine)
    ine.page.locator(f'time-line .bar[data-id="{moment["id"]}"]').first.click()
    ine.page.locator(f'moment-editor [data-goal="{goal}"]').click()
    ine.page.keyboard.press("Enter")
    ine.page.keyboard.type(WORDS)
    ine.page.keyboard.press("Escape")
    ine.page.locator(f'time-line .bar[data-id="{moment["id"]}"]').first.click()
    star(ine)
    ine.page.locator('moment-editor [data-part="private"] > summary').click()
    ine.page.locator('moment-editor [data-part="note"]:not([disabled])').fill(NOTE)
    ine.page.locator('moment-editor [data-part="note"]').blur()
    saved(ine)
    ine.look("workspace, moment open")
    assert NOTE in str(ine.get(f"/api/v1/moments/{moment['id']}/note"))
    _, kept = ine.get(f"/api/v1/moments/{moment['id']}")
    assert (kept["goals"], kept["words"], kept["chosen"]) == ([goal], WORDS, True)
    ine.go(f"/goals/{goal}", "goal")
    assert ine.page.locator(f'a[href*="{moment["id"]}"]').count() > 0


def star(ine: Walk) -> None:
    ine.page.keyboard.press("KeyX")
    ine.page.locator('moment-editor [data-part="star"][aria-pressed="true"]').wait_for()


def watch_together(ine: Walk, film: str, family: str, original: Original) -> str:
    """Star, one press, start; the room holds the film alone; the way out is calm and asks the password."""
    ine.go(f"/films/{film}/workspace")
    ine.send("/reviews")
    review = ine.page.url.rsplit("/", 1)[-1]
    ine.look("review")
    ine.send("/start")
    assert ine.page.url.endswith("/watch")
    ine.look("watching together")
    page = ine.page
    spans = [(one["start_ms"], one["end_ms"]) for one in page.evaluate(_ITEMS)]
    assert len(spans) == 2
    shows(ine, original, original.first(spans[0][0]), "the room's first picture")
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
    page.locator('[data-part="curtain"]').wait_for(state="hidden")
    the_room_shows_its_time(ine, original, *spans[0])
    page.keyboard.press("PageDown")
    page.locator('film-watch[data-playing="true"]').wait_for()
    page.mouse.click(683, 320)
    page.locator('film-watch[data-playing="false"]').wait_for()
    the_room_shows_its_time(ine, original, *spans[1])
    with page.expect_navigation(url=re.compile("/leave$")):
        page.keyboard.press("Escape")
    ine.look("done watching?")
    page.locator("details > summary").click()
    ine.send("/return", password=PASSWORD)
    assert page.url.endswith("/closing")
    ine.look("rounding off")
    ine.send("/closure", next_step="Even wachten met de lepel.", notes=SAID)
    ine.look("family, full")
    ine.go(f"/reviews/{review}", "review, closed")
    return review


_ITEMS = "JSON.parse(document.getElementById('watch').textContent).items"


def the_room_shows_its_time(ine: Walk, original: Original, start_ms: int, end_ms: int) -> None:
    """At a pause: a frame of this moment, and the one that belongs to the time."""
    at = original.first(now_ms(ine))
    assert original.first(start_ms) <= at <= original.last(start_ms, end_ms), (now_ms(ine), start_ms, end_ms)
    shows(ine, original, at, "the room, at a pause", anywhere=True)


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


def answer(dilan: Walk) -> None:
    form = dilan.page.locator('form[action$="/answer"]')
    form.locator('label:has([value="proud"])').click()
    form.locator('[name="words"]').fill(ANSWER)
    with dilan.page.expect_navigation():
        form.locator("button.primary").click()
    dilan.look("answered")
    assert dilan.page.locator('[name="words"]').input_value() == ANSWER
