"""A film of five minutes tagged without a mouse: by keyboard, by touch, and by what a screen reader knows."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator

from tests.browser import steps
from tests.browser.conftest import PASSWORD, Practice, served
from tests.browser.walk import Walk
from tests.films import numbered
from vbg.palettes.rules import BLANK

FIVE_MINUTES = 1500
TYPED = "Pip lacht; dfgh 1234 en N. Jij ook?"
_IN_THE_WAY = """() => {
  const pressed = [...document.querySelectorAll(".ws-transport button, tag-palette :is(button, summary)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const at = new Map(pressed.map((one) => [one, one.getBoundingClientRect()]));
  const name = (one) => one.getAttribute("aria-label") || one.textContent;
  const low = pressed.filter((one) => Math.min(at.get(one).height, at.get(one).width) < 43.5).map(name);
  const row = pressed.filter((one) => one.closest(".ws-transport"));
  row.sort((a, b) => at.get(a).left - at.get(b).left);
  const under = row.filter((one, nth) => nth && at.get(row[nth - 1]).right > at.get(one).left + 1).map(name);
  return [...low, ...under];
}"""
"""What a finger misses: smaller than 44 px, or under its neighbour in the row of the film."""

WINDOWS = ((1366, 641), (1280, 720), (1024, 768), (640, 360))
"""The last one is 1280x720 at 200 %."""

_SEND = """async ([method, path, body]) => (await fetch(path, {method, body: JSON.stringify(body), headers: {
  "Content-Type": "application/json", "X-CSRFToken": document.querySelector('[name="csrf-token"]').content
}})).status"""

_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Desk:
    """A practice with one family and its goal; each test brings its own copy of the film."""

    practice: Practice
    family: str
    goal: str
    path: Path


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """One practice for the three."""
    with served(tmp_path_factory.mktemp("hands") / "practice") as practice:
        yield practice


@pytest.fixture(scope="module")
def desk(practice: Practice, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = numbered(tmp_path_factory.mktemp("five") / "film.mp4", frames=FIVE_MINUTES, fps=5, sound=(0, 300))
    context = chromium.new_context(base_url=practice.address, locale="nl-BE")
    context.set_default_timeout(20_000)
    ine = Walk(context.new_page(), practice.address)
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    goal = steps.make_goal(ine, family)
    context.close()
    assert not ine.complaints, ine.complaints
    return Desk(practice, family, goal, path)


@pytest.fixture
def arrive(desk: Desk, walk: Callable[..., Walk]) -> Callable[..., tuple[Walk, str]]:
    """`arrive(width, height, touch=)`: Ine before a fresh film of five minutes, and the film's id."""

    def enter(width: int, height: int, *, touch: bool = False) -> tuple[Walk, str]:
        ine = walk(width, height, touch=touch)
        ine.go("/sign-in")
        ine.send("/sign-in", email="ine@linde.test", password=PASSWORD)
        film = steps.bring_in(ine, desk.family, desk.path)
        labels = ine.get("/api/v1/palette")[1]["labels"]
        send(ine, "PATCH", "/palette", {"labels": {label: fresh(own) for label, own in labels.items()}})
        ine.go(f"/films/{film}/workspace")
        return ine, film

    return enter


def fresh(own: dict[str, Any]) -> dict[str, Any]:
    """The fields of one's own label as nobody has arranged them."""
    return {name: BLANK[name] for name in own}


def send(ine: Walk, method: str, path: str, body: dict[str, Any]) -> None:
    """Ask the interface for something from within the page."""
    assert ine.page.evaluate(_SEND, [method, f"/api/v1{path}", body]) == 200


def moments(ine: Walk, film: str) -> list[dict[str, Any]]:
    steps.saved(ine)
    _, told = ine.get(f"/api/v1/films/{film}/moments")
    return told["items"]


def until(look: Callable[[], object], what: str) -> None:
    limit = time.monotonic() + 15
    while not look():
        assert time.monotonic() < limit, what
        time.sleep(0.05)


def stand(ine: Walk, name: str) -> None:
    ine.page.locator(f'work-space[data-stand="{name}"]').wait_for()


def tags(moment: dict[str, Any]) -> list[str]:
    return [mark["tag"] for mark in moment["marks"]]


def test_by_keyboard_alone(arrive: Callable[..., tuple[Walk, str]], desk: Desk) -> None:
    ine, film = arrive(1366, 641)
    press = ine.page.keyboard.press
    press("Space")
    steps.until(ine, 1500)
    press("KeyN")
    press("Space")
    for at in (60, 120, 180, 285):
        on_to(ine, at)
        press("Space")
        for key in ("Digit4", "KeyF"):
            press(key)
            time.sleep(0.3)
        press("Space")
        press("Space")
        steps.until(ine, at * 1000 + 900)
        press("Space")
    found = moments(ine, film)
    assert [len(one["marks"]) for one in found] == [0, 2, 2, 2, 2]
    assert [tags(one) for one in found[1:]] == [["house/shows", "house/confirms"]] * 4
    assert {one["who_began"] for one in found[1:]} == {"child"}
    edges_words_goal_and_star(ine, film, desk.goal)
    keys_of_her_own(ine, film)
    everywhere(ine)


def on_to(ine: Walk, seconds: int) -> None:
    """A second at a time, as Shift and an arrow go."""
    while steps.now_ms(ine) < seconds * 1000:
        for _ in range(min(20, 1 + seconds - steps.now_ms(ine) // 1000)):
            ine.page.keyboard.press("Shift+ArrowRight")
        until(lambda: ine.page.evaluate("document.querySelector('film-player').aim === null"), "the film seeks")


def edges_words_goal_and_star(ine: Walk, film: str, goal: str) -> None:
    press = ine.page.keyboard.press
    press("ArrowUp")
    stand(ine, "edit")
    last = moments(ine, film)[-1]
    assert ine.page.locator("moment-editor .three").all_inner_texts() == ["Steunen"], "what the nod says"
    press("Control+ArrowLeft")
    press("Control+Shift+ArrowRight")
    until(lambda: moments(ine, film)[-1]["end_ms"] == last["end_ms"] + 200, "the end is a frame later")
    assert moments(ine, film)[-1]["start_ms"] == last["start_ms"] - 200
    press("Enter")
    ine.page.keyboard.type(TYPED)
    press("Escape")
    press("ArrowUp")
    press("ArrowDown")
    tab_to(ine, f'[data-goal="{goal}"]')
    press("Space")
    press("KeyX")
    until(lambda: moments(ine, film)[-1]["chosen"], "the star is kept")
    kept = moments(ine, film)[-1]
    assert (kept["words"], kept["goals"], tags(kept)) == (TYPED, [goal], tags(last)), "typing is no marking"
    press("Control+z")
    until(lambda: not moments(ine, film)[-1]["chosen"], "the star is taken back")
    press("Control+y")
    until(lambda: moments(ine, film)[-1]["chosen"], "and comes again")
    press("Delete")
    until(lambda: len(moments(ine, film)) == 4, "it is removed")
    press("Control+z")
    until(lambda: len(moments(ine, film)) == 5, "and comes back")
    press("Escape")
    stand(ine, "watch")
    tab_to(ine, '[data-to-stand="label"]')
    press("Enter")
    stand(ine, "label")


def tab_to(ine: Walk, selector: str, tab: str = "Tab") -> None:
    for _ in range(120):
        if ine.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        ine.page.keyboard.press(tab)
    raise AssertionError(f"{tab} never comes at {selector}")


def keys_of_her_own(ine: Walk, film: str) -> None:
    """Benoemt on the A of an AZERTY, by swapping twice, moved up, renamed; all of it at another machine too."""
    page, press = ine.page, ine.page.keyboard.press
    press("?")
    ine.look("keys")
    tab_to(ine, '[data-part="keys"] [data-wish="own"]')
    press("Enter")
    ine.look("my labels")
    row = '[data-label="house/names"]'
    tab_to(ine, f'{row} [data-does="key"]')
    press("Enter")
    press("Period")
    assert "Kies een letter" in page.locator(f"{row} .own-said").inner_text()
    press("KeyD")
    assert "Wacht even" in page.locator(f"{row} .own-said").inner_text()
    ine.look("a key that is taken")
    tab_to(ine, f'{row} [data-does="swap"]')
    press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-does=key]')"), "the focus stays in the row"
    press("Enter")
    press("KeyQ")
    tab_to(ine, f'{row} [data-does="move"]', "Shift+Tab")
    press("ArrowUp")
    tab_to(ine, f'{row} [data-does="words"]')
    page.keyboard.type("Vertelt mee")
    press("Tab")
    own = own_palette(ine, lambda told: told.get("house/names", {}).get("words"))
    assert own["house/names"] == {"words": "Vertelt mee", "key_code": "KeyQ", "position": 2}
    assert own["house/waits"]["key_code"] == "KeyG"
    press("Control+z")
    own_palette(ine, lambda told: not told["house/names"].get("words"))
    press("Escape")
    before = len(moments(ine, film))
    press("KeyQ")
    until(lambda: len(moments(ine, film)) == before + 1, "her own key marks")
    assert "house/names" in [tag for one in moments(ine, film) for tag in tags(one)]


def own_palette(ine: Walk, ready: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    until(lambda: ready(ine.get("/api/v1/palette")[1]["labels"]), "the palette is kept")
    return ine.get("/api/v1/palette")[1]["labels"]


def everywhere(ine: Walk) -> None:
    """Light and dark, small and large, right to left: axe is silent, nothing is wider than the window."""
    page = ine.page
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            ine.look(f"workspace, {theme}, {width}x{height}")
            fits(ine)
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.set_viewport_size({"width": 1366, "height": 641})
    ine.look("workspace, right to left")
    fits(ine)
    lefts = page.locator("time-line .bar.g-kind:not([hidden])").evaluate_all(
        "(bars) => bars.map((bar) => bar.getBoundingClientRect().x)"
    )
    assert len(lefts) > 2
    assert lefts == sorted(lefts), "time runs left to right"
    way = "(what) => getComputedStyle(document.querySelector(what)).direction"
    assert [page.evaluate(way, what) for what in (".ws-panel", ".ws-transport", "kbd")] == ["rtl", "ltr", "ltr"]


def fits(ine: Walk) -> None:
    wide = ine.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 1, (ine.page.viewport_size, wide, ine.page.evaluate(_TOO_WIDE))


# --- touch ---


class Finger:
    """One finger on the glass: real touch events, no mouse and no key."""

    def __init__(self, ine: Walk) -> None:
        self.page = ine.page
        self.glass: CDPSession = ine.page.context.new_cdp_session(ine.page)

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    def middle(self, what: str | Locator) -> tuple[float, float]:
        place = self.page.locator(what).first if isinstance(what, str) else what
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box, what
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def tap(self, what: str | Locator) -> None:
        x, y = self.middle(what)
        self._touch("touchStart", (x, y))
        self._touch("touchEnd")

    def drag(self, what: str | Locator, by_x: float = 0, by_y: float = 0) -> None:
        x, y = self.middle(what)
        self._touch("touchStart", (x, y))
        for step in range(1, 9):
            self._touch("touchMove", (x + by_x * step / 8, y + by_y * step / 8))
            self.page.wait_for_timeout(16)
        self._touch("touchEnd")
        self.page.wait_for_timeout(400)  # the hand goes to the next thing


def test_by_touch_alone(arrive: Callable[..., tuple[Walk, str]], desk: Desk) -> None:
    ine, film = arrive(1024, 768, touch=True)
    finger = Finger(ine)
    finger.tap('[data-wish="play"]')
    steps.until(ine, 1500)
    finger.tap("button.ws-big")
    finger.tap('[data-wish="play"]')
    finger.tap('[data-to-stand="label"]')
    assert ine.page.evaluate(_IN_THE_WAY) == []
    for share in (0.25, 0.5, 0.9):
        box = ine.page.locator("time-line .tl-track").bounding_box()
        assert box
        finger._touch("touchStart", (box["x"] + box["width"] * share, box["y"] + 8))
        finger._touch("touchEnd")
        until(lambda want=share: abs(steps.now_ms(ine) / 300_000 - want) < 0.02, "a tap on the ruler goes there")
        finger.tap('tag-palette [data-tag="house/shows"]')
        finger.tap('tag-palette [data-tag="house/confirms"]')
    found = moments(ine, film)
    assert [tags(one) for one in found[1:]] == [["house/shows", "house/confirms"]] * 3
    edges_by_finger(ine, finger, film)
    finish_by_finger(ine, finger, film, desk.goal)
    order_by_finger(ine, finger)


def edges_by_finger(ine: Walk, finger: Finger, film: str) -> None:
    """Close enough to grip, a bar and its handle follow the finger."""
    last = moments(ine, film)[-1]
    for _ in range(4):
        finger.tap('[data-wish="zoom-in"]')
    bar = ine.page.locator(f'time-line .bar[data-id="{last["id"]}"]').first
    bar.wait_for()
    finger.tap(bar)
    stand(ine, "edit")
    finger.drag('time-line [data-edge="end"]', by_x=40)
    until(lambda: moments(ine, film)[-1]["end_ms"] > last["end_ms"], "the end follows the finger")
    longer = moments(ine, film)[-1]
    assert longer["start_ms"] == last["start_ms"]
    finger.drag(bar, by_x=-60)
    until(lambda: moments(ine, film)[-1]["start_ms"] < last["start_ms"], "the bar follows the finger")
    moved = moments(ine, film)[-1]
    assert abs((moved["end_ms"] - moved["start_ms"]) - (longer["end_ms"] - longer["start_ms"])) <= 200


def finish_by_finger(ine: Walk, finger: Finger, film: str, goal: str) -> None:
    page = ine.page
    finger.tap('moment-editor [data-part="words"]')
    until(lambda: page.evaluate("document.activeElement.matches('[data-part=words]')"), "a tap begins to write")
    page.keyboard.insert_text(TYPED)
    until(lambda: moments(ine, film)[-1]["words"] == TYPED, "the words are kept while she thinks")
    finger.tap(f'moment-editor [data-goal="{goal}"]')
    finger.tap('moment-editor [data-part="star"]')
    until(lambda: moments(ine, film)[-1]["chosen"], "the star is kept")
    kept = moments(ine, film)[-1]
    assert (kept["words"], kept["goals"]) == (TYPED, [goal])
    finger.tap('[data-part="undo"]')
    until(lambda: not moments(ine, film)[-1]["chosen"], "the star is taken back")
    finger.tap('moment-editor [data-part="close"]')
    stand(ine, "label")
    ine.look("workspace, by touch")


def order_by_finger(ine: Walk, finger: Finger) -> None:
    finger.tap('tag-palette [data-wish="own"]')
    row = ine.page.locator('[data-label="house/looks"]')
    height = (row.bounding_box() or {"height": 0})["height"]
    finger.drag('[data-label="house/looks"] [data-does="move"]', by_y=height * 1.7)
    own = own_palette(ine, lambda told: "house/looks" in told)
    assert own["house/points"].get("position", 0) < own["house/looks"]["position"]
    finger.tap('[data-part="own-undo"]')
    own_palette(ine, lambda told: "house/looks" not in told)
    ine.look("my labels, by touch")


# --- what a screen reader knows ---


def test_after_five_corrections_it_asks_and_a_word_becomes_hers(arrive: Callable[..., tuple[Walk, str]]) -> None:
    """Real moments, a begin moved by I; yes makes the next one right, and it can be taken back."""
    ine, film = arrive(1366, 641)
    page, press = ine.page, ine.page.keyboard.press
    page.locator('[data-to-stand="label"]').click()
    for at in range(20_000, 120_000, 20_000):
        begin_is_earlier(ine, at, film)
    asks = page.locator("habit-asks")
    asks.get_by_text("Benoemt: je schuift het begin vaak 2 seconden vroeger. Voortaan zo?").wait_for()
    ine.look("workspace, asking")
    asks.get_by_role("button", name="Ja").click()
    own_palette(ine, lambda told: told.get("house/names", {}).get("lead_ms") == 6000)
    steps.go_to(ine, 150_000)
    press("KeyG")
    assert moments(ine, film)[-1]["start_ms"] == 144_000
    asks.get_by_role("button", name="Maak ongedaan").click()
    own_palette(ine, lambda told: "lead_ms" not in told.get("house/names", {}))
    before = len(moments(ine, film))
    page.locator('[data-tag="house/names"] .tag-word').dblclick()
    page.keyboard.type("Vertelt dfg")
    press("Enter")
    own_palette(ine, lambda told: told.get("house/names", {}).get("words") == "Vertelt dfg")
    page.locator('tag-palette [data-tag="house/names"]', has_text="Vertelt dfg").wait_for()
    until(lambda: len(moments(ine, film)) == before, "the first of the two clicks is taken back")
    assert tags(moments(ine, film)[-1]) == ["house/names"], "typing marks nothing"


def begin_is_earlier(ine: Walk, at: int, film: str) -> None:
    """A press at `at` ms, opened, its begin put two seconds earlier, and left."""
    press = ine.page.keyboard.press
    steps.go_to(ine, at)
    press("KeyG")
    press("ArrowUp")
    stand(ine, "edit")
    steps.go_to(ine, at - 6000)
    press("KeyI")
    press("Escape")
    stand(ine, "label")
    assert moments(ine, film)[-1]["start_ms"] == at - 6000


def test_through_the_accessibility_tree(arrive: Callable[..., tuple[Walk, str]], desk: Desk) -> None:
    ine, film = arrive(1280, 720)
    the_situation_unfolds(ine, film)
    use = using(ine)
    use("button", r"^Labelen")
    use("button", r"^Speel")
    steps.until(ine, 1200)
    use("button", r"^Laat iets zien")
    assert ine.page.get_by_role("status").filter(has_text="Laat iets zien").count()
    use("button", r"^Zegt ja")
    use("button", r"^Pauze")
    found = moments(ine, film)
    assert [tags(one) for one in found] == [["house/shows", "house/confirms"]]
    use("button", r"laat (je )?iets zien|Laat iets zien", within=ine.page.get_by_role("group", name="Momenten"))
    stand(ine, "edit")
    end = ine.page.get_by_role("button", name=re.compile("^einde"))
    end.focus()
    ine.page.keyboard.press("ArrowRight")
    until(lambda: moments(ine, film)[0]["end_ms"] > found[0]["end_ms"], "the end is moved")
    words = ine.page.get_by_role("textbox", name=re.compile("Woorden voor de ouders"))
    words.focus()
    ine.page.keyboard.type(TYPED)
    ine.page.keyboard.press("Tab")
    use("button", re.escape(steps.GOAL))
    use("button", r"samen kijken", within=ine.page.locator("moment-editor"))
    until(lambda: moments(ine, film)[0]["chosen"], "the star is kept")
    kept = moments(ine, film)[0]
    assert (kept["words"], kept["goals"]) == (TYPED, [desk.goal])
    use("button", r"^Maak ongedaan|^Ongedaan")
    until(lambda: not moments(ine, film)[0]["chosen"], "the star is taken back")
    use("button", r"^Klaar")
    stand(ine, "label")
    use("button", r"^Mijn labels")
    dialog = ine.page.get_by_role("dialog", name="Mijn labels en toetsen")
    use("button", r"^Kijkt bovenaan", within=dialog)
    own_palette(ine, lambda told: told.get("house/looks", {}).get("pinned"))
    use("button", r"^Maak ongedaan|^Ongedaan", within=dialog)
    own_palette(ine, lambda told: "house/looks" not in told)
    ine.look("workspace, by its names")


def the_situation_unfolds(ine: Walk, film: str) -> None:
    """Free play shows child and parent follows, a meal parent leads as well (craft 2)."""
    open_groups = "[...document.querySelectorAll('tag-palette details[open]')].map((one) => one.dataset.group)"
    for situation, opened in (("free_play", False), ("meal", True)):
        send(ine, "PATCH", f"/films/{film}", {"situation": situation})
        ine.go(f"/films/{film}/workspace")
        groups = ine.page.evaluate(open_groups)
        assert ("leads" in groups, groups[:2]) == (opened, ["child", "follows"])


def using(ine: Walk) -> Callable[..., None]:
    """`use(role, name)`: what has this role and name gets the focus and Enter."""

    def use(role: Any, name: str, within: Locator | None = None) -> None:
        found = (within or ine.page).get_by_role(role, name=re.compile(name)).first
        found.focus()
        ine.page.keyboard.press("Enter")

    return use
