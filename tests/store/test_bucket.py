"""Films in an S3-compatible store: what a disk cannot do to them. A real server answers."""

import io
import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.conftest import BOTH
from tests.store.test_store import PLAIN, expect, lying
from vbg.store import Kept, Store, StoreError
from vbg.store import bucket as bucket_module
from vbg.store.bucket import Bucket, Place

MIB = 1024**2
ELSEWHERE = pytest.mark.parametrize("store", ["bucket"], indirect=True)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 5 MiB, the least that every server takes."""
    monkeypatch.setattr(bucket_module, "PART_BYTES", 5 * MIB)


def names(bucket: Bucket) -> list[str]:
    return [kept.name for kept in bucket.listing("films")]


def parts_under_way(bucket: Bucket) -> list[object]:
    found = bucket._client.list_multipart_uploads(Bucket="films", Prefix=bucket._prefix)
    return list(found.get("Uploads", ()))


@ELSEWHERE
def test_nothing_of_a_film_stays_on_this_disk(store: Store, film: uuid.UUID, data: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    assert sorted(path.name for path in (data / "store").rglob("*")) == ["MARKER"]


@ELSEWHERE
def test_a_long_film_goes_in_parts(store: Store, film: uuid.UUID, small_parts: None) -> None:
    plain = os.urandom(12 * MIB)
    sealed = store.put(film, "original", 1, io.BytesIO(plain))
    assert store.sealed_sha256(lying(store, film, "original").name) == sealed.sealed_sha256
    with store.open(film, "original", 1) as reader:
        for start, length in ((0, 10), (7 * MIB - 3, 70_000), (12 * MIB - 5, 100)):
            assert reader.read_range(start, length) == plain[start : start + length]
        assert reader.seek(0) == 0
        assert reader.read() == plain


@ELSEWHERE
def test_a_film_that_breaks_off_leaves_nothing(
    store: Store, film: uuid.UUID, bucket: Bucket, small_parts: None
) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 8 * MIB:
                assert parts_under_way(bucket)
                raise RuntimeError
            return super().read(size)

    with pytest.raises(RuntimeError):
        store.put(film, "play", 1, Breaking(bytes(12 * MIB)))
    assert names(bucket) == []
    assert parts_under_way(bucket) == []


def test_parts_of_the_dead_are_ended_those_of_the_living_are_not(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket._client.create_multipart_upload(**bucket._at("films/dead"))
    bucket.wipe()
    assert len(parts_under_way(bucket)) == 1
    monkeypatch.setattr(bucket_module, "DEAD", -bucket_module.DEAD)
    bucket.wipe()
    assert parts_under_way(bucket) == []


SENDER = """
import io, resource, sys, uuid
from pathlib import Path
from vbg.store import Store
from vbg.store.bucket import Bucket, Place
class Zeros:
    def __init__(self, left): self.left = left
    def read(self, size):
        size = min(size, self.left)
        self.left -= size
        return bytes(size)
organisation = sys.argv[2]
store = Store(Path(sys.argv[1]), organisation, depot=Bucket(Place(*sys.argv[3:]), organisation))
for size in (40, 240):
    upload = uuid.uuid4()
    store.begin_upload(upload)
    store.append(upload, 0, Zeros(size << 20), size << 20)
    store.finish_upload(upload, uuid.uuid4())
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@ELSEWHERE
def test_memory_stays_flat(store: Store, data: Path, organisation: str, s3: Place) -> None:
    where = (s3.endpoint, s3.bucket, s3.region, s3.key_id, s3.key_secret)
    line = [sys.executable, "-c", SENDER, str(data), organisation, *where]
    done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=120)
    small, large = map(int, done.stdout.split())
    print(f"40 MiB: {small} MiB, 240 MiB: {large} MiB")
    assert large < small + 16


@ELSEWHERE
def test_a_bucket_without_its_marker_refuses(
    store: Store, film: uuid.UUID, bucket: Bucket, data: Path, organisation: str
) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    bucket.remove("MARKER")
    again = Store(data, organisation, depot=opened_anew(bucket))
    actions: list[Callable[[], object]] = [
        lambda: again.put(film, "play", 1, io.BytesIO()),
        lambda: again.open(film, "play", 1),
        lambda: again.erase(film),
        lambda: list(again.listing()),
        again.wipe_scratch,
    ]
    for action in actions:
        expect("no_marker", action)
    assert again.check() == store.check() == ["no_marker"]
    assert names(bucket) != []


def opened_anew(of: Bucket, prefix: str = "", **facts: str) -> Bucket:
    """The same bucket, as another process opens it."""
    return Bucket(replace(of._place, **facts), prefix or of._prefix.rstrip("/"))


@ELSEWHERE
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"key_secret": "another"}, "refused"),
        ({"key_id": "another"}, "refused"),
        ({"bucket": "another"}, "no_marker"),
        ({"endpoint": "http://127.0.0.1:9"}, "unreachable"),
    ],
)
def test_what_is_wrong_with_the_place_is_said(
    store: Store, film: uuid.UUID, bucket: Bucket, data: Path, organisation: str, facts: dict[str, str], code: str
) -> None:
    assert store.check() == []
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    again = Store(data, organisation, depot=opened_anew(bucket, **facts))
    assert again.check() == [code]
    expect(code, lambda: again.open(film, "play", 1))
    expect(code, lambda: again.put(film, "play", 1, io.BytesIO()))
    assert store.open(film, "play", 1).read() == PLAIN


@ELSEWHERE
def test_two_practices_in_one_bucket_never_meet(store: Store, film: uuid.UUID, bucket: Bucket, data: Path) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    neighbours = opened_anew(bucket, str(uuid.uuid4()))
    neighbours.create()
    assert list(Store(data, "neighbours", depot=neighbours).files()) == []
    expect("gone", lambda: Store(data, "neighbours", depot=neighbours).open(film, "play", 1))


@ELSEWHERE
def test_what_was_altered_there_does_not_open(store: Store, film: uuid.UUID, bucket: Bucket) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    name = lying(store, film).name
    with bucket.open(name) as source:
        body = bytearray(source.read())
    for altered in (body[:-1], b"", body[: len(body) // 2] + b"?" + body[len(body) // 2 + 1 :]):
        with bucket.writing(name) as out:
            out.write(bytes(altered))
        with pytest.raises(StoreError) as caught, store.open(film, "play", 1) as reader:
            reader.read()
        assert caught.value.code == "tampered"


@ELSEWHERE
def test_a_film_written_anew_while_it_is_read_is_never_mixed(store: Store, film: uuid.UUID) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    with store.open(film, "play", 1) as reader:
        reader.read_range(0, 10)
        store.put(film, "play", 1, io.BytesIO(PLAIN))
        expect("gone", lambda: reader.read_range(100_000, 10))
    assert store.open(film, "play", 1).read() == PLAIN


@ELSEWHERE
def test_what_another_machine_wrote_is_seen_at_the_second_look(
    store: Store, film: uuid.UUID, bucket: Bucket, data: Path, organisation: str
) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    assert store.open(film, "play", 1).read() == PLAIN
    Store(data, organisation, depot=opened_anew(bucket)).put(film, "play", 1, io.BytesIO(PLAIN[::-1]))
    with store.open(film, "play", 1) as reader:
        expect("gone", reader.read)
    assert store.open(film, "play", 1).read() == PLAIN[::-1]


@BOTH
def test_erased_bytes_that_come_back_open_nothing(store: Store, film: uuid.UUID) -> None:
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    name = lying(store, film).name
    with store._depot.open(name) as source:
        body = source.read()
    store.erase(film)
    store.erase(film)
    assert list(store.listing()) == []
    with store._depot.writing(name) as out:
        out.write(body)
    expect("gone", lambda: store.open(film, "play", 1))
    expect("gone", lambda: store.put(film, "play", 2, io.BytesIO(PLAIN)))


@BOTH
def test_exactly_this_file_moves_or_none(store: Store, film: uuid.UUID) -> None:
    store.put(film, "play", 1, io.BytesIO(b"old"))
    old = lying(store, film)
    store.put(film, "play", 1, io.BytesIO(PLAIN))
    new = lying(store, film)
    assert old.mark != new.mark
    assert store._depot.move(old, "quarantine/x") is False
    assert lying(store, film) == new
    assert store._depot.move(new, "quarantine/x") is True
    moved = store._depot.find("quarantine/x")
    assert isinstance(moved, Kept)
    assert moved.size == new.size
    assert list(store.listing()) == []
    store.put(film, "play", 1, io.BytesIO(b"third"))
    with pytest.raises(FileExistsError):
        store._depot.move(moved, lying(store, film).name)
    assert store.open(film, "play", 1).read() == b"third"
