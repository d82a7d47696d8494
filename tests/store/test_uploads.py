"""Uploads: every acknowledged byte stays, whatever breaks; nobody's bytes mix."""

import hashlib
import io
import os
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.conftest import BOTH
from vbg.store import Store, StoreError, create_store
from vbg.store import uploads as uploads_module

MIB = 1024 * 1024
FILM = os.urandom(3 * MIB + 17)


class CutLine(io.BytesIO):
    """A body whose sender vanishes after so many bytes."""

    def __init__(self, body: bytes, after: int, error: Exception) -> None:
        super().__init__(body[:after])
        self._error = error

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data:
            raise self._error
        return data


@pytest.fixture
def upload(store: Store) -> uuid.UUID:
    """A begun upload."""
    upload_id = uuid.uuid4()
    store.begin_upload(upload_id)
    return upload_id


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 1 MiB, so that a small film has several."""
    monkeypatch.setattr(uploads_module, "PART_BYTES", MIB)


@BOTH
def test_an_upload_in_pieces_becomes_the_original(
    store: Store, upload: uuid.UUID, film: uuid.UUID, small_parts: None
) -> None:
    assert store.upload_size(upload) == 0
    assert store.append(upload, 0, io.BytesIO(FILM[:100]), 100) == 100
    assert store.append(upload, 100, io.BytesIO(FILM[100:]), len(FILM)) == len(FILM)
    assert store.upload_size(upload) == len(FILM)
    sealed = store.finish_upload(upload, film)
    assert (sealed.size, sealed.sha256) == (len(FILM), hashlib.sha256(FILM).hexdigest())
    assert store.open(film, "original", 1).read() == FILM
    assert store.finish_upload(upload, film) == sealed
    assert store.upload_ids() == []


def test_an_empty_upload_can_be_finished(store: Store, upload: uuid.UUID, film: uuid.UUID) -> None:
    assert store.finish_upload(upload, film).size == 0


def test_no_more_than_asked_is_taken(store: Store, upload: uuid.UUID) -> None:
    body = io.BytesIO(FILM)
    assert store.append(upload, 0, body, 1000) == 1000
    assert body.tell() == 1000
    assert store.append(upload, 1000, body, 0) == 1000


def test_beginning_again_keeps_what_came(store: Store, upload: uuid.UUID) -> None:
    store.append(upload, 0, io.BytesIO(FILM), 1000)
    store.begin_upload(upload)
    assert store.upload_size(upload) == 1000


@pytest.mark.parametrize("after", [0, 1, MIB, 2 * MIB + 5])
@pytest.mark.parametrize("error", [ConnectionResetError(), TimeoutError()])
def test_a_cut_line_keeps_what_arrived(
    store: Store, upload: uuid.UUID, small_parts: None, after: int, error: Exception
) -> None:
    assert store.append(upload, 0, CutLine(FILM, after, error), len(FILM)) == after
    assert store.append(upload, after, io.BytesIO(FILM[after:]), len(FILM)) == len(FILM)
    assert b"".join(store._uploads.chunks(upload)) == FILM


def test_another_failure_of_the_body_is_passed_on_after_keeping(store: Store, upload: uuid.UUID) -> None:
    with pytest.raises(LookupError):
        store.append(upload, 0, CutLine(FILM, 5000, LookupError()), len(FILM))
    assert store.upload_size(upload) == 5000


@pytest.mark.parametrize("offset", [0, 99, 101, 10**15])
def test_a_wrong_offset_is_said_with_the_right_one(store: Store, upload: uuid.UUID, offset: int) -> None:
    store.append(upload, 0, io.BytesIO(FILM), 100)
    with pytest.raises(StoreError) as caught:
        store.append(upload, offset, io.BytesIO(FILM), 100)
    assert (caught.value.code, caught.value.values) == ("offset_mismatch", {"offset": 100})


def test_a_slow_line_is_made_safe_in_between(
    store: Store, upload: uuid.UUID, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads_module, "PART_SECONDS", -1.0)

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(1000)

    store.append(upload, 0, Slow(FILM), 5000)
    assert len(list(data.rglob("*.part"))) == 5
    assert store.upload_size(upload) == 5000


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_checksum_is_all_or_nothing(store: Store, upload: uuid.UUID, name: str) -> None:
    good = hashlib.new(name, FILM).digest()
    for body in (FILM[:-1] + b"?", FILM[:-1], b""):
        with pytest.raises(StoreError) as caught:
            store.append(upload, 0, io.BytesIO(body), len(FILM), (name, good))
        assert caught.value.code == "checksum_mismatch"
        assert store.upload_size(upload) == 0
    assert store.append(upload, 0, io.BytesIO(FILM), len(FILM), (name, good)) == len(FILM)


def test_an_unknown_checksum_is_refused(store: Store, upload: uuid.UUID) -> None:
    with pytest.raises(StoreError):
        store.append(upload, 0, io.BytesIO(b"x"), 1, ("md5", b""))


def test_a_dropped_upload_is_gone_for_good(store: Store, upload: uuid.UUID, data: Path) -> None:
    store.append(upload, 0, io.BytesIO(FILM), len(FILM))
    store.drop_upload(upload)
    store.drop_upload(upload)
    assert not list(data.rglob("*.part"))
    for action in (store.upload_size, store.begin_upload, lambda u: store.finish_upload(u, uuid.uuid4())):
        with pytest.raises(StoreError) as caught:
            action(upload)
        assert caught.value.code == "gone"


def test_a_lost_or_moved_part_is_noticed(
    store: Store, upload: uuid.UUID, data: Path, film: uuid.UUID, small_parts: None
) -> None:
    store.append(upload, 0, io.BytesIO(FILM), len(FILM))
    parts = sorted(data.rglob("*.part"))
    first, second = parts[0].read_bytes(), parts[1].read_bytes()
    parts[0].write_bytes(second)
    parts[1].write_bytes(first)
    with pytest.raises(StoreError):
        store.finish_upload(upload, film)
    assert not list(store.listing())
    parts[1].unlink()
    with pytest.raises(StoreError) as caught:
        store.upload_size(upload)
    assert caught.value.code == "tampered"


def test_two_senders_at_once_do_not_mix(store: Store, upload: uuid.UUID, small_parts: None) -> None:
    """The same film sent twice at once, as after a retry: one wins each part, the other is told."""
    codes: list[str] = []

    def send() -> None:
        try:
            store.append(upload, 0, io.BytesIO(FILM), len(FILM))
        except StoreError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {"offset_mismatch"}
    assert FILM.startswith(b"".join(store._uploads.chunks(upload)))
    assert store.upload_size(upload) == len(FILM)


def test_a_full_disk_keeps_the_parts_before(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, organisation: str
) -> None:
    monkeypatch.setattr(uploads_module, "PART_BYTES", 4 * MIB)
    create_store(small_disk)
    store, upload = Store(small_disk, organisation), uuid.uuid4()
    store.begin_upload(upload)
    assert store.append(upload, 0, io.BytesIO(FILM), 500_000) == 500_000
    with pytest.raises(StoreError) as caught:
        store.append(upload, 500_000, io.BytesIO(FILM[500_000:]), len(FILM))
    assert caught.value.code == "full"
    assert store.upload_size(upload) == 500_000
    assert not list(small_disk.rglob("*.tmp"))
    assert store.append(upload, 500_000, io.BytesIO(FILM[500_000:]), 1000) == 501_000


SENDER = """
import sys, time, uuid
from pathlib import Path
from vbg.store import Store, uploads
uploads.PART_BYTES = 65536
class Endless:
    sent = 0
    def read(self, size):
        data = bytes((self.sent + i) % 251 for i in range(min(size, 5000)))
        self.sent += len(data)
        return data
store, upload = Store(Path(sys.argv[1]), sys.argv[2]), uuid.UUID(sys.argv[3])
offset, body = 0, Endless()
while True:
    offset = store.append(upload, offset, body, 100_000)
    print(offset, flush=True)
"""


@pytest.mark.parametrize("after", [1, 4, 9])
def test_killed_while_it_arrives_it_goes_on(
    store: Store, upload: uuid.UUID, data: Path, after: int, organisation: str
) -> None:
    command = [sys.executable, "-c", SENDER, str(data), organisation, str(upload)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sender:
        assert sender.stdout is not None
        lines = [sender.stdout.readline() for _ in range(after)]
        time.sleep(0.007 * after)
        sender.kill()
        lines += sender.stdout.readlines()
    acknowledged = int([line for line in lines if line.endswith("\n")][-1])
    again = Store(data, organisation)
    again.wipe_scratch()
    assert not list(data.rglob("*.tmp"))
    safe = again.upload_size(upload)
    assert safe >= acknowledged > 0
    assert again.append(upload, safe, io.BytesIO(b"end"), 3) == safe + 3
    again.finish_upload(upload, film := uuid.uuid4())
    expected = bytes(at % 251 for at in range(251)) * (safe // 251 + 1)
    assert again.open(film, "original", 1).read() == expected[:safe] + b"end"


def test_killed_while_a_finished_upload_is_removed_it_is_finished(
    store: Store, upload: uuid.UUID, film: uuid.UUID
) -> None:
    """The original stands, the key is gone, some parts are not: the same film, and nothing left of the upload."""
    for at in range(3):
        store.append(upload, at * 100, io.BytesIO(bytes(100)), 100)
    parts = store.sealed_parts(upload)
    kept = {part: part.read_bytes() for part in (parts[0], parts[-1])}
    sealed = store.finish_upload(upload, film)
    for part, words in kept.items():
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(words)
    with pytest.raises(StoreError, match="gone"):
        store.upload_size(upload)
    assert store.finish_upload(upload, film) == sealed
    assert store.upload_ids() == []
    assert not parts[0].exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=70_000), max_size=8))
def test_any_pieces_add_up(store: Store, pieces: list[bytes]) -> None:
    upload, offset = uuid.uuid4(), 0
    store.begin_upload(upload)
    for piece in pieces:
        offset = store.append(upload, offset, io.BytesIO(piece), len(piece) + 5)
    assert b"".join(store._uploads.chunks(upload)) == b"".join(pieces)
    store.drop_upload(upload)
