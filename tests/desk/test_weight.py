"""What the workspace weighs beside the film when it opens on 5,000 moments on 12 lanes, in bytes over the wire."""

import posixpath
import random
import re
from uuid import UUID

import pytest
from sqlalchemy import insert

from vbg import ids
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.moments.models import Moment

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

MOST = 300_000
HEAD = 400
"""Bytes of the headers of one answer, about."""
MANY, LANES, HOUR_MS = 5000, 12, 3_600_000
LABELS = ("looks", "points", "sound", "shows", "waits", "yes", "names", "turn")
IMPORTED = re.compile(r'\b(?:import|export)\b(?:[^";]*?\bfrom)?"([^"]+)"')
STATIC = re.compile(r'"(/static/[^"#]+)')
MADE_FROM_THE_FILM = 10_000
"""Times of frames and the curve of an hour of sound."""


@pytest.fixture
def crowded(house, merel):
    """5,000 moments as hands press them: at any time, of any length, one to three labels, a goal to a lane."""
    dice = random.Random(5)
    of = merel.ready.id
    goals = [{"id": ids.new(), "family_id": merel.ready.family_id, "text": f"Doel {turn}"} for turn in range(1, LANES)]
    lanes = [*([str(goal["id"])] for goal in goals), []]

    def pressed(start):
        at = sorted(start + dice.randrange(100, 4000) for _ in range(dice.randrange(1, 4)))
        return {
            "id": UUID(int=dice.getrandbits(128), version=4), "film_id": of, "start_ms": start,
            "end_ms": start + dice.randrange(5000, 12_000), "goals": dice.choice(lanes), "words": f"Kijk, {start}.",
            "marks": [{"tag": f"house/{dice.choice(LABELS)}", "at_ms": one} for one in at],
        }  # fmt: skip

    with house.database.unit() as session:
        session.get(Film, of).duration_ms = HOUR_MS
        session.execute(insert(Goal), goals)
        session.execute(insert(Moment), [pressed(dice.randrange(HOUR_MS - 20_000)) for _ in range(MANY)])
    return of


def weight(client, address):
    """An answer's bytes as a browser gets them, and its text."""
    sent = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert sent.status_code == 200, address
    return len(sent.data) + HEAD, client.get(address, buffered=True).data.decode(errors="replace")


def test_it_opens_on_5000_moments_in_less_than_300_kb(client_for, crowded):
    ann = client_for("ann")
    weighed: dict[str, int] = {}
    asked = [f"/films/{crowded}/workspace"]
    while asked:
        address = asked.pop()
        if address in weighed:
            continue
        weighed[address], text = weight(ann, address)
        folder = posixpath.dirname(address)
        if address.endswith(".js"):
            asked += [posixpath.normpath(posixpath.join(folder, name)) for name in IMPORTED.findall(text)]
        elif address.endswith("fonts.css"):
            drawn = re.findall(r"url\(([^)]*-latin-(?:400|500|600)-normal\.woff2)\)", text.replace('"', ""))
            asked += [posixpath.normpath(posixpath.join(folder, name)) for name in drawn]
        elif address.endswith("/workspace"):
            asked += STATIC.findall(text)
    assert any(address.endswith("work-space.js") for address in weighed)
    assert sum(address.endswith(".woff2") for address in weighed) >= 3
    moments = f"/api/v1/films/{crowded}/moments?shape="
    line = weight(ann, f"{moments}line&limit=200")[0] + weight(ann, f"{moments}outline")[0]
    assert sum(weighed.values()) + line + MADE_FROM_THE_FILM < MOST, sorted(weighed.items(), key=lambda one: one[1])
    assert line < 45_000
