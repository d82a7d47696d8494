"""How long saving a moment takes, with 0 and with 10,000 moments on the film, beside a bare INSERT.

Run: `python -m pytest tests/bench/bench_moments.py -s`. The reference is one row into a table of its own in
the same run, on the same disk, with the same journal and `synchronous=FULL`: what the disk alone costs.
"""

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pysqlite3 import dbapi2
from sqlalchemy import insert

from tests.people import PASSWORD, settle
from vbg import ids
from vbg.app import create_app
from vbg.config import Settings
from vbg.films.models import Film
from vbg.house import House, enter
from vbg.moments.models import Act, Moment

ROUNDS = 300
MANY = 10_000
DURATION_MS = 3_600_000


@pytest.mark.bench
def test_saving_stays_flat(template: Path, tmp_path: Path) -> None:
    reference = _reference(tmp_path / "bare.db")
    _, empty_url, empty_client = _prepare(template, tmp_path / "empty", 0)
    _, url, client = _prepare(template, tmp_path / "full", MANY)
    bare, empty, full = _side_by_side(
        ROUNDS,
        reference,
        lambda turn: empty_client.post(empty_url, json=_moment(turn)),
        lambda turn: client.post(url, json=_moment(turn)),
    )
    first = client.post(url, json=_moment(0)).headers["Location"]
    patch = _times(lambda turn: _patch(client, first, turn), ROUNDS)
    window = _times(lambda turn: client.get(f"{url}?from_ms={turn * 9000}&to_ms={turn * 9000 + 60_000}"), 100)
    print()
    for name, times in (
        ("bare INSERT", bare), ("save, 0 moments", empty), (f"save, {MANY} moments", full),
        ("change one", patch), ("window of a minute", window),
    ):  # fmt: skip
        print(f"{name:22} p50 {_ms(times, 50)} ms  p99 {_ms(times, 99)} ms  x{_ratio(times, bare)} of bare")
    print(f"{MANY} moments against 0: p50 x{_ratio(full, empty)}")
    assert statistics.median(full) < 2 * statistics.median(empty)


def _prepare(template: Path, folder: Path, many: int) -> tuple[House, str, FlaskClient]:
    shutil.copytree(template, folder)
    house = enter(Settings(folder, secret_key="for tests only"))
    with house.database.unit() as session:
        world = settle(house, session)
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
    return house, url, client


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


def _ms(times: list[float], percent: int) -> str:
    return f"{statistics.quantiles(times, n=100, method='inclusive')[percent - 1] * 1000:7.2f}"


def _ratio(times: list[float], reference: list[float]) -> str:
    return f"{statistics.median(times) / statistics.median(reference):.2f}"
