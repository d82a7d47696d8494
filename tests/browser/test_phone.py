"""The counselor's own phone sends a film over TLS, straight into the right family, and can do nothing else."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import steps
from tests.browser.conftest import Practice, served
from tests.browser.walk import Walk
from tests.films import numbered
from tests.phones.camera import read_code


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice, served with a door for phones at an address that every machine has."""
    with served(tmp_path / "practice", "--lan", "127.0.0.1") as practice:
        yield practice


@pytest.fixture
def phone(chromium: Browser, practice: Practice) -> Iterator[Callable[[], Walk]]:
    """`phone()`: a phone in the same network, whose owner accepted the certificate."""
    contexts: list[BrowserContext] = []
    walks: list[Walk] = []

    def take() -> Walk:
        context = chromium.new_context(
            base_url=practice.lan, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
            locale="nl-BE", reduced_motion="reduce", ignore_https_errors=True,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        walks.append(Walk(context.new_page(), practice.lan))
        return walks[-1]

    yield take
    complaints = [line for one in walks for line in one.complaints]
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of numbered pictures."""
    return numbered(tmp_path_factory.mktemp("phone") / "IMG_0001.mp4", frames=50, sound=(0, 2))


def scan(page: Page) -> str:
    """What a phone's camera reads on the screen."""
    return read_code(page.locator("img.qr").screenshot())


TIMES = """
  for (const name of ["start", "stop"]) {
    const real = MediaRecorder.prototype[name];
    MediaRecorder.prototype[name] = function (...more) {
      window[name + "edAt"] = performance.now();
      return real.apply(this, more);
    };
  }
"""


def filmed_ms(page: Page) -> float:
    """How long the recorder ran."""
    return page.evaluate("window.stopedAt - window.startedAt")


def film(page: Page, seconds: float) -> None:
    page.locator("[data-part=record]").click()
    page.locator('film-recorder[data-state="recording"] video').wait_for()
    page.wait_for_timeout(seconds * 1000)


def until_ready(ine: Walk, family: str) -> dict:
    """The family's only film, once it can be labelled."""
    limit = time.monotonic() + 120
    while True:
        films = ine.get(f"/api/v1/families/{family}/films")[1]["items"]
        if films and films[0]["state"] not in ("received", "preparing"):
            return films[0]
        assert time.monotonic() < limit, films
        time.sleep(0.5)


def test_what_is_filmed_in_the_page_arrives_while_it_is_filmed(
    practice: Practice, walk: Callable[..., Walk], phone: Callable[[], Walk], short_film: Path
):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    ine.go(f"/families/{family}/films/new")
    ine.send("/phone")
    mine = phone()
    mine.page.add_init_script(TIMES)
    mine.go(scan(ine.page))
    mine.send("/phone")
    film(mine.page, 3)
    mine.look("phone: filming")
    ine.page.locator(".came li").wait_for()
    assert not ine.page.locator(".came .btn").count()
    mine.page.locator("[data-part=stop]").click()
    mine.page.locator('film-recorder[data-state="received"]').wait_for(timeout=60_000)
    mine.look("phone: filmed")
    assert not mine.page.locator("phone-camera > [data-part=to-wipe]").is_visible()
    made = until_ready(ine, family)
    assert made["state"] == "ready"
    took = filmed_ms(mine.page)
    assert took > 3000
    _let_go(ine, mine, short_film)
    print(f"filmed {took:.0f} ms, measured {made['duration_ms']} ms")
    assert abs(made["duration_ms"] - took) <= 300


def _let_go(ine: Walk, mine: Walk, file: Path) -> None:
    """Disconnected on the counselor's screen, the phone's next film leads to where a code goes."""
    with ine.page.expect_navigation():
        ine.page.locator('form[action$="/phone/closure"] button').click()
    before = list(mine.complaints)
    mine.page.locator("upload-drop input[type=file]").set_input_files(file)
    mine.page.wait_for_url(f"{mine.address}/phone")
    mine.complaints[:] = before  # the browser itself reports the refusal


def film_with_gaps(ine: Walk, practice: Practice, gaps: int, seconds: float) -> tuple[dict, float]:
    """Film on the counselor's own page, `seconds` between and within the gaps; the film, and how long it ran in ms."""
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    ine.page.add_init_script(TIMES)
    ine.go(f"/families/{family}/films/new")
    film(ine.page, seconds)
    before = list(ine.complaints)
    for _ in range(gaps):
        ine.page.context.set_offline(True)
        ine.page.wait_for_timeout(seconds * 1000)
        assert ine.page.locator("film-recorder").get_attribute("data-state") == "recording"
        ine.page.context.set_offline(False)
        ine.page.wait_for_timeout(seconds * 1000)
    ine.page.locator("[data-part=stop]").click()
    ine.page.locator('film-recorder[data-state="received"]').wait_for(timeout=60_000)
    ine.complaints[:] = before  # the browser itself reports what it could not send
    ine.page.locator("film-recorder [data-part=open]").wait_for()
    made, took = until_ready(ine, family), filmed_ms(ine.page)
    print(f"{gaps} gaps: filmed {took:.0f} ms, measured {made['duration_ms']} ms, {made['frame_count']} frames")
    return made, took


def test_filming_goes_on_without_a_connection(practice: Practice, walk: Callable[..., Walk]):
    """What was filmed meanwhile waits in the page, and arrives whole."""
    made, took = film_with_gaps(walk(), practice, 1, 3)
    assert made["state"] == "ready"
    assert abs(made["duration_ms"] - took) <= 300


@pytest.mark.full
def test_a_minute_and_a_half_with_five_gaps(practice: Practice, walk: Callable[..., Walk]):
    made, took = film_with_gaps(walk(), practice, 5, 8)
    assert made["state"] == "ready"
    assert took > 85_000
    assert abs(made["duration_ms"] - took) <= 300


def test_a_film_comes_straight_from_the_phone(
    practice: Practice, walk: Callable[..., Walk], phone: Callable[[], Walk], short_film: Path
):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    ine.go(f"/families/{family}/films/new")
    ine.send("/phone")
    ine.look("the code to scan")
    scanned = scan(ine.page)
    assert scanned.startswith(f"{practice.lan}/phone?c=")
    code = urlsplit(scanned).query.removeprefix("c=")
    assert ine.page.locator(".typed .code").inner_text().replace("-", "") == code
    ine.page.reload()
    assert scan(ine.page) == scanned

    mine = phone()
    mine.go(scanned, "phone: the link")
    mine.go(scanned)  # opening it uses nothing
    mine.send("/phone")
    assert mine.page.url == f"{practice.lan}/phone/films"
    mine.look("phone: send films")
    ine.page.locator('[data-connected="yes"]').wait_for()
    assert not ine.page.locator("img.qr").is_visible()

    assert mine.page.locator("[data-part=now] input").get_attribute("capture") == "environment"
    mine.page.locator("[data-part=now] input").set_input_files(short_film)
    mine.page.locator('upload-drop[data-state="received"]').wait_for(timeout=60_000)
    mine.page.locator("phone-camera > [data-part=to-wipe]").wait_for()
    mine.look("phone: safely in")
    assert "Gezin Merel" in mine.page.locator("main").inner_text()
    assert not mine.page.locator('a[href*="/films/"]:visible').count()

    ine.page.locator(".came .btn").wait_for(timeout=60_000)
    ine.look("a film came in")
    href = ine.page.locator(".came .btn").get_attribute("href") or ""
    films = ine.get(f"/api/v1/families/{family}/films")[1]["items"]
    assert [f"/films/{one['id']}" for one in films] == [href]

    other = phone()
    other.go(scanned)
    other.page.on("console", lambda _: other.complaints.clear())  # the browser itself reports the refusal
    other.send("/phone")
    other.page.locator(".wrong, [role=alert]").first.wait_for()
    assert other.page.url == f"{practice.lan}/phone"

    with mine.page.expect_navigation():
        mine.page.locator('form[action="/phone/closure"] button').click()
    mine.look("phone: done")
    assert mine.page.url == f"{practice.lan}/phone/done"
    ine.page.locator('[data-connected="no"]').wait_for()
    mine.go("/phone/films")
    assert mine.page.url == f"{practice.lan}/phone"
