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
            folder = root / uuid.uuid4().hex
            folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def wipe(self) -> None:
        """Remove what killed jobs left; only before serving starts."""
        for root in (self._disk, self._memory):
            if _own(root):
                shutil.rmtree(root)

    def _fits(self, need_bytes: int | None) -> bool:
        if need_bytes is None or need_bytes > free_memory() // 4:
            return False
        return _own(self._memory) or not os.path.lexists(self._memory)


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _own(folder: Path) -> bool:
    """A real folder of ours: in shared memory anybody may have put a link or a folder of that name."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (os.name == "nt" or found.st_uid == _user())
