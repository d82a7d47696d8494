"""Every page there is in Chromium, in the other language and the other light: axe finds nothing, a phone can hold it.

The walks look at pages as they are reached, in Dutch and in the light; here each route of the table is opened.
"""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser.walk import Walk
from tests.conftest import _house
from tests.people import PASSWORD, meet
from tests.rules.pages import MORE, routes
from tests.rules.town import Town, build
from vbg.app import create_app
from vbg.viewer import Audience
from vbg.web.access import audiences_of

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HALF_MADE = {"reviews.leave", "reviews.watch"}
"""Pages of the room, which opens by a press: the walk of the rules looks at them."""


@dataclass(frozen=True)
class Street:
    """A served town."""

    app: Flask
    town: Town
    address: str

    def paths(self, audience: Audience | None, **ids: Any) -> Iterator[str]:
        """Each page for this audience once, of the first thing there is."""
        for rule in routes(self.app):
            known = audiences_of(self.app, rule.endpoint) or frozenset()
            if (audience not in known if audience else known) or rule.endpoint in HALF_MADE:
                continue
            with self.app.test_request_context():
                path = self.app.url_for(rule.endpoint, **{name: ids[name][0] for name in rule.arguments})
            yield from (path + more for more in ("", *(f"?{one}" for one in MORE.get(rule.endpoint, ()))))


@pytest.fixture(scope="module")
def street(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """The town of the rules, answered by a server of its own."""
    house = _house(template, tmp_path_factory.mktemp("street") / "data")
    with house.database.unit(write=False) as session:
        world = meet(session)
    town = build(house, world)
    app = create_app(house.settings, house)
    app.config.update(WTF_CSRF_ENABLED=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Street(app, town, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    house.database.close()


def test_no_page_has_a_fault(street: Street, chromium: Browser) -> None:
    home = street.town.households[2]
    (name, email), *_ = home.logins.items()
    found: list[str] = []
    looked = 0
    for who, paths in (
        ("", street.paths(None)),
        ("ann@praktijk.test", street.paths(Audience.STAFF, **home.ids)),
        (email, street.paths(Audience.PARENT, share_id=home.shared[name], asking_id=home.ids["asking_id"])),
    ):
        page = opened(chromium, street, who)
        for path in itertools.chain(paths, ["/not-there"]):
            found += faults(page, street, path)
            looked += 1
        page.context.close()
    assert found == []
    assert looked >= 25


def opened(chromium: Browser, street: Street, who: str) -> Page:
    """A browser in English and in the dark, in which this person is signed in; nobody for ""."""
    context = chromium.new_context(
        base_url=street.address, viewport={"width": 1366, "height": 641}, locale="en",
        extra_http_headers={"Origin": street.address}, reduced_motion="reduce",
    )  # fmt: skip
    context.add_cookies([{"name": "vbg_theme", "value": "dark", "url": street.address}])
    if who:
        context.request.post("/sign-in", form={"email": who, "password": PASSWORD}, max_redirects=0)
    context.request.post("/language", form={"lang": "en"}, max_redirects=0)
    return context.new_page()


def faults(page: Page, street: Street, path: str) -> list[str]:
    """What axe finds, and by how much the page has to be pushed sideways on a phone."""
    page.set_viewport_size({"width": 1366, "height": 641})
    walk = Walk(page, street.address)
    page.goto(path)
    walk.look(path)
    assert page.locator("html").get_attribute("lang") == "en", path
    page.set_viewport_size({"width": 390, "height": 844})
    wide = page.evaluate(SIDEWAYS)
    return [one for one in walk.complaints if ": axe " in one] + ([f"{path}: {wide} px too wide"] if wide > 0 else [])
