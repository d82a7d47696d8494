"""A depot in an S3-compatible store. Only ciphertext goes there; no link to it is ever given away.

Everything stands below the practice's own id, so that two practices in one bucket never meet.
"""

import io
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from vbg import clock
from vbg.store.depot import MARK, MARKER, Kept
from vbg.store.errors import StoreError
from vbg.store.sealing import SEGMENT, Sink

# 10,000 parts of it are 160 GiB: more than any film, and no more than this stands in memory.
PART_BYTES = 16 * 1024**2
# Another machine may be sending parts of its own this very moment.
DEAD = timedelta(days=1)
# 128 KiB each
MOST_SEEN = 64
SEEN_SECONDS = 30.0
FULL = {"QuotaExceeded", "EntityTooLarge", "InsufficientStorage", "XMinioStorageFull"}


class EmptyError(Exception):
    """There is not a single byte in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bucket is and who we are there."""

    endpoint: str
    bucket: str
    region: str
    key_id: str
    key_secret: str


class Bucket:
    """A depot below `prefix` in a bucket. Safe for several processes and threads."""

    # 4 MiB: a piece that a browser gets, in one request
    stride = 64

    def __init__(self, place: Place, prefix: str) -> None:
        self._place, self._prefix, self._proven = place, f"{prefix}/", False
        self._seen, self._guard = dict[str, _Ends](), threading.Lock()

    def create(self) -> None:
        """Put the marker there. StoreError: no_marker (no such bucket), unreachable, refused."""
        if self.find(MARKER) is None:
            with self.writing(MARKER) as out:
                out.write(MARK)

    def prove(self) -> None:
        """Look for the marker, once in this object's life."""
        if not self._proven:
            if self.find(MARKER) is None:
                raise StoreError("no_marker")
            self._proven = True

    def problems(self) -> list[str]:
        """At most one of no_marker, unreachable, refused, not_writable, full."""
        try:
            if self.find(MARKER) is None:
                return ["no_marker"]
            with self.writing("CHECK") as out:
                out.write(b"check")
            self.remove("CHECK")
        except StoreError as error:
            return [error.code]
        return []

    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        """Parts that become one object at the end; a small one goes at once."""
        with _said():
            parts = _Parts(self._client, self._at(name))
            try:
                yield parts
                parts.finish()
            except BaseException:
                parts.abort()
                raise
            finally:
                self._forget(name)

    def open(self, name: str) -> BinaryIO:
        """The object, read in pieces; StoreError('gone') when it is another one by then.

        Its ends are remembered for half a minute: a film that plays is asked for piece after piece.
        """
        with self._guard:
            ends = self._seen.pop(name, None)
        if ends is None or time.monotonic() - ends.at > SEEN_SECONDS:
            ends = _ends(self._client, self._at(name))
        with self._guard:
            self._seen[name] = ends
            while len(self._seen) > MOST_SEEN:
                del self._seen[next(iter(self._seen))]
        return cast(BinaryIO, _Object(self._client, self._at(name), ends, partial(self._forget, name)))

    def find(self, name: str) -> Kept | None:
        """The object's size and mark."""
        try:
            with _said():
                found = self._client.head_object(**self._at(name))
        except FileNotFoundError:
            return None
        return _kept(name, found["ContentLength"], found)

    def listing(self, prefix: str) -> Iterator[Kept]:
        """All objects below."""
        with _said():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._place.bucket, Prefix=f"{self._prefix}{prefix}/"):
                for found in page.get("Contents", ()):
                    yield _kept(found["Key"].removeprefix(self._prefix), found["Size"], found)

    def move(self, kept: Kept, to: str) -> bool:
        """A copy made by the server; only when it is there and the source still the same does that go."""
        if self.find(to) is not None:
            raise FileExistsError
        if self._is_other(kept):
            return False
        with _said():
            self._client.copy(self._at(kept.name), self._place.bucket, f"{self._prefix}{to}")
        self._forget(to)
        if self._is_other(kept):
            self.remove(to)
            return False
        self.remove(kept.name)
        return True

    def remove(self, name: str) -> None:
        """Delete one object."""
        self._forget(name)
        with _said(), suppress(FileNotFoundError):
            self._client.delete_object(**self._at(name))

    def remove_all(self, prefix: str) -> None:
        """Delete all objects below, one by one: not every server knows another way."""
        for kept in list(self.listing(prefix)):
            self.remove(kept.name)

    def wipe(self, silent_s: float = 0.0) -> None:
        """End what killed writers left a day ago or longer, so that nobody pays for it."""
        with _said():
            found = self._client.list_multipart_uploads(Bucket=self._place.bucket, Prefix=self._prefix)
            for upload in found.get("Uploads", ()):
                if clock.now() - upload["Initiated"] > DEAD:
                    at = {"Bucket": self._place.bucket, "Key": upload["Key"]}
                    self._client.abort_multipart_upload(**at, UploadId=upload["UploadId"])

    def _forget(self, name: str) -> None:
        with self._guard:
            self._seen.pop(name, None)

    def _is_other(self, kept: Kept) -> bool:
        now = self.find(kept.name)
        if now is None:
            raise FileNotFoundError
        return now.mark != kept.mark

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": f"{self._prefix}{name}"}

    @cached_property
    def _client(self) -> Any:
        """One for all threads, with room for each of them."""
        client = boto3.client(
            "s3", endpoint_url=self._place.endpoint, region_name=self._place.region,
            aws_access_key_id=self._place.key_id, aws_secret_access_key=self._place.key_secret,
            config=Config(
                # Checksums in trailers are not understood by most servers beside Amazon's.
                request_checksum_calculation="when_required", response_checksum_validation="when_required",
                s3={"addressing_style": "path"}, retries={"mode": "standard", "max_attempts": 4},
                connect_timeout=5, read_timeout=60, max_pool_connections=64,
            ),
        )  # fmt: skip
        weakref.finalize(self, client.close)  # its lines go when we do
        return client


class _Parts:
    """Collects what is written and sends it in parts; memory stays flat."""

    def __init__(self, client: Any, at: dict[str, str]) -> None:
        self._client, self._at, self._held = client, at, bytearray()
        self._upload, self._sent = "", list[dict[str, Any]]()

    def write(self, data: bytes, /) -> None:
        self._held += data
        if len(self._held) >= PART_BYTES:
            self._send()

    def finish(self) -> None:
        """Until here nobody sees any of it."""
        if not self._upload:
            self._client.put_object(**self._at, Body=bytes(self._held))
            return
        if self._held:
            self._send()
        self._client.complete_multipart_upload(**self._at, UploadId=self._upload, MultipartUpload={"Parts": self._sent})

    def abort(self) -> None:
        if self._upload:
            with suppress(BotoCoreError, ClientError):  # what went wrong before is what is to be told
                self._client.abort_multipart_upload(**self._at, UploadId=self._upload)

    def _send(self) -> None:
        if not self._upload:
            self._upload = self._client.create_multipart_upload(**self._at)["UploadId"]
        number = len(self._sent) + 1
        made = self._client.upload_part(**self._at, UploadId=self._upload, PartNumber=number, Body=bytes(self._held))
        self._sent.append({"PartNumber": number, "ETag": made["ETag"]})
        self._held.clear()


@dataclass(frozen=True, slots=True)
class _Ends:
    """An object's first and last segment as they lie there, and where the last one begins; `at` in seconds."""

    mark: str
    size: int
    head: bytes
    tail: bytes
    tail_start: int
    at: float


def _ends(client: Any, at: dict[str, str]) -> _Ends:
    try:
        with _said():
            found = client.get_object(**at, Range=f"bytes=0-{SEGMENT - 1}")
            mark, head = _etag(found), found["Body"].read()
            size = int(found["ContentRange"].rpartition("/")[2])
    except EmptyError:
        return _Ends("", 0, b"", b"", 0, time.monotonic())
    start = (size - 1) // SEGMENT * SEGMENT
    tail = _fetched(client, at, mark, start, size) if start else head
    return _Ends(mark, size, head, tail, start, time.monotonic())


def _fetched(client: Any, at: dict[str, str], mark: str, start: int, end: int) -> bytes:
    try:
        with _said():
            found = client.get_object(**at, Range=f"bytes={start}-{end - 1}", IfMatch=f'"{mark}"')
            # Not every server heeds the condition.
            if _etag(found) != mark:
                found["Body"].close()
                raise StoreError("gone")
            return cast(bytes, found["Body"].read())
    except (FileNotFoundError, EmptyError):
        raise StoreError("gone") from None


class _Object(io.RawIOBase):
    """An object as a file. Its ends are there already: whoever opens a sealed film looks at both."""

    def __init__(self, client: Any, at: dict[str, str], ends: _Ends, forget: Callable[[], None]) -> None:
        super().__init__()
        self._client, self._at, self._ends, self._place = client, at, ends, 0
        self._size, self._forget = ends.size, forget

    def read(self, size: int = -1, /) -> bytes:
        end = self._size if size < 0 else min(self._place + size, self._size)
        start, self._place = self._place, max(self._place, end)
        if end <= len(self._ends.head):
            return self._ends.head[start:end]
        if start >= self._ends.tail_start:
            return self._ends.tail[start - self._ends.tail_start : end - self._ends.tail_start]
        try:
            return _fetched(self._client, self._at, self._ends.mark, start, end)
        except StoreError:
            self._forget()
            raise

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def _kept(name: str, size: int, found: dict[str, Any]) -> Kept:
    changed = found["LastModified"].timestamp()
    # A listing tells the time more exactly than an object's own answer.
    return Kept(name, size, changed, f"{_etag(found)}-{int(changed)}-{size}")


def _etag(found: dict[str, Any]) -> str:
    return str(found["ETag"]).strip('"')


def _status(error: ClientError) -> int:
    return int(error.response["ResponseMetadata"]["HTTPStatusCode"])


@contextmanager
def _said() -> Iterator[None]:
    """Turn the client's errors into ours: they may hold addresses."""
    try:
        yield
    except ClientError as error:
        raise _explained(error) from None
    except BotoCoreError:
        raise StoreError("unreachable") from None


def _explained(error: ClientError) -> Exception:
    code, status = error.response["Error"]["Code"], _status(error)
    if code == "NoSuchBucket":
        return StoreError("no_marker")
    if status == 404:
        return FileNotFoundError()
    if status == 416:
        return EmptyError()
    if status == 412:
        return StoreError("gone")
    if status in (401, 403):
        return StoreError("refused")
    return StoreError("full" if code in FULL or status == 507 else "unreachable")
