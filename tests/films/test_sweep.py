"""The sweep asks again for what was lost, and stays as cheap with ten thousand films as with ten."""

import time

import pytest
from sqlalchemy import event, insert

from tests.films.conftest import SQLITE
from vbg import clock, engine, ids
from vbg.consents.models import Consent
from vbg.families.models import Family, Member
from vbg.films import sweep
from vbg.films.models import Film, Rendition

KINDS = ("original", "play", "frames", "poster", "filmstrip", "waveform")


def like(row, **other):
    """All columns of a row, with others in the place of some."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns} | other


def many(house, world, families, films):
    """Families like Merel, each with a yes and so many films that are ready."""
    merel, dilan, ann = world.families["merel"], world.members["dilan"], world.people["ann"].id
    rows = {Family: [], Member: [], Consent: [], Film: [], Rendition: []}
    for number in range(families):
        family, member = ids.new(), ids.new()
        rows[Family].append(like(merel, id=family, code=f"Gezin {number}"))
        rows[Member].append(like(dilan, id=member, family_id=family, person_id=None))
        yes = {"purpose": "filming", "answer": "yes", "way": "spoken", "at": clock.now(), "by_id": ann}
        rows[Consent].append({"id": ids.new(), "family_id": family, "member_id": member, **yes})
        for one in range(films):
            film = ids.new()
            rows[Film].append({"id": film, "family_id": family, "number": one + 1, "state": "ready", "by_id": ann})
            rows[Rendition] += [
                {"id": ids.new(), "film_id": film, "kind": kind, "media_type": "x", "size_bytes": 1} for kind in KINDS
            ]
    with house.database.unit() as session:
        for table, some in rows.items():
            session.execute(insert(table), some)


def swept(house):
    """Statements, seconds, and how many of the statements made the sweep a writer."""
    said = []

    def hear(_connection, _cursor, statement, *_more):
        said.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", hear)
    began = time.monotonic()
    sweep.sweep(house)
    took = time.monotonic() - began
    event.remove(house.database.engine, "before_cursor_execute", hear)
    return len(said), took, [one for one in said if "IMMEDIATE" in one or one.lstrip().lower().startswith("update")]


def test_more_families_are_no_more_statements(house, world):
    many(house, world, families=2, films=2)
    few, _, _ = swept(house)
    many_more = 40
    with house.database.unit() as session:
        for code in ("Gezin 0", "Gezin 1"):
            session.query(Family).filter(Family.code == code).update({"code": f"{code} first"})
    many(house, world, families=many_more, films=2)
    statements, _, writes = swept(house)
    assert statements == few
    assert writes == []


def test_what_is_out_of_step_is_put_right(house, world):
    many(house, world, families=1, films=2)
    with house.database.unit() as session:
        closed, open_ = session.query(Film).order_by(Film.number).all()
        closed.state = "held"
        session.flush()
        closed, open_ = closed.id, open_.id
    sweep.sweep(house)
    with house.database.unit() as session:
        assert {session.get(Film, one).state for one in (closed, open_)} == {"ready"}
        session.query(Consent).filter(Consent.family_id == session.get(Film, open_).family_id).update(
            {"withdrawn_at": clock.now()}
        )
    sweep.sweep(house)
    with house.database.unit(write=False) as session:
        assert {session.get(Film, one).state for one in (closed, open_)} == {"held"}


def test_a_flood_is_asked_for_in_portions(house, world):
    many(house, world, families=1, films=300)
    with house.database.unit() as session:
        session.query(Film).update({"state": "received"})
    engine.attach(house)
    for _ in range(2):
        sweep.sweep(house)
    waiting = engine.of(house)
    assert len(waiting.waiting()) == 200
    waiting.close()


@pytest.mark.full
@SQLITE
def test_ten_thousand_films_are_swept_in_a_moment(house, world):
    many(house, world, families=1000, films=10)
    statements, _, writes = swept(house)
    _, took, _ = swept(house)
    print(f"a sweep over 10,000 films: {statements} statements, {took * 1000:.0f} ms")
    assert writes == []
    assert took < 2
