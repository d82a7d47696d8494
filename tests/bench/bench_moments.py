"""How long saving a moment takes, with 0 and with 10,000 moments on the film, beside a bare INSERT.

Run: python -m tests.bench moments. The reference is one row into a table of its own in the same run, on the same
disk, with the same journal and `synchronous=FULL`: what the disk alone costs. Requests go through the whole app,
without the network.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient
from pysqlite3 import dbapi2
from sqlalchemy import insert

from tests.bench.ground import Row, settled
from tests.people import PASSWORD, meet
from vbg import ids
from vbg.app import create_app
from vbg.films.models import Film
from vbg.house import House
from vbg.moments.models import Act, Moment

ROUNDS = 300
MANY = 10_000
DURATION_MS = 3_600_000
PEER = "Label Studio p50 384 ms"


def rows(folder: Path) -> list[Row]:
    """In turns, so that what else the machine does weighs on all alike."""
    reference = _reference(folder / "bare.db")
    empty_url, empty_client = _prepare(folder / "empty", 0)
    url, client = _prepare(folder / "full", MANY)
    bare, empty, full = _side_by_side(
        ROUNDS,
        reference,
        lambda turn: empty_client.post(empty_url, json=_moment(turn)),
        lambda turn: client.post(url, json=_moment(turn)),
    )
    first = client.post(url, json=_moment(0)).headers["Location"]
    computing = time.process_time()
    for turn in range(ROUNDS):
        client.post(url, json=_moment(turn))
    computing = (time.process_time() - computing) / ROUNDS
    patch = _times(lambda turn: _patch(client, first, turn), ROUNDS)
    window = _times(lambda turn: client.get(f"{url}?from_ms={turn * 9000}&to_ms={turn * 9000 + 60_000}"), 100)
    disk = f"bare INSERT {_both(bare)}"
    return [
        Row("save a moment, 0 on the film", _both(empty), f"{disk}; {PEER}", "p50 <= 10 ms, p99 <= 50 ms"),
        Row(f"save a moment, {MANY:,} on the film", _both(full), f"x{_ratio(full, empty)} of 0 moments", "flat"),
        Row("of which computing, mean", f"{computing * 1000:.1f} ms", "-", "-"),
        Row("change a moment", _both(patch), "-", "-"),
        Row("read a minute's moments", _both(window), "-", "-"),
    ]


def _prepare(folder: Path, many: int) -> tuple[str, FlaskClient]:
    house = settled(folder)
    with house.database.unit() as session:
        world = meet(session)
        film = Film(
            family_id=world.families["merel"].id, number=1, state="ready", duration_ms=DURATION_MS,
            by_id=world.people["ann"].id,
        )  # fmt: skip
        session.add(film)
    if many:
        _fill(house, film, many)
    app = create_app(house.settings, house)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD})
    url = f"/api/v1/films/{film.id}/moments"
    for turn in range(20):
        assert client.post(url, json=_moment(turn)).status_code == 201
    return url, client


def _moment(turn: int) -> dict[str, object]:
    start = turn * 10_000 % (DURATION_MS - 10_000)
    marks = [{"tag": "house/shows", "at_ms": start + 4000}, {"tag": "house/waits", "at_ms": start + 6000}]
    return {"id": str(ids.new()), "start_ms": start, "end_ms": start + 8000, "marks": marks, "words": "Kijk."}


def _patch(client: FlaskClient, url: str, turn: int) -> None:
    client.patch(url, json={"words": str(turn)}, headers={"If-Match": "*"})


def _fill(house: House, film: Film, many: int) -> None:
    with house.database.unit() as session:
        rows = [
            {"id": ids.new(), "film_id": film.id, "start_ms": turn * 350, "end_ms": turn * 350 + 8000,
             "marks": [], "goals": []}
            for turn in range(many)
        ]  # fmt: skip
        session.execute(insert(Moment), rows)
        acts = [
            {"film_id": film.id, "seq": 100_000 + turn, "actor_id": film.by_id, "verb": "mark",
             "thing_id": row["id"], "before": {}, "after": {}}
            for turn, row in enumerate(rows)
        ]  # fmt: skip
        session.execute(insert(Act), acts)


def _reference(path: Path) -> Callable[[int], object]:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for line in ("pragma journal_mode=wal", "pragma synchronous=full", "create table bare (id integer, words text)"):
        connection.execute(line)
    return lambda turn: connection.execute("insert into bare values (?, ?)", (turn, "Kijk." * 40))


def _times(work: Callable[[int], object], rounds: int) -> list[float]:
    times = []
    for turn in range(rounds):
        began = time.perf_counter()
        work(turn)
        times.append(time.perf_counter() - began)
    return times


def _side_by_side(rounds: int, *works: Callable[[int], object]) -> list[list[float]]:
    """The times of each work, done in turns: what else the machine does weighs on all alike."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(rounds):
        for own, work in zip(times, works, strict=True):
            began = time.perf_counter()
            work(turn)
            own.append(time.perf_counter() - began)
    return times


def _both(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms"


def _ratio(times: list[float], reference: list[float]) -> str:
    return f"{statistics.median(times) / statistics.median(reference):.2f}"
