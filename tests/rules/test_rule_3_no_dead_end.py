"""Rule 3: a gate offers, on the same page, a way through in at most three presses (craft G)."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from tests.people import World
from tests.rules.markup import tree
from vbg.films.models import Film
from vbg.house import House
from vbg.moments.models import Moment
from vbg.reviews import actions as reviews


@dataclass
class Gate:
    """A page that stops somebody: how it is met, and what holds once one is through."""

    method: str
    address: str
    purpose: str
    opened: Callable[[FlaskClient], bool]


@pytest.fixture
def house(sqlite_house: House) -> House:
    """One kind of database: what a page offers does not depend on it."""
    return sqlite_house


@pytest.fixture
def gates(house: House, world: World) -> dict[str, Gate]:
    """Every gate before Merel's film: filming, watching together, taking home."""
    ann = world.viewer("ann")
    with house.database.unit() as session:
        film = Film(family_id=world.families["merel"].id, number=1, by_id=ann.person_id, state="ready",
                    duration_ms=60_000)  # fmt: skip
        session.add(film)
        session.flush()
        moment = Moment(film_id=film.id, start_ms=0, end_ms=8000, chosen=True)
        session.add(moment)
        session.flush()
        review = reviews.begin(session, ann, film.family_id)
        reviews.put(session, ann, review, moment)
    show, watch = f"/films/{film.id}", f"/films/{film.id}/watching"
    return {
        "a film on hold": Gate("GET", show, "filming", lambda ann: "on hold" not in ann.get(show).text),
        "adding a film": Gate(
            "GET", f"/families/{film.family_id}/films/new", "filming",
            lambda ann: "no yes to filming" not in ann.get(f"/families/{film.family_id}/films/new").text),
        "watching together right away": Gate(
            "POST", watch, "review", lambda ann: ann.post(watch).status_code == 302),
        "starting a review": Gate(
            "POST", f"/reviews/{review.id}/start", "review",
            lambda ann: ann.post(f"/reviews/{review.id}/start").status_code == 302),
        "sharing": Gate(
            "GET", f"/moments/{moment.id}/shares/new", "take_home",
            lambda ann: "Nobody has said yes" not in ann.get(f"/moments/{moment.id}/shares/new").text),
    }  # fmt: skip


@pytest.mark.parametrize(
    "which",
    ["a film on hold", "adding a film", "watching together right away", "starting a review", "sharing"],
)
def test_a_gate_has_a_way_through(
    which: str, gates: dict[str, Gate], client_for: Callable[[str], FlaskClient], world: World
) -> None:
    gate, ann, dilan = gates[which], client_for("ann"), world.members["dilan"]
    ann.post("/language", data={"lang": "en"})
    assert ann.post(f"/members/{dilan.id}/consent/{gate.purpose}/withdrawal").status_code == 302
    assert not gate.opened(ann), "it was no gate: this proves nothing"
    page = ann.open(gate.address, method=gate.method)
    form = f"/families/{world.families['merel'].id}/consent"
    links = {node.attrs.get("href", "").split("?")[0] for node in tree(page.text).find("a")}
    assert form in links, "no way through on this page"
    # three presses: to the questions, the yes, and keeping it
    said = {"member_id": dilan.id, "way": "spoken", gate.purpose: "yes"}
    assert ann.post(form, data=said).status_code == 302
    assert gate.opened(ann)


def test_a_film_that_cannot_be_read_offers_another(
    house: House, world: World, client_for: Callable[[str], FlaskClient]
) -> None:
    with house.database.unit() as session:
        film = Film(family_id=world.families["merel"].id, number=1, by_id=world.people["ann"].id, state="failed",
                    reason="film_not_a_film")  # fmt: skip
        session.add(film)
    page = client_for("ann").get(f"/films/{film.id}").text
    assert f'href="/families/{film.family_id}/films/new"' in page


def test_what_is_not_there_leads_on(client_for: Callable[[str], FlaskClient]) -> None:
    for who, home in (("ann", "/today"), ("dilan", "/portal")):
        client = client_for(who)
        page = client.get("/nothing/here")
        assert page.status_code == 404
        assert tree(page.text).find("a", href="/")
        assert client.get("/").headers["Location"].rstrip("/") == home
