"""Thousands of moments reach a page as few bytes as draw them."""

import gzip
import json
import random

from vbg.moments.outline import Drawn, columns

HOUR_MS = 3_600_000
TAGS = [f"house/{name}" for name in ("looks", "points", "sound", "shows", "waits", "yes", "names", "turn", "help")]
GOALS = [f"01a2135d-2eeb-7f0c-a879-3f765b9419{number:02}" for number in range(12)]


def test_5000_moments_by_hand_weigh_less_than_32_kb():
    dice = random.Random(5)

    def pressed() -> Drawn:
        start = dice.randrange(HOUR_MS - 20_000)
        marks = [{"tag": dice.choice(TAGS), "at_ms": start + dice.randrange(4000)} for _ in range(dice.randrange(1, 4))]
        return Drawn(start, start + dice.randrange(4000, 20_000), marks, [dice.choice(GOALS)], dice.random() < 0.05)

    moments = sorted((pressed() for _ in range(5000)), key=lambda one: one.start_ms)
    told = columns(moments, HOUR_MS)
    assert len(gzip.compress(json.dumps(told, separators=(",", ":")).encode(), 4)) < 32_000
    assert sum(told["starts"]) == moments[-1].start_ms // told["step_ms"]
