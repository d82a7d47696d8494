"""A short evening: people watch while a film is prepared, others take what comes at a crawl, somebody new comes in."""

import os
import statistics
from pathlib import Path

import pytest

from tests.bench import bench_serving
from tests.bench.bench_serving import Evening, Stage
from vbg.web.media import PIECE_BYTES

pytestmark = pytest.mark.bench
# a busy machine may hold up anything for a while; what is broken stands still for good
PATIENCE_S = 3.0
PATIENCE_MS = PATIENCE_S * 1000


def test_nobody_stands_still(tmp_path: Path):
    stage = Stage.build(tmp_path / "practice", 10)
    with stage.opened() as show:
        evening = show.evening(viewers=20, seconds=10)
        crawling = show.crowd(seconds=5.0, slow=100)
        weighs = show.memory_mb()
    tell(evening)
    print(f"measured: a newcomer beside the slow {bench_serving.spread(crawling.newcomer_ms)}; {weighs:.0f} MB")
    they_saw_it(evening, viewers=20, seconds=10)
    assert statistics.median(evening.saves_ms) < PATIENCE_MS
    assert crawling.refused == 0
    assert crawling.slow_bytes > 0
    assert statistics.median(crawling.newcomer_ms) < PATIENCE_MS
    # what each thread has in hand is a step of a piece, not the piece
    assert weighs < 85 + 32 * PIECE_BYTES / 1e6


@pytest.mark.full
def test_fifty_viewers_for_two_minutes(tmp_path: Path):
    stage = Stage.build(tmp_path / "practice", 120)
    with stage.opened() as show:
        evening = show.evening(viewers=50, seconds=120)
    tell(evening)
    they_saw_it(evening, viewers=50, seconds=120)


def tell(evening: Evening) -> None:
    seen = evening.seen
    print(
        f"measured: {seen.stalls} stalls over 1 s, the longest {seen.longest_stall_s:.2f} s; first byte "
        f"{bench_serving.spread(seen.first_byte_ms)}; save {bench_serving.spread(evening.saves_ms)}; "
        f"{evening.computing_ms:.1f} ms of computing each; {evening.memory_mb:.0f} MB; load {os.getloadavg()[0]:.1f}"
    )


def they_saw_it(evening: Evening, viewers: int, seconds: float) -> None:
    """All of them, nearly all of the time, and nobody's picture stood still for long."""
    seen = evening.seen
    assert (seen.started, seen.refused) == (viewers, 0)
    assert seen.longest_stall_s < PATIENCE_S
    assert seen.played_s > viewers * seconds / 2
