"""What happened on a film, seen by two people: the names of undo, the history, and what is put back from the trash."""

import re

from tests.browser.walk import Walk

UNDO = 'turn-buttons [data-part="undo"]'
PANEL = "film-past dialog[open]"
LINE = f"{PANEL} .past-line"


def undo_names(walk: Walk, what: str) -> None:
    """The button says what it will take back."""
    walk.page.locator(f'{UNDO}[aria-label*="{what}"]').wait_for()


def open_past(walk: Walk) -> None:
    """By key, as somebody who holds no mouse."""
    walk.page.bring_to_front()
    walk.page.keyboard.press("Escape")
    walk.page.keyboard.press("Shift+KeyH")
    walk.page.locator(LINE).first.wait_for()


def the_other_is_named(walk: Walk, other: str, what: str) -> None:
    """The newest line is the other's, with its time; pressed it opens its moment."""
    walk.page.locator(LINE, has_text=what).first.wait_for()
    said = walk.page.locator(LINE).first.inner_text().split("\n")
    assert re.fullmatch(rf"{other} · \d\d:\d\d", said[0]), said
    walk.look("what happened")
    walk.page.locator(LINE).first.click()
    walk.page.locator('work-space[data-stand="edit"]').wait_for()
    assert walk.page.locator(PANEL).count() == 0


def put_back(walk: Walk) -> None:
    """The last removed one, from the trash."""
    open_past(walk)
    walk.page.locator(f"{PANEL} .me-seg button").nth(1).click()
    gone = walk.page.locator(f"{PANEL} .past-gone")
    gone.first.wait_for()
    count = gone.count()
    walk.look("trash")
    gone.first.locator("button").click()
    walk.page.locator(f"{PANEL} .past-gone").nth(count - 1).wait_for(state="detached")
    walk.page.keyboard.press("Escape")
