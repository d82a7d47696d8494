"""Files that are wholly there or not at all, and stay there through a power cut."""

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".tmp"


def sync_folder(folder: Path) -> None:
    """Make the names inside `folder` durable (Windows has no such call and needs none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make `folder` and its missing parents, 0700, durable up to the first that existed."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)


def create(path: Path) -> BinaryIO:
    """Open a file that must not exist yet for writing, readable by its owner alone."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


@contextmanager
def unfinished(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new nameless file in `folder`: durable when the block ends well, gone in every other case.

    The caller names it afterwards by `publish` or `publish_new`.
    """
    path = folder / f"{uuid.uuid4().hex}{UNFINISHED}"
    try:
        with create(path) as out:
            yield path, out
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def publish(path: Path, final: Path) -> None:
    """Give a finished file its name, replacing what bore it."""
    try:
        make_folder(final.parent)
        path.replace(final)
        sync_folder(final.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def publish_new(path: Path, final: Path) -> None:
    """Give a finished file a name nobody has yet; FileExistsError when another was first."""
    try:
        os.link(path, final)
    finally:
        path.unlink(missing_ok=True)
    sync_folder(final.parent)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all in it, also while others remove it or still add to it."""
    while folder.is_dir():
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
        else:
            sync_folder(folder.parent)
