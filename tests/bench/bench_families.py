"""How long the list of families takes with 10,000 families and 100,000 films, on SQLite and on PostgreSQL.

Half of them are the counselor's own. Run: python -m tests.bench families. The reference is the first page of code names
as one bare SELECT in the same run. Requests go through the whole app, without the network.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, text

from tests.bench.bench_find import p95, postgres
from tests.bench.ground import Row, settled
from tests.people import PASSWORD, meet
from vbg import clock, ids
from vbg.app import create_app
from vbg.families.models import Care, Family
from vbg.films.models import Film
from vbg.house import House
from vbg.moments.models import Moment
from vbg.visits.models import Visit

MANY = 10_000
FILMS = 10


def rows(folder: Path) -> list[Row]:
    """Both databases, one after the other."""
    found = _measure(settled(folder / "sqlite"), "SQLite")
    with postgres() as url:
        found += _measure(settled(folder / "postgres", url), "PostgreSQL")
    return found


def _measure(house: House, kind: str) -> list[Row]:
    _fill(house)
    app = create_app(house.settings, house)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD})
    with house.database.unit(write=False) as session:
        bare = p95(lambda: session.execute(select(Family.code).order_by(Family.code).limit(50)).all())

    def search(word: str) -> Callable[[], object]:
        sent = {"text": word}
        return lambda: client.post("/families/search", data=sent, headers={"Vbg-Fragment": "results"})

    asked: list[tuple[str, Callable[[], object], int]] = [
        ("first page", lambda: client.get("/families"), 50),
        ("a word of many", search("boom"), 100),
        ("a word of one", search("Boom-04242"), 100),
        ("a word of none", search("zeppelin"), 100),
        ("today", lambda: client.get("/today"), 100),
    ]
    told = [(what, p95(ask), most) for what, ask, most in asked]
    house.database.close()
    of = f"{MANY:,} families, {MANY * FILMS:,} films, {kind}"
    return [
        Row(f"{of}: {what}", f"p95 {ms:.1f} ms", f"bare SELECT p95 {bare:.1f} ms", f"p95 <= {most} ms")
        for what, ms, most in told
    ]


def _fill(house: House) -> None:
    with house.database.unit() as session:
        world = meet(session)
        practice, today = world.viewer("ann").practice_id, clock.today()
        people = [world.people[who].id for who in ("ann", "cas")]
        made = [
            {"id": ids.new(), "practice_id": practice, "code": f"Boom-{n:05}", "country": "BE"} for n in range(MANY)
        ]
        session.execute(insert(Family), made)
        session.execute(insert(Care), [
            {"family_id": one["id"], "person_id": people[at % 2], "from_on": today} for at, one in enumerate(made)
        ])  # fmt: skip
        session.execute(insert(Film), [
            {"family_id": one["id"], "number": number, "state": "ready", "duration_ms": 600_000, "by_id": people[0]}
            for one in made for number in range(1, FILMS + 1)
        ])  # fmt: skip
        # each film was looked at and each family has a visit: what stands on today has to be found among all of it
        session.execute(insert(Moment), [
            {"film_id": film_id, "start_ms": 0, "end_ms": 4000} for film_id in session.scalars(select(Film.id)).all()
        ])  # fmt: skip
        session.execute(insert(Visit), [
            {"family_id": one["id"], "on": today + timedelta(days=at % 60 - 30), "by_id": people[0]}
            for at, one in enumerate(made)
        ])  # fmt: skip
    with house.database.unit() as session:
        session.execute(text("analyze"))
