"""Films in and out of the store: whole or not at all, sealed, private, erased for good."""

import hashlib
import io
import os
import shutil
import stat
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from tests.store.conftest import BOTH
from vbg.store import Kept, Store, StoreError, create_store
from vbg.store import scratch as scratch_module

MARK = b"a word from the living room " * 40
PLAIN = MARK + os.urandom(200_000) + MARK


def files(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file()]


def lying(store: Store, film: uuid.UUID, rendition: str = "play") -> Kept:
    found = store.find(film, rendition, 1)
    assert found is not None
    return found


def expect(code: str, action: Callable[[], object]) -> None:
    with pytest.raises(StoreError) as caught:
        action()
    assert caught.value.code == code
    assert str(caught.value) == code


@BOTH
@pytest.mark.parametrize("plain", [b"", b"x", PLAIN])
def test_what_goes_in_comes_out(store: Store, film: uuid.UUID, plain: bytes) -> None:
    sealed = store.put(film, "play", 1, io.BytesIO(plain))
    assert (sealed.size, sealed.sha256) == (len(plain), hashlib.sha256(plain).hexdigest())
    assert sealed.sealed_sha256 == store.sealed_sha256(lying(store, film).name)
    with store.open(film, "play", 1) as reader:
        assert (reader.read(), reader.size) == (plain, len(plain))
    assert store.digest(film, "play", 1) == sealed
    assert list(store.listing()) == [(film, "play", 1)]


@BOTH
def test_a_path_is_a_source_too(store: Store, film: uuid.UUID, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(PLAIN)
    assert store.put(film, "original", 1, tmp_path / "in").size == len(PLAIN)


@BOTH
def test_no_plain_word_on_disk(store: Store, film: uuid.UUID, data: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    upload = uuid.uuid4()
    store.begin_upload(upload)
    store.append(upload, 0, io.BytesIO(PLAIN), len(PLAIN))
    assert len(files(data)) >= 5
    assert all(MARK[:28] not in path.read_bytes() for path in files(data))


def test_everything_is_private(store: Store, film: uuid.UUID, data: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    for path in (data / "store").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_stream_in_the_wrong_place_does_not_open(store: Store, data: Path) -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    for film in (one, two):
        for rendition in ("play", "poster"):
            store.put(film, rendition, 1, io.BytesIO(PLAIN))
    shutil.copy(store.sealed_file(one, "play", 1), store.sealed_file(two, "play", 1))
    shutil.copy(store.sealed_file(one, "play", 1), store.sealed_file(one, "poster", 1))
    shutil.copy(store.sealed_file(one, "play", 1), store.sealed_file(one, "play", 2))
    expect("tampered", lambda: store.open(two, "play", 1))
    expect("tampered", lambda: store.open(one, "poster", 1))
    expect("tampered", lambda: store.open(one, "play", 2))
    expect("tampered", lambda: Store(data, "another").open(one, "play", 1))


def test_a_new_version_leaves_an_open_reader_whole(store: Store, film: uuid.UUID) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    with store.open(film, "play", 1) as reader:
        store.put(film, "play", 1, io.BytesIO(b"new"))
        assert reader.read() == PLAIN
    with store.open(film, "play", 1) as reader:
        assert reader.read() == b"new"


def test_erased_is_erased(store: Store, film: uuid.UUID, data: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    kept = store.sealed_file(film, "play", 1).read_bytes()
    store.erase(film)
    store.erase(film)
    assert not list(store.listing())
    expect("gone", lambda: store.open(film, "play", 1))
    expect("gone", lambda: store.put(film, "play", 2, io.BytesIO(PLAIN)))
    back = store.sealed_file(film, "play", 1)  # an old backup of the bytes opens nothing
    back.parent.mkdir(parents=True, exist_ok=True)
    back.write_bytes(kept)
    expect("gone", lambda: store.open(film, "play", 1))


@BOTH
def test_a_film_erased_while_it_is_written_stays_erased(store: Store, film: uuid.UUID) -> None:
    class Erasing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            store.erase(film)
            return super().read(size)

    expect("gone", lambda: store.put(film, "play", 1, Erasing(PLAIN)))
    assert not list(store.listing())


@BOTH
def test_erasing_among_many_writers_leaves_nothing(store: Store, film: uuid.UUID) -> None:
    failed: list[Exception] = []

    def write(name: str) -> None:
        try:
            store.put(film, name, 1, io.BytesIO(PLAIN))
        except (StoreError, OSError) as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(f"clip-{number}",)) for number in range(20)]
    for number, writer in enumerate(writers):
        writer.start()
        if number == 12:
            store.erase(film)
    for writer in writers:
        writer.join()
    assert {getattr(error, "code", error) for error in failed} == {"gone"}
    assert not list(store.listing())


@BOTH
def test_one_rendition_can_go(store: Store, film: uuid.UUID) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    store.put(film, "poster", 1, io.BytesIO(PLAIN))
    store.erase_rendition(film, "poster", 1)
    store.erase_rendition(film, "poster", 1)
    expect("gone", lambda: store.open(film, "poster", 1))
    assert store.has(film, "play", 1)


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a.b", "A", "x" * 65, "a|b", "a\n", "/etc/passwd"])
def test_only_our_own_names_make_a_path(store: Store, film: uuid.UUID, name: str) -> None:
    expect("bad_name", lambda: store.put(film, name, 1, io.BytesIO()))
    expect("bad_name", lambda: store.open(film, name, 1))


def test_a_link_out_of_the_store_is_refused(store: Store, film: uuid.UUID, tmp_path: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(b"x"))
    folder = store.sealed_file(film, "play", 1).parent
    shutil.rmtree(folder)
    folder.symlink_to(tmp_path)
    expect("bad_name", lambda: store.put(film, "play", 1, io.BytesIO(b"x")))


def test_without_its_marker_the_store_refuses(store: Store, film: uuid.UUID, data: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    (data / "store" / "MARKER").unlink()
    actions: list[Callable[[], object]] = [
        lambda: store.put(film, "play", 1, io.BytesIO()),
        lambda: store.open(film, "play", 1),
        lambda: store.erase(film),
        lambda: store.begin_upload(film),
        lambda: store.append(film, 0, io.BytesIO(), 1),
        lambda: list(store.listing()),
        store.wipe_scratch,
    ]
    for action in actions:
        expect("no_marker", action)
    assert store.check() == ["no_marker"]


def test_check_finds_nothing_or_says_it(store: Store, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.check() == []
    assert sorted(path.name for path in (data / "store").iterdir()) == ["MARKER"]
    monkeypatch.setattr("vbg.store.depot.LOW_SPACE", 2**62)
    assert store.check() == ["low_space"]
    (data / "keys" / "master.key").unlink()
    assert store.check() == ["no_key", "low_space"]


def test_making_a_store_again_keeps_all(store: Store, film: uuid.UUID, data: Path, organisation: str) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    create_store(data)
    assert Store(data, organisation).open(film, "play", 1).read() == PLAIN


@BOTH
def test_a_source_that_breaks_leaves_nothing(store: Store, film: uuid.UUID, data: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise RuntimeError
            return super().read(1000)

    store.put(film, "play", 1, io.BytesIO(PLAIN))
    before = files(data)
    with pytest.raises(RuntimeError):
        store.put(film, "play", 1, Breaking(PLAIN))
    assert files(data) == before
    assert store.open(film, "play", 1).read() == PLAIN


def test_a_full_disk_is_said_and_leaves_nothing(small_disk: Path, film: uuid.UUID, organisation: str) -> None:
    create_store(small_disk)
    store = Store(small_disk, organisation)
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    before = files(small_disk)
    expect("full", lambda: store.put(film, "play", 2, io.BytesIO(bytes(4_000_000))))
    assert files(small_disk) == before
    assert store.open(film, "play", 1).read() == PLAIN


def test_a_job_gets_a_plain_copy_that_goes_away(store: Store, film: uuid.UUID, data: Path) -> None:
    store.put(film, "original", 1, io.BytesIO(PLAIN))
    with store.scratch() as folder:
        assert folder.parent == data / "scratch"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert store.export_to(film, "original", 1, folder / "in") == len(PLAIN)
        assert (folder / "in").read_bytes() == PLAIN
        assert stat.S_IMODE((folder / "in").stat().st_mode) == 0o600
        with pytest.raises(FileExistsError):
            store.export_to(film, "original", 1, folder / "in")
    assert not folder.exists()


def test_a_small_job_stays_in_memory(
    store: Store,
    data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    organisation: str,
) -> None:
    memory = tmp_path_factory.mktemp("memory")
    monkeypatch.setattr(scratch_module, "MEMORY", memory)
    monkeypatch.setattr(scratch_module, "free_memory", lambda: 4000)
    store = Store(data, organisation)
    with store.scratch(1000) as small, store.scratch(1001) as large:
        assert small.parent.parent == memory
        assert large.parent == data / "scratch"
        store.wipe_scratch()
        assert small.exists()
        assert large.exists()
    assert not small.exists()
    assert not large.exists()


def test_what_a_killed_process_left_is_wiped_and_what_runs_stays(store: Store, data: Path, organisation: str) -> None:
    code = (
        "import sys, uuid, pathlib; from vbg.store import Store\n"
        "with Store(pathlib.Path(sys.argv[1]), sys.argv[2]).scratch() as folder:\n"
        "    (folder / 'in').write_bytes(b'plain'); print(folder, flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(data), organisation], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        folder = Path(other.stdout.readline().strip())
        store.wipe_jobs()
        assert (folder / "in").exists()
        other.kill()
        other.wait()
    store.wipe_jobs()
    assert not folder.exists()


def test_a_half_written_file_goes_once_nobody_writes_it(store: Store, data: Path, film: uuid.UUID) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    old, new = (data / "store" / "incoming" / name for name in ("old.tmp", "new.tmp"))
    for path in (old, new):
        path.write_bytes(PLAIN)
    os.utime(old, (0, 0))
    store.wipe_jobs()
    assert (old.exists(), new.exists()) == (False, True)


def test_free_memory_is_a_figure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert scratch_module.free_memory() >= 0
    monkeypatch.setattr(scratch_module, "MEMINFO", tmp_path / "none")
    assert scratch_module.free_memory() == 0


@pytest.mark.parametrize("plain", [b"", b"x" * 16, PLAIN])
def test_on_a_disk_a_tool_gets_it_under_a_key_of_one_use(store: Store, film: uuid.UUID, plain: bytes) -> None:
    store.put(film, "original", 1, io.BytesIO(plain))
    with store.scratch() as folder:
        key, again = (store.lend_to(film, "original", 1, folder / name) for name in ("in", "again"))
        assert key != again
        body = (folder / "in").read_bytes()
        assert MARK not in body
        assert stat.S_IMODE((folder / "in").stat().st_mode) == 0o600
        opening, padding = Cipher(AES(key[:16]), CBC(key[16:])).decryptor(), PKCS7(128).unpadder()
        assert padding.update(opening.update(body) + opening.finalize()) + padding.finalize() == plain
        with pytest.raises(FileExistsError):
            store.lend_to(film, "original", 1, folder / "in")


def test_in_memory_a_tool_gets_it_as_it_is(store: Store, film: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch_module, "free_memory", lambda: 2**40)
    store.put(film, "original", 1, io.BytesIO(PLAIN))
    with store.scratch(len(PLAIN)) as folder:
        assert store.lend_to(film, "original", 1, folder / "in") == b""
        assert (folder / "in").read_bytes() == PLAIN


def test_a_damaged_film_is_not_exported(store: Store, film: uuid.UUID) -> None:
    store.put(film, "original", 1, io.BytesIO(PLAIN))
    path = store.sealed_file(film, "original", 1)
    body = bytearray(path.read_bytes())
    body[70_000] ^= 1
    path.write_bytes(body)
    with store.scratch() as folder:
        for give in (store.export_to, store.lend_to):
            expect("tampered", lambda give=give: give(film, "original", 1, folder / "in"))
        assert not list(folder.iterdir())


def test_what_killed_jobs_left_is_wiped(store: Store, film: uuid.UUID, data: Path) -> None:
    def killed() -> Iterator[Path]:
        yield data / "scratch" / "job" / "in"
        yield data / "store" / "incoming" / "a.tmp"

    store.put(film, "play", 1, io.BytesIO(PLAIN))
    for path in killed():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PLAIN)
    store.wipe_scratch()
    assert not any(path.exists() for path in killed())
    assert store.open(film, "play", 1).read() == PLAIN
