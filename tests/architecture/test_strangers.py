"""Whoever has no business with a thing gets 404 for it, on every address that names one by its id."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.architecture.reading import address_of
from tests.people import World
from vbg import clock
from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.house import House
from vbg.hypotheses.models import Asking, Hypothesis
from vbg.moments.models import Moment
from vbg.notes.models import FamilyNote
from vbg.plans.models import Step, Strategy
from vbg.reviews.models import Review
from vbg.visits.models import Visit
from vbg.web import access


@pytest.fixture
def things(house: House, world: World) -> dict[str, uuid.UUID]:
    """Address part -> the id of a thing of Merel's, with which Cas and Eve have nothing to do."""
    family = world.families["merel"].id
    with house.database.unit() as session:
        film = Film(family_id=family, number=1, by_id=world.people["ann"].id, state="ready", duration_ms=1000)
        goal = Goal(family_id=family, text="Samen lachen", authors="Dilan", agreed_by="Dilan")
        review = Review(family_id=family, theme="Samen", by_id=world.people["ann"].id)
        note = FamilyNote(family_id=family, kind="talk", on=clock.today(), text="Gepraat", by_id=world.people["ann"].id)
        visit = Visit(family_id=family, on=clock.today(), by_id=world.people["ann"].id)
        told = {"family_id": family, "on": clock.today(), "by_id": world.people["ann"].id}
        fact, taken = ConcernFact(fact="Gezien", **told), ConcernStep(code="own", **told)
        session.add_all([film, goal, review, note, visit, fact, taken])
        session.flush()
        moment = Moment(film_id=film.id, start_ms=0, end_ms=500)
        thought = Hypothesis(
            family_id=family, statement="Wachten helpt", source="talk", source_on=clock.today(),
            by_id=world.people["ann"].id,
        )  # fmt: skip
        way = Strategy(goal=goal, text="Eerst wachten", by_id=thought.by_id)
        step = Step(strategy=way, text="Tel tot drie", by_id=thought.by_id)
        asking = Asking(hypothesis=thought, text="Klopt dit?", by_id=thought.by_id)
        session.add_all([moment, thought, way, step, asking])
        session.flush()
        named = {"film": film, "goal": goal, "review": review, "moment": moment, "note": note}
        named |= {"hypothesis": thought, "strategy": way, "step": step, "visit": visit, "asking": asking}
        named |= {"fact": fact, "concern_step": taken}
        found = {f"{name}_id": thing.id for name, thing in named.items()}
    member = next(one.id for one in world.members.values() if one.family_id == family)
    return {**found, "family_id": family, "member_id": member, "person_id": world.people["dilan"].id}


TUS = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "If-Match": '"1"'}


def ask(client: FlaskClient, method: str, address: str) -> int:
    """The status of the answer to a request that is whole but for its right to be asked."""
    if "/uploads/" in address:
        sent = client.open(
            address, method=method, data=b"", content_type="application/offset+octet-stream", headers=TUS
        )
    else:
        sent = client.open(address, method=method, json={} if "/api/" in address else None, headers=TUS)
    return sent.status_code


def addresses(app: Flask, things: dict[str, uuid.UUID]) -> Iterator[tuple[str, str]]:
    """Each (method, address) that names a thing by its id and is not open to everybody."""
    for rule in app.url_map.iter_rules():
        if not any(name.endswith("id") for name in rule.arguments):
            continue
        if not access.audiences_of(app, rule.endpoint):
            continue
        address = address_of(rule.rule, {name: str(thing) for name, thing in things.items()}, str(uuid.uuid4()))
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            yield method, address


@pytest.mark.parametrize("stranger", ["cas", "eve", "dilan"])
def test_a_stranger_finds_nothing(
    app: Flask, client_for: Callable[[str], FlaskClient], things: dict[str, uuid.UUID], stranger: str
) -> None:
    client = client_for(stranger)
    asked = list(addresses(app, things))
    assert asked
    answered = [
        f"{method} {address}: {status}" for method, address in asked if (status := ask(client, method, address)) != 404
    ]
    assert answered == []
