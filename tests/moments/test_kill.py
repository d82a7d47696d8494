"""kill -9 of a real `serve` between any act and its answer: what was acknowledged is there, once."""

import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from tests.films.aftermath import until
from tests.films.storm import Ground
from tests.moments.conftest import add_film
from tests.people import meet
from vbg.house import House
from vbg.moments.models import Act, Moment
from vbg.people import actions as people

PATIENCE_S = 60
SMALL, LONG = 4, 40


class Presser(threading.Thread):
    """Marks and writes without pause, the same act again until it is answered. `told`: the words acknowledged."""

    def __init__(self, ground: Ground, film: uuid.UUID, token: str) -> None:
        super().__init__(daemon=True)
        self.ground, self.film, self.token = ground, film, token
        self.told: dict[str, str] = {}
        self.again = 0
        self.enough = threading.Event()
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self._one()
        except BaseException as trouble:
            self.trouble = trouble
            raise

    def _one(self) -> None:
        moment = str(uuid.uuid4())
        version = self._until_answered("POST", f"films/{self.film}/moments", {"id": moment, "start_ms": 1000})
        self.told[moment] = ""
        words = f"woorden bij {moment}"
        self._until_answered("PATCH", f"moments/{moment}", {"words": words}, version)
        self.told[moment] = words

    def _until_answered(self, method: str, path: str, fields: dict[str, Any], version: int | None = None) -> int:
        limit = time.monotonic() + PATIENCE_S
        while time.monotonic() < limit:
            try:
                return self._send(method, path, fields, version)
            except urllib.error.HTTPError as answer:
                return _arrived_before(answer.code, json.load(answer), fields)
            except (OSError, http.client.HTTPException):  # a killed server also breaks off in the middle
                self.again += 1
                time.sleep(0.05)
        raise AssertionError("no answer")

    def _send(self, method: str, path: str, fields: dict[str, Any], version: int | None) -> int:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        url = f"{self.ground.address}/api/v1/{path}"
        asked = urllib.request.Request(url, json.dumps(fields).encode(), headers, method=method)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return int(json.load(answer)["version"])


def _arrived_before(code: int, told: dict[str, Any], fields: dict[str, Any]) -> int:
    """The answer was lost, the act was not: what stands there is what was sent."""
    current = told.get("current", {})
    assert (code, {name: current.get(name) for name in fields}) == (409, fields)
    return int(current["version"])


def kill_and_look(house: House, kills: int) -> None:
    with house.database.unit() as session:
        world = meet(session)
        film = add_film(session, world, "merel", "ann").id
        token = people.make_token(session, world.people["ann"])
    ground, dice = Ground(house.settings.data), random.Random(kills)
    presser = Presser(ground, film, token)
    try:
        presser.start()
        for _ in range(kills):
            enough = len(presser.told) + dice.randint(2, 6)
            until(lambda enough=enough: len(presser.told) >= enough or presser.trouble)
            time.sleep(dice.uniform(0, 0.05))
            ground.kill("web")
        time.sleep(0.5)
        presser.enough.set()
        presser.join(PATIENCE_S)
    finally:
        presser.enough.set()
        ground.end()
    assert presser.trouble is None
    with house.database.unit(write=False) as session:
        there = {str(row.id): row.words for row in session.scalars(select(Moment).where(Moment.film_id == film))}
        acts = session.scalars(select(Act).where(Act.film_id == film).order_by(Act.seq)).all()
        numbers = [(act.seq, act.verb) for act in acts]
    print(f"{kills} kills, {len(presser.told)} moments acknowledged, {presser.again} times sent again")
    assert presser.told
    assert presser.again
    assert {one: there.get(one) for one in presser.told} == presser.told
    assert [seq for seq, _verb in numbers] == list(range(1, len(numbers) + 1))
    assert len(numbers) == 2 * len(there), "an act was written twice"


@pytest.mark.parametrize("kills", [SMALL, pytest.param(LONG, marks=pytest.mark.full)])
def test_what_was_acknowledged_is_there(sqlite_house, kills):
    kill_and_look(sqlite_house, kills)
