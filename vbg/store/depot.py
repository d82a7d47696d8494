"""Where finished sealed files lie: a folder of this machine, or a bucket. It knows names and bytes, no keys."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from vbg.store import disk
from vbg.store.errors import StoreError, full_disk_is_said
from vbg.store.sealing import Sink

MARKER = "MARKER"
MARK = b"vbg store 1\n"
LOW_SPACE = 1024**3
STRANGE = ("", ".", "..")


@dataclass(frozen=True, slots=True)
class Kept:
    """One file as it lies there: its size in bytes, when it came (seconds since 1970), and a `mark`.

    Another mark means other bytes: the file was written anew.
    """

    name: str
    size: int
    changed: float
    mark: str


class Depot(Protocol):
    """Names are relative, made by the store alone. A missing file is FileNotFoundError.

    StoreError: no_marker, full, unreachable, refused. `stride`: how many segments are best read at once.
    """

    stride: int

    def create(self) -> None:
        """Make the place and its marker; keeps what is there."""

    def prove(self) -> None:
        """StoreError('no_marker') when this is not the place it should be."""

    def problems(self) -> list[str]:
        """Codes of what is wrong: no_marker, not_writable, low_space, unreachable, refused."""

    def writing(self, name: str) -> AbstractContextManager[Sink]:
        """Bytes that get their name when the block ends well, replacing what bore it; else nothing stays."""

    def open(self, name: str) -> BinaryIO:
        """The bytes, to read at any place."""

    def find(self, name: str) -> Kept | None:
        """The file as it lies there now."""

    def listing(self, prefix: str) -> Iterator[Kept]:
        """All files whose names begin with the folder `prefix`, by name."""

    def move(self, kept: Kept, to: str) -> bool:
        """Give exactly this file another name; False, and nothing moved, when it was written anew meanwhile.

        FileExistsError when the other name is taken.
        """

    def remove(self, name: str) -> None:
        """Delete one file. Once more changes nothing."""

    def remove_all(self, prefix: str) -> None:
        """Delete the folder `prefix`. Once more changes nothing."""

    def wipe(self, silent_s: float = 0.0) -> None:
        """Remove what killed writers left, if it grew no more for `silent_s` seconds; 0 only before serving starts."""


class Folder:
    """A depot on a disk of this machine."""

    stride = 1

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self) -> None:
        """Make the folder and its marker. StoreError('full')."""
        marker = self.root / MARKER
        with full_disk_is_said():
            disk.make_folder(self.root)
            if not marker.exists():
                with disk.unfinished(self.root) as (path, out):
                    out.write(MARK)
                disk.publish(path, marker)

    def prove(self) -> None:
        """A disk that is not mounted must not look like an empty store."""
        if not (self.root / MARKER).is_file():
            raise StoreError("no_marker")

    def problems(self) -> list[str]:
        """no_marker, or any of not_writable and low_space (under 1 GiB free)."""
        if not (self.root / MARKER).is_file():
            return ["no_marker"]
        found = []
        try:
            with disk.unfinished(self.root) as (path, out):
                out.write(b"check")
            path.unlink()
        except OSError:
            found.append("not_writable")
        if shutil.disk_usage(self.root).free < LOW_SPACE:
            found.append("low_space")
        return found

    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        """A nameless file until it is durable."""
        final, incoming = self.path(name), self.root / "incoming"
        with full_disk_is_said():
            disk.make_folder(incoming)
            with disk.unfinished(incoming) as (path, out):
                yield out
            with suppress(FileNotFoundError):  # the folder just vanished: erased, as the store finds by its key
                disk.publish(path, final)

    def open(self, name: str) -> BinaryIO:
        """The file itself."""
        return cast(BinaryIO, self.path(name).open("rb", buffering=0))

    def find(self, name: str) -> Kept | None:
        """What `stat` says; None for what is no file."""
        path = self.path(name)
        return _kept(name, path) if path.is_file() else None

    def listing(self, prefix: str) -> Iterator[Kept]:
        """All files below, links apart."""
        for path in sorted((self.root / prefix).rglob("*")):
            with suppress(FileNotFoundError):  # erased while we looked
                if path.is_file() and not path.is_symlink():
                    yield _kept(path.relative_to(self.root).as_posix(), path)

    def move(self, kept: Kept, to: str) -> bool:
        """Rename, then look whether it was the meant one: a rename never loses a byte, whoever else writes."""
        source, target = self.path(kept.name), self.path(to)
        if target.exists():
            raise FileExistsError
        if _kept(kept.name, source).mark != kept.mark:
            return False
        disk.make_folder(target.parent)
        source.rename(target)
        if _kept(kept.name, target).mark != kept.mark:
            target.rename(source)
            return False
        disk.sync_folder(target.parent)
        disk.sync_folder(source.parent)
        return True

    def remove(self, name: str) -> None:
        """Delete a file, durably."""
        path = self.path(name)
        if path.exists():
            path.unlink(missing_ok=True)
            disk.sync_folder(path.parent)

    def remove_all(self, prefix: str) -> None:
        """Delete a folder, also while others add to it."""
        disk.remove_tree(self.root / prefix)

    def wipe(self, silent_s: float = 0.0) -> None:
        """Remove nameless files."""
        for path in (self.root / "incoming").glob(f"*{disk.UNFINISHED}"):
            with suppress(FileNotFoundError):  # it just got its name
                if time.time() - path.stat().st_mtime >= silent_s:
                    path.unlink()

    def path(self, name: str) -> Path:
        """Where a file stands, or would. StoreError('bad_name') when that is not inside the folder."""
        place = str(self.root)
        for part in name.split("/"):
            place = f"{place}{os.sep}{part}"
            if part in STRANGE or os.path.islink(place):  # noqa: PTH114  # asked for each range: a Path costs more
                raise StoreError("bad_name")
        return Path(place)


def _kept(name: str, path: Path) -> Kept:
    found = path.stat()
    return Kept(name, found.st_size, found.st_mtime, f"{found.st_ino}-{found.st_mtime_ns}-{found.st_size}")
