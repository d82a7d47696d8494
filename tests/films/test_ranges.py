"""Every form of Range and its conditions (RFC 9110, sections 13 and 14), over the app and over the wire."""

import io
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser

import pytest

from tests.bench.viewers import SMALL_WINDOW, WIRE_BYTES
from tests.films.conftest import SQLITE
from vbg.app import create_app
from vbg.films.models import Film, Rendition
from vbg.people import actions as people
from vbg.store import sealing
from vbg.web import media, wire
from vbg.web.media import PIECE_BYTES

SIZE = 3 * PIECE_BYTES + 1000
STOCK_LINUX_BYTES = 212_992  # what it gives at most, whatever is asked
NINES = "9" * 5000
ALL = (0, PIECE_BYTES)
ANSWERED = {
    "bytes=0-0": (0, 1),
    "bytes=0-499": (0, 500),
    "bytes=500-999": (500, 1000),
    f"bytes={SIZE - 1}-": (SIZE - 1, SIZE),
    f"bytes={SIZE - 3}-{SIZE + 99}": (SIZE - 3, SIZE),
    f"bytes={SIZE - 3}-{NINES}": (SIZE - 3, SIZE),
    "bytes=0-": ALL,
    "bytes=1000-": (1000, 1000 + PIECE_BYTES),
    f"bytes=7-{SIZE}": (7, 7 + PIECE_BYTES),
    "bytes=-1": (SIZE - 1, SIZE),
    "bytes=-500": (SIZE - 500, SIZE),
    f"bytes=-{SIZE + 1}": ALL,
    f"bytes=-{NINES}": ALL,
    "bytes=0005-0009": (5, 10),
    "BYTES=5-9": (5, 10),
    # of several ranges the first that can be had, and that alone
    "bytes=5-9,20-29": (5, 10),
    "bytes=5-9 , 20-29": (5, 10),
    "bytes=, 5-9 ,,20-29,": (5, 10),
    "bytes=20-29,5-9": (20, 30),
    f"bytes={SIZE}-,5-9": (5, 10),
    "bytes=-0,5-9": (5, 10),
    "bytes=" + ",".join(["0-0"] * 1000): (0, 1),
}
OUTSIDE = [
    f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 9}", "bytes=-0", f"bytes={SIZE}-,-0", f"bytes={NINES}-",
    f"bytes={NINES}-{NINES}",
]  # fmt: skip
INVALID = [
    "bytes=9-5", "bytes=5-9,9-5", f"bytes={SIZE}-5", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=5", "bytes",
    "bytes 5-9", "items=5-9", "bytes=5 - 9", "bytes=+5-9", "bytes=5-9x", "bytes=5-9;20-29", "bytes=1-2-3",
    "bytes=--5", "bytes=0x1-0x5", "bytes=5-9,bytes=20-29", "bytes=5.0-9", "bytes=\xb2-\xb3", "=5-9", "seconds=1-2",
]  # fmt: skip


@pytest.fixture
def content():
    return bytes(range(251)) * (SIZE // 251) + bytes(SIZE % 251)


@pytest.fixture
def film(house, world, content):
    """A film that plays `content`, without the work of making one."""
    made = Film(family_id=world.families["merel"].id, number=1, state="ready", by_id=world.people["ann"].id)
    with house.database.unit() as session:
        session.add(made)
        session.flush()
        sealed = house.store.put(made.id, "play", 1, io.BytesIO(content))
        session.add(Rendition(film_id=made.id, kind="play", media_type="video/mp4", size_bytes=sealed.size))
    return made


@pytest.fixture
def bearer(house, world):
    with house.database.unit() as session:
        return {"Authorization": f"Bearer {people.make_token(session, world.people['ann'])}"}


@contextmanager
def served(app, house):
    """The port of the real server over the app."""
    server = wire.Server(("127.0.0.1", 0), app, numthreads=house.settings.threads, timeout=60)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server.bind_addr[1]
    finally:
        server.stop()
        thread.join(20)


@contextmanager
def over_the_app(app, house):
    def ask(path, headers, method="GET"):
        answer = app.test_client().open(path, method=method, headers=headers)
        return answer.status_code, answer.headers, answer.data

    yield ask


@contextmanager
def over_the_wire(app, house):
    def ask(path, headers, method="GET"):
        """Written and read by hand, so that no library mends what is sent or hides what comes."""
        lines = [f"{method} {path} HTTP/1.1", "Host: vbg", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        with socket.create_connection(("127.0.0.1", port), 20) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
            heard = b"".join(iter(lambda: line.recv(65536), b""))
        head, _, body = heard.partition(b"\r\n\r\n")
        status, _, told = head.partition(b"\r\n")
        return int(status.split()[1]), BytesParser(Message).parsebytes(told), body

    with served(app, house) as port:
        yield ask


@pytest.fixture(params=[over_the_app, over_the_wire])
def ask(request, app, house, film, bearer):
    """`ask(headers, method)` of the film's media: status, headers, body."""
    path = f"/api/v1/films/{film.id}/media"
    with request.param(app, house) as say:
        yield lambda headers=None, method="GET": say(path, bearer | (headers or {}), method)


def piece(start, end):
    return f"bytes {start}-{end - 1}/{SIZE}"


@SQLITE
def test_what_is_answered_what_lies_outside_and_what_is_ignored(ask, content):
    expected = ANSWERED | dict.fromkeys(INVALID, ALL)
    for header, (start, end) in expected.items():
        status, headers, body = ask({"Range": header})
        told = (status, headers["Content-Range"], headers["Content-Length"])
        assert told == (206, piece(start, end), str(end - start)), header[:60]
        assert body == content[start:end], header[:60]
        assert (headers["Content-Type"], headers["Accept-Ranges"]) == ("video/mp4", "bytes")
    for header in OUTSIDE:
        status, headers, body = ask({"Range": header})
        assert (status, headers["Content-Range"]) == (416, f"bytes */{SIZE}"), header[:60]
        assert headers["Content-Type"] == "application/problem+json"
        assert b"no_such_range" in body


@SQLITE
def test_without_a_range_it_is_the_first_piece(ask, content):
    status, headers, body = ask()
    assert (status, headers["Content-Range"], body) == (206, piece(*ALL), content[:PIECE_BYTES])


@SQLITE
def test_head_tells_what_a_plain_get_would_and_knows_no_range(ask):
    _, plain, _ = ask()
    for header in (None, "bytes=5-9", f"bytes={SIZE}-", "bytes=9-5"):
        status, headers, body = ask({"Range": header} if header else {}, "HEAD")
        assert (status, body) == (206, b"")
        for name in ("Content-Range", "Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Cache-Control"):
            assert headers[name] == plain[name], name


@SQLITE
def test_a_range_of_another_version_starts_at_the_beginning(ask):
    etag = ask()[1]["ETag"]
    for bound, fits in {
        etag: True, '"older"': False, f"W/{etag}": False, etag.strip('"'): False, f'{etag}, "older"': False, "*": False,
        "Wed, 25 Nov 2026 07:00:00 GMT": False, "Thu, 25 Nov 2100 07:00:00 GMT": False, "garbage": False,
    }.items():  # fmt: skip
        status, headers, _ = ask({"Range": "bytes=5-9", "If-Range": bound})
        assert (status, headers["Content-Range"]) == (206, piece(5, 10) if fits else piece(*ALL)), bound
        status, headers, _ = ask({"Range": f"bytes={SIZE}-", "If-Range": bound})
        assert status == (416 if fits else 206), bound
    assert ask({"If-Range": '"older"'})[0] == 206


@SQLITE
def test_conditions_come_before_ranges(ask):
    etag = ask()[1]["ETag"]
    table = {
        ("If-None-Match", etag): 304, ("If-None-Match", f"W/{etag}"): 304, ("If-None-Match", f'"a", {etag}'): 304,
        ("If-None-Match", "*"): 304, ("If-None-Match", '"older"'): 206, ("If-None-Match", ""): 206,
        ("If-Match", etag): 206, ("If-Match", f'"a", {etag}'): 206, ("If-Match", "*"): 206,
        ("If-Match", f"W/{etag}"): 412, ("If-Match", '"older"'): 412,
        # there is no day of change: a condition on one does not count
        ("If-Modified-Since", "Thu, 25 Nov 2100 07:00:00 GMT"): 206,
        ("If-Unmodified-Since", "Thu, 25 Nov 1999 07:00:00 GMT"): 206,
    }  # fmt: skip
    for (name, value), expected in table.items():
        for method in ("GET", "HEAD"):
            for more in ({}, {"Range": "bytes=5-9"}):
                status, headers, body = ask({name: value} | more, method)
                assert status == expected, (name, value, method, more)
                assert headers["ETag"] == etag
                assert status != 304 or (body == b"" and "Content-Type" not in headers)
    assert ask({"If-Match": etag, "If-None-Match": etag})[0] == 304
    assert ask({"If-Match": '"older"', "If-None-Match": etag, "Range": f"bytes={SIZE}-"})[0] == 412


@SQLITE
def test_every_answer_is_closed_to_all_but_its_own_page(ask):
    etag = ask()[1]["ETag"]
    for headers in ({}, {"Range": f"bytes={SIZE}-"}, {"If-None-Match": etag}, {"If-Match": '"older"'}):
        _, told, _ = ask(headers)
        assert told["Cache-Control"] == "private, no-store"
        assert told["Cross-Origin-Resource-Policy"] == "same-origin"
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Content-Disposition"] == "inline"
        assert told["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert told["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in told
        assert "Last-Modified" not in told
        assert "Content-Encoding" not in told


@SQLITE
def test_other_methods_are_not_known_here(ask):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        status, headers, _ = ask({"Content-Length": "0"}, method)
        assert status == 405
        assert {"GET", "HEAD"} <= set(headers["Allow"].split(", "))


@SQLITE
@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5", "bytes=0-0", None])
def test_nothing_at_all_is_answered_as_nothing(house, film, app, bearer, header):
    house.store.put(film.id, "play", 1, io.BytesIO(b""))
    headers = bearer | ({"Range": header} if header else {})
    answer = app.test_client().get(f"/api/v1/films/{film.id}/media", headers=headers)
    assert (answer.status_code, answer.headers["Content-Length"], answer.data) == (200, "0", b"")
    assert "Content-Range" not in answer.headers


@SQLITE
def test_a_range_opens_no_segment_but_its_own(house, film, app, bearer, content):
    """All segments but one (and the last, which proves the length) are broken: only who needs them notices."""
    path = house.store.sealed_file(film.id, "play", 1)
    broken = bytearray(path.read_bytes())
    whole = 5
    for begin in range(sealing.HEADER, len(broken), sealing.SEGMENT):
        number = begin // sealing.SEGMENT
        if number not in (whole, (len(broken) - 1) // sealing.SEGMENT):
            broken[number * sealing.SEGMENT + sealing.HEADER] ^= 1
    path.write_bytes(broken)
    start = sealing.FIRST + (whole - 1) * sealing.OTHER
    end = start + sealing.OTHER

    def get(first, last):
        span = {"Range": f"bytes={first}-{last}"}
        return app.test_client().get(f"/api/v1/films/{film.id}/media", headers=bearer | span)

    answer = get(start, end - 1)
    assert (answer.status_code, answer.data) == (206, content[start:end])
    for first, last in ((start - 1, end - 1), (start, end)):
        answer = get(first, last)
        assert (answer.status_code, answer.json["code"]) == (503, "film_store")
    assert app.test_client().head(f"/api/v1/films/{film.id}/media", headers=bearer).status_code == 206


@SQLITE
def test_without_its_key_a_film_is_not_there(house, film, app, bearer):
    house.store.erase(film.id)
    answer = app.test_client().get(f"/api/v1/films/{film.id}/media", headers=bearer)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@SQLITE
def test_damage_further_on_cuts_the_line_and_tells_no_wrong_byte(house, film, app, bearer, content):
    path = house.store.sealed_file(film.id, "play", 1)
    broken = bytearray(path.read_bytes())
    broken[10 * sealing.SEGMENT + 9] ^= 1
    path.write_bytes(broken)
    with served(app, house) as port, call(port, film, bearer) as line:
        heard = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = heard.partition(b"\r\n\r\n")
    assert f"Content-Length: {PIECE_BYTES}".encode() in head
    assert 0 < len(body) <= 10 * sealing.OTHER
    assert content.startswith(body)


@SQLITE
def test_a_key_that_is_destroyed_opens_no_more_of_a_piece_under_way(house, film, app, bearer, content, monkeypatch):
    monkeypatch.setattr(media, "KEY_SECONDS", 0.0)
    client = app.test_client()
    answer = client.get(f"/api/v1/films/{film.id}/media", headers=bearer)
    steps = answer.iter_encoded()
    assert content.startswith(first := next(steps))
    assert 0 < len(first) <= media.STEP
    house.store.erase(film.id)
    with pytest.raises(ConnectionAbortedError):
        next(steps)


@contextmanager
def call(port, film, headers, window=0):
    """A line on which the film was asked for, with packets as on a real wire."""
    lines = [f"GET /api/v1/films/{film.id}/media HTTP/1.1", "Host: vbg"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with socket.socket() as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, WIRE_BYTES)
        if window:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        line.settimeout(20)
        line.connect(("127.0.0.1", port))
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        yield line


@SQLITE
def test_nothing_of_the_database_is_held_while_bytes_go_out(house, film, app, bearer):
    """Who takes a piece and does not read it keeps no read transaction open: the log of SQLite can be emptied."""
    with served(app, house) as port, call(port, film, bearer, SMALL_WINDOW) as line:
        assert line.recv(12) == b"HTTP/1.1 206"
        assert house.database.scrub(seconds=5)


def small(house):
    """The house with four threads, one of which may send long pieces."""
    return replace(house, settings=replace(house.settings, threads=4))


def small_app(house):
    return create_app(house.settings, small(house))


@SQLITE
def test_beside_a_long_piece_that_is_not_taken_others_get_short_ones(house, film, bearer, content):
    client = small_app(house).test_client()

    def get():
        return client.get(f"/api/v1/films/{film.id}/media", headers=bearer)

    long = get()
    short = get()
    assert (short.headers["Content-Range"], short.data) == (piece(0, media.SHORT_BYTES), content[: media.SHORT_BYTES])
    long.close()
    assert get().data == content[:PIECE_BYTES]


@SQLITE
@pytest.mark.parametrize("room", [wire.HELD_BYTES, STOCK_LINUX_BYTES])
def test_lines_that_read_nothing_keep_nobody_waiting(house, film, bearer, room, monkeypatch):
    """Four threads, twelve who ask for a piece and take none of it, and somebody new."""
    monkeypatch.setattr(wire, "HELD_BYTES", room)
    with served(small_app(house), small(house)) as port, ExitStack() as stuck:
        for _ in range(12):
            line = stuck.enter_context(call(port, film, bearer, SMALL_WINDOW))
            assert line.recv(12) == b"HTTP/1.1 206"
        with call(port, film, bearer) as newcomer:
            assert newcomer.recv(12) == b"HTTP/1.1 206"
