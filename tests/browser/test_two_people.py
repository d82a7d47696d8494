"""Two people on one film: each sees the other's marks, and nothing that is typed is disturbed or lost."""

import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from tests.browser import past, steps
from tests.browser.conftest import PASSWORD, Practice
from tests.browser.walk import Walk
from vbg import house
from vbg.config import Settings
from vbg.families import actions as families
from vbg.families import queries
from vbg.people import actions as people
from vbg.people.queries import by_email, practice, viewer_of

SEEN_WITHIN_MS = 2000
COUNT = "document.querySelector('work-space').shelf.sorted.length"
LYING_THERE = """async () => {
  const asked = indexedDB.open("vbg-waiting");
  const database = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const all = database.transaction("lines").objectStore("lines").getAll();
  const lines = await new Promise((done) => { all.onsuccess = () => done(all.result); });
  database.close();
  return lines.map(({ sealed }) => new TextDecoder().decode(sealed));
}"""
TYPED = "Ann is nog aan het typen"
BEA = "bea@linde.test"


def test_two_people_on_one_film(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ann, bea = walk(), walk()
    steps.arrive(ann, practice)
    family = steps.settle(ann)
    steps.consent(ann, family)
    film = steps.bring_in(ann, family, phone_film)
    a_colleague(practice, family)
    sign_in(bea)
    bea.page.goto(f"/films/{film}/workspace")
    until(bea, COUNT + " === 0")
    assert len({one.page.get_attribute("work-space", "data-me") for one in (ann, bea)}) == 2, "one and the same person"
    marks_arrive(ann, bea, 1)
    marks_arrive(bea, ann, 2)
    what_is_typed_stays(ann, bea)
    a_spell_without_connection(ann, bea)
    marks_outlive_a_reload(ann, bea)
    two_versions_are_both_shown(ann, bea)
    both_write_at_once(ann, bea)
    each_undoes_their_own_by_name(ann, bea)
    what_one_removed_the_other_puts_back(ann, bea)


def a_colleague(served: Practice, family: str) -> None:
    """Bea, with a password of her own, in the family's care team."""
    opened = house.enter(Settings(served.data))
    with opened.database.unit() as session:
        ine = by_email(session, "ine@linde.test")
        assert ine
        bea = people.add_person(session, None, practice(session).id, "Bea Bos", BEA, "counselor")
        people.set_password(session, None, bea, PASSWORD)
        viewer = viewer_of(ine)
        families.join_team(session, viewer, queries.one(session, viewer, UUID(family)), bea)
    opened.database.close()


def sign_in(bea: Walk) -> None:
    bea.go("/sign-in")
    bea.send("/sign-in", email=BEA, password=PASSWORD)
    assert bea.page.url.endswith("/today")


def until(walk: Walk, expression: str) -> None:
    """Wait until the page says so; the page's own policy refuses Playwright's way of waiting."""
    limit = time.monotonic() + 10
    while not walk.page.evaluate(expression):
        assert time.monotonic() < limit, f"not within 10 s: {expression}"
        time.sleep(0.02)


def press(walk: Walk) -> None:
    """A beautiful moment of its own: the film stands still here, so nothing else parts two presses."""
    walk.page.bring_to_front()
    walk.page.evaluate("document.querySelector('work-space').chain = null")
    walk.page.keyboard.press("KeyN")


def marks_arrive(one: Walk, other: Walk, count: int) -> None:
    """A press here stands there within two seconds, measured from the press."""
    began = time.monotonic()
    press(one)
    until(other, f"{COUNT} === {count}")
    took_ms = (time.monotonic() - began) * 1000
    print(f"seen by the other after {took_ms:.0f} ms")
    assert took_ms <= SEEN_WITHIN_MS


def what_is_typed_stays(ann: Walk, bea: Walk) -> None:
    """Bea chooses the very moment Ann is writing at: it comes to Ann once she leaves the box, her words stand."""
    moment = ann.page.evaluate("document.querySelector('work-space').shelf.sorted[0].id")
    ann.page.evaluate("id => document.querySelector('work-space').open(id, {play: false})", moment)
    words = ann.page.locator('[data-part="words"]')
    words.fill(TYPED)
    steps.saved(ann)
    until(bea, f"{COUNT} === 2 && document.querySelector('work-space').shelf.get('{moment}').words")
    words.press_sequentially(" en typt")
    until(bea, f"document.querySelector('work-space').shelf.get('{moment}').words.endsWith('typt')")
    steps.saved(ann)
    version = f"document.querySelector('work-space').acts.versions.get('{moment}')"
    before = ann.page.evaluate(version)
    bea.page.evaluate("id => document.querySelector('work-space').open(id, {play: false})", moment)
    bea.page.locator('[data-part="star"]').click()
    steps.saved(bea)
    time.sleep(1.5)
    assert ann.page.evaluate(version) == before
    assert words.input_value() == TYPED + " en typt"
    words.blur()
    until(ann, f"document.querySelector('work-space').shelf.get('{moment}').chosen")
    assert words.input_value() == TYPED + " en typt"


def a_spell_without_connection(ann: Walk, bea: Walk) -> None:
    """What Bea marks while Ann's page is cut off stands there after it."""
    for one in (ann, bea):
        one.page.keyboard.press("Escape")
    ann.page.route("**/api/v1/films/*/acts*", lambda route: route.abort())
    press(bea)
    until(bea, f"{COUNT} === 3")
    time.sleep(1.5)
    assert ann.page.evaluate(COUNT) == 2, "heard while cut off"
    ann.page.unroute("**/api/v1/films/*/acts*")
    until(ann, f"{COUNT} === {bea.page.evaluate(COUNT)}")
    ann.complaints[:] = [line for line in ann.complaints if "ERR_FAILED" not in line]


def marks_outlive_a_reload(ann: Walk, bea: Walk) -> None:
    """Marked without a way to the server, sealed in the browser, the page opened again: it arrives then, once."""
    cut_off(ann)
    press(ann)
    until(ann, f"{COUNT} === 4")
    ann.page.locator('[data-part="saved"][data-state="waiting"]').wait_for()
    assert ann.page.locator('[data-part="saved-word"]').inner_text().endswith("1")
    until(ann, "document.querySelector('work-space').waiting.safe")
    assert not any("start_ms" in line for line in ann.page.evaluate(LYING_THERE))
    ann.page.reload()
    until(ann, f"{COUNT} >= 1")
    assert bea.page.evaluate(COUNT) == 3, "it arrived while cut off"
    on_again(ann)
    until(bea, f"{COUNT} === 4")
    until(ann, f"{COUNT} === 4")
    steps.saved(ann)
    until(ann, "document.querySelector('work-space').waiting.safe")
    assert ann.page.evaluate(LYING_THERE) == []


def two_versions_are_both_shown(ann: Walk, bea: Walk) -> None:
    """Both wrote words at one moment, Ann without connection and with a reload: she sees both and keeps both."""
    moment = ann.page.evaluate("document.querySelector('work-space').shelf.sorted[0].id")
    cut_off(ann)
    write(ann, moment, "Van Ann.")
    until(ann, "document.querySelector('work-space').waiting.safe && !document.querySelector('work-space').acts.idle")
    bea.page.bring_to_front()
    write(bea, moment, "Van Bea.")
    steps.saved(bea)
    ann.page.bring_to_front()
    ann.page.reload()
    on_again(ann)
    dialog = ann.page.locator('dialog[data-part="both"]')
    dialog.locator('[value="join"]').wait_for()
    assert "Van Ann." in dialog.locator('[data-part="mine"]').inner_text()
    assert "Van Bea." in dialog.locator('[data-part="theirs"]').inner_text()
    dialog.locator('[value="join"]').click()
    until(bea, f"document.querySelector('work-space').shelf.get('{moment}').words === 'Van Bea.\\nVan Ann.'")
    ann.complaints[:] = [line for line in ann.complaints if "ERR_FAILED" not in line and "409" not in line]


def both_write_at_once(ann: Walk, bea: Walk) -> None:
    """With a connection, both boxes open: who saves last is shown both texts, and both are kept."""
    until(ann, f"{COUNT} === {bea.page.evaluate(COUNT)}")
    moment = ann.page.evaluate("document.querySelector('work-space').shelf.sorted.find((one) => !one.words).id")
    for one in (ann, bea):
        one.page.keyboard.press("Escape")
        one.page.evaluate("id => document.querySelector('work-space').open(id, {play: false})", moment)
        one.page.locator('[data-part="words"]').focus()
    bea.page.locator('[data-part="words"]').fill("Bea zag dit.")
    steps.saved(bea)
    until(ann, f"document.querySelector('work-space').peers.held.has('{moment}')")
    ann.page.locator('[data-part="words"]').press_sequentially("Ann zag dat.")
    dialog = ann.page.locator('dialog[data-part="both"]')
    dialog.locator('[value="join"]').wait_for()
    shown = [dialog.locator(f'[data-part="{side}"]').inner_text() for side in ("mine", "theirs")]
    assert ["Ann zag dat." in shown[0], "Bea zag dit." in shown[1]] == [True, True], shown
    dialog.locator('[value="join"]').click()
    bea.page.locator('[data-part="words"]').blur()
    until(bea, f"document.querySelector('work-space').shelf.get('{moment}').words === 'Bea zag dit.\\nAnn zag dat.'")
    ann.complaints[:] = [line for line in ann.complaints if "409" not in line]


def each_undoes_their_own_by_name(ann: Walk, bea: Walk) -> None:
    """Bea's star does not change what Ann's button names, and Ann's press takes back her own mark alone."""
    for one in (ann, bea):
        one.page.keyboard.press("Escape")
    count = bea.page.evaluate(COUNT)
    other = bea.page.evaluate("document.querySelector('work-space').shelf.sorted.find((one) => !one.chosen).id")
    press(ann)
    until(bea, f"{COUNT} === {count + 1}")
    past.undo_names(ann, "ngedaan: moment op")
    bea.page.bring_to_front()
    bea.page.evaluate("id => document.querySelector('work-space').open(id, {play: false})", other)
    bea.page.keyboard.press("KeyX")
    steps.saved(bea)
    past.undo_names(bea, "gekozen voor samen kijken")
    past.open_past(ann)
    past.the_other_is_named(ann, "Bea Bos", "gekozen voor samen kijken")
    past.undo_names(ann, "ngedaan: moment op")
    ann.page.locator(past.UNDO).click()
    until(bea, f"{COUNT} === {count}")


def what_one_removed_the_other_puts_back(ann: Walk, bea: Walk) -> None:
    """Bea's removal lies in Ann's trash; put back it stands at Bea's, and Ann's undo takes it out."""
    count = bea.page.evaluate(COUNT)
    bea.page.bring_to_front()
    bea.page.keyboard.press("Delete")
    until(ann, f"{COUNT} === {count - 1}")
    past.put_back(ann)
    until(bea, f"{COUNT} === {count}")
    past.undo_names(ann, "teruggezet")
    ann.page.keyboard.press("Control+KeyZ")
    until(bea, f"{COUNT} === {count - 1}")


def write(walk: Walk, moment: str, words: str) -> None:
    walk.page.evaluate("id => document.querySelector('work-space').open(id, {play: false})", moment)
    walk.page.locator('[data-part="words"]').fill(words)
    walk.page.locator('[data-part="words"]').blur()
    until(walk, f"document.querySelector('work-space').shelf.get('{moment}').words === '{words}'")


def cut_off(walk: Walk) -> None:
    walk.page.route("**/api/v1/**", lambda route: route.abort())


def on_again(walk: Walk) -> None:
    walk.page.unroute("**/api/v1/**")
