"""What a film says stands on no disk in plain while it is made ready, however large it is."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.films import numbered
from tests.films.conftest import SQLITE
from vbg import worker
from vbg.store import scratch as scratch_module
from vbg.store.scratch import Scratch

pytestmark = SQLITE
MARK = b"the kitchen of the family that nobody may see "
BOUND = 1024**2


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A film of 3 MiB that says where it was taken in its notes, and again in a box that no player reads."""
    path = numbered(tmp_path / "film.mp4", frames=50, sound=(0, 2), options=("-metadata", f"comment={MARK.decode()}"))
    body = MARK * (3 * BOUND // len(MARK))
    with path.open("ab") as film:
        film.write((8 + len(body)).to_bytes(4, "big") + b"free" + body)
    assert path.read_bytes().count(MARK) > 50_000
    return path


class Eye:
    """Looks at every file below a folder, again and again: which names it saw, and in which the mark stood."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()
        self.plain: set[str] = set()

    def look(self) -> None:
        for folder, _, names in os.walk(self.folder):  # folders come and go
            for name in names:
                with suppress(OSError):
                    body = Path(folder, name).read_bytes()
                    self.seen |= {name} if body else set()
                    self.plain |= {name} if MARK in body else set()

    @contextmanager
    def open(self) -> Iterator[None]:
        stop = threading.Event()

        def watch() -> None:
            while not stop.is_set():
                self.look()

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield
        finally:
            stop.set()
            watching.join()


def memory_of(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let a quarter of the free memory be so many bytes."""
    monkeypatch.setattr(scratch_module, "free_memory", lambda: 4 * size)


def test_a_film_larger_than_memory_is_read_under_a_key(house, take, fresh, marked, monkeypatch):
    memory_of(monkeypatch, BOUND)
    disk = Eye(house.settings.data)
    with disk.open():
        film = take(marked)
        worker.work_off(house)
    assert fresh(film).state == "ready"
    assert {"in", "play.mp4", "original.1.sealed"} <= disk.seen
    assert disk.plain == set()
    assert list((house.settings.data / "scratch").iterdir()) == []


def test_a_film_that_fits_never_reaches_a_disk(house, take, fresh, marked, monkeypatch):
    memory_of(monkeypatch, 2**40)
    disk = Eye(house.settings.data)
    with disk.open():
        film = take(marked)
        worker.work_off(house)
    assert fresh(film).state == "ready"
    assert "original.1.sealed" in disk.seen
    assert not {"in", "play.mp4", "frames.json"} & disk.seen
    assert disk.plain == set()


def test_the_eye_sees_what_stands_in_plain(house, take, marked, monkeypatch):
    """Without the key, that is."""
    memory_of(monkeypatch, BOUND)
    monkeypatch.setattr(Scratch, "in_memory", lambda *_: True)
    disk = Eye(house.settings.data)
    with disk.open():
        take(marked)
        worker.work_off(house)
    assert disk.plain == {"in"}
