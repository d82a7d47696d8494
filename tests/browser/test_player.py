"""Her place and her stand go along to another machine, and looking closer never moves the stage."""

from collections.abc import Callable
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.original import Original, shows
from tests.browser.walk import Walk

STAGE = "JSON.stringify(document.querySelector('.ws-stage').getBoundingClientRect())"
LENS = "document.querySelector('picture-lens').lens"
AWAY = "document.querySelector('film-player').getBoundingClientRect().width"
PINCH = """() => {
  const lens = document.querySelector("picture-lens"), box = lens.getBoundingClientRect();
  const say = (type, id, x) => lens.dispatchEvent(new PointerEvent(type, {pointerId: id, pointerType: "touch",
    clientX: box.left + x, clientY: box.top + 100, bubbles: true}));
  say("pointerdown", 1, 100); say("pointerdown", 2, 200); say("pointermove", 2, 300);
  say("pointerup", 1, 100); say("pointerup", 2, 300);
}"""


MARK = """async (film) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const marks = [["shows", 2000], ["confirms", 3400], ["looks", 5200], ["waits", 6000]];
  for (const [start_ms, some] of [[1000, marks], [9000, [["names", 9500], ["goes_along", 10100]]]]) {
    const body = {start_ms, end_ms: start_ms + 7000, marks: some.map(([tag, at_ms]) => ({tag: `house/${tag}`, at_ms}))};
    const answer = await fetch(`/api/v1/films/${film}/moments`, {method: "POST", body: JSON.stringify(body),
      headers: {"Content-Type": "application/json", "X-CSRFToken": token}});
    if (!answer.ok) throw new Error(await answer.text());
  }
}"""
CLEAR = """() => {
  const boxes = [...document.querySelectorAll(".ws-transport button")].map((one) => one.getBoundingClientRect())
    .filter((box) => box.width);
  return boxes.every((one, at) => boxes.slice(at + 1).every((other) => one.right <= other.left + 1 ||
    other.right <= one.left + 1 || one.bottom <= other.top + 1 || other.bottom <= one.top + 1));
}"""


def at_one_glance(ine: Walk, film: str) -> None:
    """Two exchanges, four turns and two, behind one quiet link; the drawing leads back to the moment."""
    ine.page.evaluate(MARK, film)
    ine.go(f"/films/{film}/workspace")
    if not ine.page.locator(".ws-glance a").is_visible():
        ine.page.locator('[data-part="list-fold"] > summary').click()
    ine.follow("/glance")
    ine.look("glance")
    assert ine.page.locator(".glance-chain").count() == 2
    assert [ine.page.locator(f".glance-chain >> nth={at} >> .link").count() for at in (0, 1)] == [3, 1]
    ine.page.locator(".glance-list a").first.click()
    ine.page.locator('work-space[data-stand="edit"]').wait_for()


def closer_and_back(ine: Walk) -> None:
    """Wheel, drag, keys and fingers; the stage stays, no tap comes of a drag, nothing beside the picture shows."""
    page = ine.page
    stage, width = page.evaluate(STAGE), page.evaluate(AWAY)
    box = page.locator("picture-lens").bounding_box()
    assert box
    at = (box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.4)
    page.mouse.move(*at)
    page.mouse.wheel(0, -100)
    assert page.evaluate(LENS)["scale"] == 1, "a wheel without Ctrl is no wish"
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function("document.querySelector('picture-lens').lens.scale > 2")
    assert page.evaluate(AWAY) > 2 * width
    before = page.evaluate(LENS)
    page.mouse.down()
    page.mouse.move(at[0] - 60, at[1] - 20, steps=4)
    page.mouse.up()
    after = page.evaluate(LENS)
    assert (after["x"], after["y"]) != (before["x"], before["y"])
    assert page.evaluate("document.querySelector('video').paused"), "a drag played the film"
    ine.look("workspace, closer")
    page.locator('[data-part="lens-whole"]').click()
    assert page.evaluate(LENS) == {"scale": 1, "x": 0, "y": 0}
    page.keyboard.press("KeyW")
    page.keyboard.press("KeyW")
    page.locator("picture-lens").focus()
    page.keyboard.press("ArrowDown")
    lens = page.evaluate(LENS)
    assert lens["scale"] > 2
    assert (lens["x"], lens["y"] < 0) == (0, True), "the dark band beside an upright film came in sight"
    page.keyboard.press("Escape")
    assert page.evaluate(LENS)["scale"] == 1
    page.evaluate(PINCH)
    assert page.evaluate(LENS)["scale"] == 2
    page.keyboard.press("KeyA")
    assert page.evaluate(LENS)["scale"] == 1
    assert page.evaluate(STAGE) == stage


def test_she_goes_on_at_another_machine(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    original = Original(phone_film, burnt_in=True)
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    film = steps.bring_in(ine, family, original.path)
    assert ine.page.locator("work-space").get_attribute("data-stand") == "watch"
    closer_and_back(ine)
    ine.page.locator('[data-to-stand="label"]').click()
    at = original.times_us[200] // 1000
    steps.go_to(ine, at)
    shows(ine, original, original.first(at), "where she stops")
    ine.go("/today")

    other = walk(1024, 768)
    other.go("/sign-in")
    other.send("/sign-in", email="ine@linde.test", password=steps.PASSWORD)
    other.go(f"/films/{film}/workspace")
    assert other.page.locator("work-space").get_attribute("data-stand") == "label"
    shows(other, original, original.first(at), "where she stopped, on another machine")
    assert other.page.evaluate(CLEAR), "buttons lie over one another"
    other.page.locator('[data-to-stand="watch"]').click()
    other.go("/today")
    ine.go(f"/films/{film}/workspace")
    assert ine.page.locator("work-space").get_attribute("data-stand") == "watch"
    at_one_glance(ine, film)
