"""Short-lived plain files for the sandboxed tools: in memory when they fit, else in a closed folder."""

import hashlib
import os
import shutil
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vbg.store import disk
from vbg.store.errors import full_disk_is_said

MEMORY = Path("/dev/shm")  # noqa: S108 - only folders proven to be our own (0700) are used there
MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")


def free_memory() -> int:
    """Bytes of memory this process may still use; 0 where that cannot be known."""
    try:
        lines = dict(line.split(":", 1) for line in MEMINFO.read_text().splitlines())
        free = int(lines["MemAvailable"].split()[0]) * 1024
        space = shutil.disk_usage(MEMORY).free
    except (OSError, KeyError, ValueError):
        return 0
    with suppress(OSError, ValueError):
        limit = int((CGROUP / "memory.max").read_text())
        free = min(free, limit - int((CGROUP / "memory.current").read_text()))
    return max(0, min(free, space))


class Scratch:
    """Job folders of one data folder, 0700."""

    def __init__(self, data: Path) -> None:
        self._disk = data / "scratch"
        mark = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
        self._memory = MEMORY / f"vbg-{_user()}-{mark}"

    @contextmanager
    def job(self, need_bytes: int | None = None) -> Iterator[Path]:
        """A new empty folder, removed at the end whatever happens.

        `need_bytes` is what the job will hold at most; unknown means disk. StoreError('full').
        """
        with full_disk_is_said():
            root = self._memory if self._fits(need_bytes) else self._disk
            disk.make_folder(root)
            folder, hold = _begun(root)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(hold)

    def in_memory(self, path: Path) -> bool:
        """Whether a file of a job never reaches a disk."""
        return path.is_relative_to(self._memory)

    def wipe(self) -> None:
        """Remove what killed jobs left; a job that still runs, here or in another process, keeps its folder."""
        for root in (self._disk, self._memory):
            if not _own(root):
                continue
            alone = _hold(root)
            try:
                for left in root.iterdir():
                    _remove_unless_held(left)
            finally:
                os.close(alone)

    def _fits(self, need_bytes: int | None) -> bool:
        if need_bytes is None or need_bytes > free_memory() // 4:
            return False
        return _own(self._memory) or not os.path.lexists(self._memory)


def _begun(root: Path) -> tuple[Path, int]:
    """A new folder and the lock that says that its job is alive; a kill lets go of it."""
    alone = _hold(root)  # no wipe comes between the name and the lock
    try:
        folder = root / uuid.uuid4().hex
        folder.mkdir(mode=0o700)
        return folder, _hold(folder)
    finally:
        os.close(alone)


def _hold(folder: Path, wait: bool = True) -> int:
    """A handle that holds the folder until it is closed. BlockingIOError when another holds it and `wait` is False."""
    if os.name == "nt":  # no such lock there: a wipe before serving takes all
        return os.open(os.devnull, os.O_RDONLY)
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _remove_unless_held(folder: Path) -> None:
    try:
        handle = _hold(folder, wait=False)
    except (BlockingIOError, FileNotFoundError):  # its job still runs, or just ended
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.close(handle)


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _own(folder: Path) -> bool:
    """A real folder of ours: in shared memory anybody may have put a link or a folder of that name."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (os.name == "nt" or found.st_uid == _user())
