"""The memory of the web process while films come in: flat, however long they are and however many at once."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.films.conftest import BYTES, TUS, metadata
from tests.films.cutting import Server, running
from vbg.films.models import Film
from vbg.house import House
from vbg.people import actions as people

MIB = 1024 * 1024
PIECE = 8 * MIB
BLOCK = bytes(range(256)) * 4096


@pytest.fixture
def house(sqlite_house: House) -> House:
    """The bytes are the matter, not the database."""
    return sqlite_house


@pytest.fixture
def served(house: House, world) -> Iterator[tuple[Server, dict[str, str]]]:
    """The real server, and Ann's way in for a program."""
    with house.database.unit() as session:
        way_in = {"Authorization": f"Bearer {people.make_token(session, world.people['ann'])}"}
    with running(house.settings.data) as server:
        yield server, way_in


def send(server: Server, way_in: dict[str, str], size: int, piece: int) -> str:
    """A film of so many bytes that are nowhere kept, in pieces; its id."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=900)

    def ask(method: str, where: str, headers: dict[str, str], body: Iterator[bytes] | None = None):
        line.request(method, where, body, way_in | TUS | headers)
        answer = line.getresponse()
        assert answer.status in (201, 204), (answer.status, answer.read())
        answer.read()
        return answer.headers

    told = {"Upload-Length": str(size), "Upload-Metadata": metadata(family="Gezin Merel", filename="film.mp4")}
    where = ask("POST", "/api/v1/uploads", told | {"Content-Length": "0"})["Location"]
    headers = {}
    for offset in range(0, size, piece):
        length = min(piece, size - offset)
        now = BYTES | {"Upload-Offset": str(offset), "Content-Length": str(length)}
        headers = ask("PATCH", where, now, (BLOCK for _ in range(length // len(BLOCK))))
    line.close()
    return headers["Vbg-Film"]


def settled(server: Server, way_in: dict[str, str]) -> int:
    """Its memory once it has taken a small film: all it needs is loaded then."""
    send(server, way_in, 2 * PIECE, PIECE)
    return server.rss()


def test_memory_stays_flat_through_a_film(served) -> None:
    server, way_in = served
    before = settled(server, way_in)
    send(server, way_in, 200 * MIB, PIECE)
    assert server.peak() - before < 20 * MIB, (before / MIB, server.peak() / MIB)


def test_memory_stays_flat_through_one_body(served) -> None:
    """As a client sends it that was told no size of pieces."""
    server, way_in = served
    before = settled(server, way_in)
    send(server, way_in, 100 * MIB, 100 * MIB)
    assert server.peak() - before < 20 * MIB, (before / MIB, server.peak() / MIB)


@pytest.mark.full
def test_four_gigabytes_under_150_mib(served) -> None:
    server, way_in = served
    began = time.monotonic()
    send(server, way_in, 4096 * MIB, PIECE)
    print(f"4 GiB: peak {server.peak() / MIB:.0f} MiB, {time.monotonic() - began:.0f} s")
    assert server.peak() < 150 * MIB


@pytest.mark.full
def test_ten_films_of_a_gigabyte_at_once_under_300_mib(served, house: House) -> None:
    server, way_in = served
    began = time.monotonic()
    with ThreadPoolExecutor(10) as crowd:
        made = list(crowd.map(lambda _: send(server, way_in, 1024 * MIB, PIECE), range(10)))
    print(f"10 x 1 GiB: peak {server.peak() / MIB:.0f} MiB, {time.monotonic() - began:.0f} s")
    assert server.peak() < 300 * MIB
    with house.database.unit(write=False) as session:
        assert {str(one.id) for one in session.scalars(select(Film))} == set(made)
