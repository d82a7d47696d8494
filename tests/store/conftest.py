"""A store in an empty folder, and a disk that is soon full."""

import resource
import shutil
import socket
import subprocess
import sysconfig
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from vbg.store import Store, create_store
from vbg.store.bucket import Bucket, Place

SMALL_DISK = 2 * 1024 * 1024


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a store and keys."""
    create_store(tmp_path)
    return tmp_path


@pytest.fixture
def organisation() -> str:
    """Some practice's id."""
    return str(uuid.uuid4())


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A real S3 server of this run, and a bucket in it."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / "served" / "films").mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    rclone = shutil.which("rclone", path=sysconfig.get_path("scripts"))
    assert rclone is not None
    line = [rclone, "serve", "s3", str(folder / "served"), "--addr", address, "--auth-key", "vbgtests,secretsecret"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*line, "--config", str(folder / "none")], stdout=log, stderr=log)
    _await(address, server)
    yield Place(f"http://{address}", "films", "us-east-1", "vbgtests", "secretsecret")
    server.terminate()
    server.wait(timeout=30)


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    host, _, port = address.partition(":")
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError):
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        time.sleep(0.05)
    raise AssertionError("the S3 server did not start")


@pytest.fixture
def bucket(s3: Place, organisation: str) -> Bucket:
    """The practice's place in the bucket, with its marker."""
    made = Bucket(s3, organisation)
    made.create()
    return made


BOTH = pytest.mark.parametrize("store", ["disk", "bucket"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest, data: Path, organisation: str) -> Store:
    """The store in `data`; with the mark `BOTH` also one whose films lie in a bucket."""
    elsewhere = getattr(request, "param", "disk") == "bucket"
    return Store(data, organisation, depot=request.getfixturevalue("bucket") if elsewhere else None)


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
