"""A set of her own: made, given to a family, pressed on a film, then said otherwise; the moment keeps its label."""

from collections.abc import Callable
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk


def test_a_label_of_her_own_from_its_making_to_its_next_version(
    practice: Practice, walk: Callable[..., Walk], phone_film: Path
) -> None:
    ine = walk()
    page = ine.page
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    ine.go("/tag-sets", "label sets")
    ine.send("/tag-sets", nl="Stralen")
    made = page.url.removeprefix(ine.address)
    ine.follow("/labels/new")
    ine.look("new label")
    page.locator('[name="new_group"]').fill("Gezien")
    page.locator('[name="code"]').select_option("KeyA")
    ine.send("/labels", nl="Straalt", plain_nl="{k} straalt.")
    ine.look("label set, draft")
    ine.send("/versions")
    ine.look("label set, published")
    ine.go(f"/families/{family}/tag-sets", "labels of a family")
    page.locator("form .tick", has_text="Stralen").locator("input").check()
    ine.send("/tag-sets")
    ine.look("labels of a family, chosen")
    film = steps.bring_in(ine, family, phone_film)
    page.keyboard.press("Space")
    steps.until(ine, 1000)
    page.keyboard.press("KeyA")
    steps.saved(ine)
    page.keyboard.press("Space")
    (moment,) = ine.get(f"/api/v1/films/{film}/moments")[1]["items"]
    assert moment["heading"] == "Pip straalt."
    ine.look("workspace, with a set of her own")
    page.locator("[data-to-stand=label]").click()
    shown = page.locator("tag-palette [aria-selected=true]")
    assert shown.inner_text() == "Basisset"
    assert "Straalt" not in page.locator("tag-palette").inner_text()
    at = page.locator("film-player video").evaluate("(film) => film.currentTime")
    shown.focus()
    page.keyboard.press("ArrowRight")
    assert (shown.inner_text(), page.evaluate("() => document.activeElement.textContent")) == ("Stralen", "Stralen")
    assert page.locator("film-player video").evaluate("(film) => film.currentTime") == at
    assert page.locator("tag-palette [role=tabpanel]").inner_text().split() == ["Gezien", "Straalt", "A"]
    ine.look("workspace, the tab of a set of her own")

    ine.go(f"{made}/labels/straalt")
    ine.send("/labels/straalt", nl="Lacht breed", plain_nl="{k} lacht breed.")
    ine.send("/versions")
    ine.go(f"/films/{film}/workspace")
    page.locator("time-line .bar:not([hidden])").first.wait_for(state="attached")
    assert "Straalt" in (page.locator("time-line .bar:not([hidden])").first.get_attribute("aria-label") or "")
    assert shown.inner_text() == "Stralen"
    assert "Lacht breed" in page.locator("tag-palette").inner_text()
    assert ine.get(f"/api/v1/moments/{moment['id']}")[1]["heading"] == "Pip straalt."
