"""A store in an empty folder, and a disk that is soon full."""

import resource
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from vbg.store import Store, create_store

SMALL_DISK = 2 * 1024 * 1024


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a store and keys."""
    create_store(tmp_path)
    return tmp_path


@pytest.fixture
def organisation() -> str:
    """Some practice's id."""
    return "0199aaaa-0000-7000-8000-000000000001"


@pytest.fixture
def store(data: Path, organisation: str) -> Store:
    """The store in `data`."""
    return Store(data, organisation)


@pytest.fixture
def film() -> uuid.UUID:
    """Some film's id."""
    return uuid.uuid4()


@pytest.fixture(params=["disk", "limit"])
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder that holds no more than 2 MiB: by a small disk of its own, and by a limit on every file.

    Who may not mount a disk gets the limit twice.
    """
    mounted = request.param == "disk" and _mount(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, before[1]))
    try:
        yield tmp_path
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        if mounted:
            subprocess.run(["umount", str(tmp_path)], check=True)


def _mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
