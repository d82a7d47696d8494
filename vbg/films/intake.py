"""How bytes become a film and come out again for the tools: store and database together, no web, no ffmpeg.

No transaction is open while bytes move.
"""

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vbg import audit
from vbg.films import actions, queries
from vbg.films.forms import NewUpload
from vbg.films.models import Film, Upload
from vbg.house import House
from vbg.reasons import NotFoundError, ReasonError
from vbg.store import StoreError
from vbg.viewer import Viewer

AIR_BYTES = 64 * 1024**2
GIGABYTE = 1024**3
TRIES = 5
CODES = {"full": "film_no_room", "offset_mismatch": "upload_offset", "checksum_mismatch": "upload_checksum"}


class Source(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An upload as it stands: how many bytes are safe, of how many, and the film it became."""

    upload: Upload
    offset: int
    film_id: uuid.UUID | None

    @property
    def complete(self) -> bool:
        """Whether all bytes are safe."""
        return bool(self.upload.length) and self.offset == self.upload.length


@dataclass(frozen=True, slots=True)
class PlayFile:
    """The film that plays as a file for a tool, under a one-time `key` when that is on a disk.

    It and `folder`, for what the tool writes, are gone when the block ends.
    """

    path: Path
    key: bytes
    folder: Path
    times_us: tuple[int, ...]
    offset_us: int
    duration_ms: int
    width: int
    height: int
    sound: bool


def begin(house: House, viewer: Viewer, form: NewUpload) -> Upload:
    """Make room for a film, before a byte of it is taken.

    ReasonError: film_too_large, film_quota, film_needs_room, film_empty, unknown_family.
    """
    _need_no_more(house, form.length)
    with house.database.unit() as session:
        _need_room(house, session, form.length)
        upload = actions.begin_upload(session, viewer, form)
    with _said():
        house.store.begin_upload(upload.id)
    return upload


def arrival(house: House, viewer: Viewer, upload_id: uuid.UUID) -> Arrival:
    """How far the viewer's own upload is, finished when only its last answer was lost. NotFoundError."""
    with house.database.unit(write=False) as session:
        upload = queries.upload(session, viewer, upload_id)
        film = queries.received(session, upload_id)
    if film is not None:
        return Arrival(upload, upload.length, film.id)
    try:
        return Arrival(upload, house.store.upload_size(upload.id), None)
    except StoreError as error:
        if error.code == "gone" and upload.film_id and house.store.has(upload.film_id, "original", 1):
            return Arrival(upload, upload.length, None)
        raise _worded(error) from None


def left(house: House, at: Arrival) -> int:
    """How many bytes may still come: of a film that is being filmed, as many as any film may have."""
    return (at.upload.length or house.settings.upload_max_bytes) - at.offset


def end(house: House, viewer: Viewer, at: Arrival, length: int) -> Arrival:
    """Its sender knows how long the film is now. ReasonError: film_empty, film_too_large, upload_length."""
    if not length:
        raise ReasonError("film_empty", "length")
    if length == at.upload.length:
        return at
    if at.upload.length or length < at.offset:
        raise ReasonError("upload_length")
    _need_no_more(house, length)
    with house.database.unit() as session:
        upload = queries.upload(session, viewer, at.upload.id)
        actions.end_upload(session, viewer, upload, length)
    return Arrival(upload, at.offset, at.film_id)


def rescue(house: House, upload: Upload) -> Film | None:
    """Whoever was filming went away: what came in is the film. None when nothing did."""
    size = house.store.upload_size(upload.id)
    if not size:
        return None
    with house.database.unit() as session:
        upload = session.merge(upload)
        actions.end_upload(session, None, upload, size)
    return finish(house, None, upload)


def append(
    house: House,
    viewer: Viewer,
    at: Arrival,
    stream: Source,
    checksum: tuple[str, bytes] | None = None,
    sha256: str = "",
) -> Arrival:
    """Take what comes of an upload from `at.offset` on; when that was the last byte it becomes a film.

    `checksum` (algorithm, digest) is of these bytes, `sha256` (hex) of the whole film. As `finish` beside the store's.
    """
    with _said():
        offset = house.store.append(at.upload.id, at.offset, stream, left(house, at), checksum)
    with house.database.unit() as session:
        upload = queries.upload(session, viewer, at.upload.id)
        actions.keep_upload(session, viewer, upload, sha256)
    if not (now := Arrival(upload, offset, None)).complete:
        return now
    return Arrival(upload, offset, finish(house, viewer, upload).id)


def finish(house: House, viewer: Viewer | None, upload: Upload) -> Film:
    """All bytes are safe: seal them as the film's original and make the film. Twice gives the same film.

    ReasonError film_checksum: they are not the film that was announced; then nothing is left of it.
    """
    if upload.film_id is None:
        raise NotFoundError
    with _said(), house.store.alone(upload.id):
        sealed = house.store.finish_upload(upload.id, upload.film_id)
    if upload.sha256 not in ("", sealed.sha256):
        house.store.erase(upload.film_id)
        drop(house, viewer, upload)
        raise ReasonError("film_checksum")
    for left in reversed(range(TRIES)):
        try:
            with house.database.unit() as session:
                return actions.receive(session, viewer, upload, sealed, house.settings)
        except IntegrityError:
            # Another process gave the family's next number away, or made this very film.
            if not left:
                raise
    raise NotFoundError


def take(house: House, viewer: Viewer, path: Path, form: NewUpload) -> Film:
    """Bring in a file of this machine, as `vbg ingest` does. OSError when unreadable; the rest as `begin`."""
    with path.open("rb") as source:
        upload = begin(house, viewer, form)
        try:
            with _said():
                house.store.append(upload.id, 0, source, upload.length)
            return finish(house, viewer, upload)
        except BaseException:
            drop(house, viewer, upload)
            raise


def drop(house: House, viewer: Viewer | None, upload: Upload) -> None:
    """Forget an upload: its row, then its bytes. A film that it became stays."""
    with _said(), house.store.alone(upload.id):
        with house.database.unit() as session:
            kept = session.get(Upload, upload.id)
            if kept is not None:
                actions.drop_upload(session, viewer, kept)
        house.store.drop_upload(upload.id)


def erase(house: House, film_id: uuid.UUID, family_id: uuid.UUID) -> None:
    """Destroy a film: key, bytes, rows. One line stays as proof; once more changes nothing."""
    house.store.erase(film_id)
    with house.database.unit() as session:
        session.execute(delete(Upload).where(Upload.film_id == film_id))
        if session.execute(delete(Film).where(Film.id == film_id).returning(Film.id)).first():
            audit.record(session, None, "films.erase", "film", film_id, family_id)


@contextmanager
def play_file(house: House, film_id: uuid.UUID) -> Iterator[PlayFile]:
    """The prepared film unsealed in a scratch folder. NotFoundError when it is not prepared; StoreError."""
    with house.database.unit(write=False) as session:
        film = session.get(Film, film_id)
        if film is None or film.removed_at or not queries.is_taggable(session, film_id):
            raise NotFoundError
        play, frames = (queries.rendition(session, film_id, kind) for kind in ("play", "frames"))
    with house.store.open(film_id, "frames", frames.version) as reader:
        times = json.loads(reader.read())["times_us"]
    duration_ms = film.duration_ms or 0
    with house.store.scratch(play.size_bytes) as inside, house.store.scratch(AIR_BYTES + 32 * duration_ms) as folder:
        path = inside / "play.mp4"
        key = house.store.lend_to(film_id, "play", play.version, path)
        size = film.width or 0, film.height or 0
        yield PlayFile(path, key, folder, tuple(times), film.offset_us, duration_ms, *size, film.sound)


def _need_no_more(house: House, length: int) -> None:
    most = house.settings.upload_max_bytes
    if length > most:
        raise ReasonError("film_too_large", "length", max_gb=_gb(most), film_gb=_gb(length))


def _need_room(house: House, session: Session, length: int) -> None:
    """Within what the practice may keep, and on the disk beside what other uploads were promised.

    The whole film stands twice for a moment: as it came, and sealed as the original.
    """
    quota, kept = house.settings.quota_bytes, queries.kept_bytes(session)
    if quota and kept + length > quota:
        raise ReasonError("film_quota", "length", quota_gb=_gb(quota), kept_gb=_gb(kept), film_gb=_gb(length))
    promised = sum(_to_come(house, upload) for upload in queries.unfinished_uploads(session))
    free = max(0, shutil.disk_usage(house.settings.data).free - promised)
    if free < 2 * length + AIR_BYTES:
        raise ReasonError("film_needs_room", "length", free_gb=_gb(free), need_gb=_gb(2 * length + AIR_BYTES))


def _to_come(house: House, upload: Upload) -> int:
    """The bytes that an unfinished upload will still take."""
    try:
        return max(0, 2 * upload.length - house.store.upload_size(upload.id))
    except StoreError:
        return 0  # its bytes are gone: nothing will come


def _gb(size: int) -> float:
    """Bytes as gigabytes for a sentence."""
    return round(size / GIGABYTE, 1)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise _worded(error) from None


def _worded(error: StoreError) -> ReasonError:
    if error.code == "gone":
        return NotFoundError()
    return ReasonError(CODES.get(error.code, "film_store"), "", **error.values)
