"""Files that are wholly there or not at all, and stay there through a power cut."""

import errno
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
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


@contextmanager
def private(folder: Path) -> Iterator[tuple[BinaryIO, Callable[[Path], None]]]:
    """A new file (0600) in `folder` without a name until `name_it(final)` is called: a kill leaves nothing behind.

    `name_it` raises FileExistsError. Where the disk knows no nameless files it has a passing name meanwhile.
    """
    try:
        handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except (AttributeError, OSError):
        with unfinished(folder) as (path, out):
            yield out, partial(_rename_new, path)
            if path.exists():
                path.unlink()
        return
    root = os.open("/", os.O_RDONLY)
    try:
        with os.fdopen(handle, "w+b") as out:
            # With a folder's handle the call follows /proc's link to the file itself.
            yield out, lambda final: os.link(f"/proc/self/fd/{handle}", final, src_dir_fd=root)
    finally:
        os.close(root)


def _rename_new(path: Path, final: Path) -> None:
    create(final).close()
    path.replace(final)


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
