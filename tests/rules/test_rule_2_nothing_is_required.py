"""Rule 2: nothing is required that the act does not need (craft G)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import _house
from tests.people import PASSWORD, meet
from tests.rules.pages import Visits
from tests.rules.town import Town, build
from vbg.app import create_app

LEAST: dict[str, tuple[str, dict[str, Any]]] = {
    "a moment: a time": ("/api/v1/films/{film_id}/moments", {"start_ms": 100}),
    "a review: a film": ("/reviews", {"film": "{film_id}"}),
    "a family: a code name": ("/families", {"code": "Gezin Koolmees"}),
    "a goal: the parents' words": ("/families/{family_id}/goals", {"text": "We lachen."}),
    "somebody of the family: a call name": ("/families/{family_id}/members", {"call_name": "Opa", "kind": "adult"}),
    "a question: its words": ("/families/{family_id}/question", {"question": "Hoe dan?"}),
    "a note: its words": ("/families/{family_id}/notes", {"text": "Samen gepraat."}),
    "a visit: a day": ("/families/{family_id}/visits", {"on": "2026-11-21"}),
    "a fact: what was seen": ("/families/{family_id}/concerns/facts", {"fact": "Gezien."}),
    "closing a review: nothing": ("/reviews/{review_id}/closure", {}),
}
"""What an act cannot do without, and where it is sent."""
NEEDED = {("GET today", "mine"), ("desk.today", "mine")}
"""Fields a page insists on: the one tick that says a film for practice may be used."""


@pytest.fixture(scope="module")
def ann(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Town]]:
    """Ann's browser over a town of its own: these acts change it."""
    house = _house(template, tmp_path_factory.mktemp("least") / "data")
    with house.database.unit(write=False) as session:
        world = meet(session)
    town = build(house, world)
    app: Flask = create_app(house.settings, house)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    assert client.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD}).status_code == 302
    yield client, town
    house.database.close()


@pytest.mark.parametrize("act", LEAST)
def test_the_least_is_enough(ann: tuple[FlaskClient, Town], act: str) -> None:
    client, town = ann
    ids = {name: str(found[0]) for name, found in town.households[0].ids.items()}
    address, least = LEAST[act]
    said = {key: value.format(**ids) if isinstance(value, str) else value for key, value in least.items()}
    address = address.format(**ids)
    how = {"json": said} if address.startswith("/api") else {"data": said}
    answer = client.post(address, **how)  # type: ignore[arg-type]
    assert answer.status_code == (201 if address.startswith("/api") else 302), answer.text[:600]


def test_no_page_insists_on_more(visits: Visits) -> None:
    found = {
        (page.endpoint, node.attrs.get("name", ""))
        for page in visits.pages
        for node in page.root.all()
        if "required" in node.attrs or node.attrs.get("aria-required") == "true"
    }
    assert found <= NEEDED, found - NEEDED
    assert found, "the tick of the practice room was there to be seen"
