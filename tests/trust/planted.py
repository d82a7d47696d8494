"""What is planted in a film and around it, and the search for it on disk: marks of this run that are nobody's words."""

import base64
import os
import secrets
import stat
import struct
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.ground import FFMPEG, heavy_film

SLICES, SLICE_BYTES = 6, 32
NOISY = "testsrc2=size=320x240:rate=25,noise=alls=40:allf=t"
SEI = "086f3693-b7b3-4f2c-9653-21492feee5b8"
# where programs leave things behind without being told to
COMMON = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"))
OF_OTHERS = "pytest-of-"


def mark(what: str) -> str:
    """A word that stands nowhere else in the world, in a form that any field takes."""
    return f"{what}zwaluw{secrets.token_hex(9)}"


def phone_film(path: Path, marks: dict[str, str]) -> Path:
    """A film that plays as it is: a mark in its title, its comment, each picture's own note and a box of nothing."""
    note = f"h264_metadata=sei_user_data={SEI}+{marks['picture']}"
    told = [part for name in ("title", "comment") for part in ("-metadata", f"{name}={marks[name]}")]
    command = [
        FFMPEG, "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", NOISY, "-f", "lavfi", "-i", "sine=440",
        "-t", "6", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bsf:v", note, "-c:a", "aac",
        *told, str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    nothing = (marks["box"] * 40).encode()
    with path.open("ab") as film:
        film.write(struct.pack(">I4s", 8 + len(nothing), b"free") + nothing)
    assert all(one.encode() in path.read_bytes() for one in marks.values())
    return path


def camera_film(path: Path) -> Path:
    """A film that has to be encoded anew, which takes a while."""
    return heavy_film(path, "640x480", 30)


def another(path: Path) -> Path:
    """The same film with an end of its own, so that it is not the one that was there before."""
    made = path.with_stem(f"{path.stem}-{secrets.token_hex(4)}")
    nothing = secrets.token_bytes(16)
    head = struct.pack("<4sI", b"JUNK", 16) if path.suffix == ".avi" else struct.pack(">I4s", 8 + 16, b"free")
    made.write_bytes(path.read_bytes() + head + nothing)
    return made


def slices(data: bytes) -> list[bytes]:
    """Short runs out of a film's own bytes, spread over it, each too varied to stand elsewhere by chance."""
    found: list[bytes] = []
    for share in range(1, SLICES + 1):
        at = len(data) * share // (SLICES + 1)
        while len(set(data[at : at + SLICE_BYTES])) < SLICE_BYTES * 2 // 3:
            at += SLICE_BYTES
        found.append(data[at : at + SLICE_BYTES])
    return found


def shapes(word: str) -> list[bytes]:
    """The ways in which a program may write a word down: plain, wide, as hex digits, in base64 at any place."""
    plain = word.encode()
    coded = [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [plain, word.encode("utf-16-le"), plain.hex().encode(), *coded]


def files(*folders: Path) -> Iterator[Path]:
    """All files in these folders."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def left_about(since: float) -> Iterator[Path]:
    """Files in the machine's common places that were written since then, but for those of other test runs."""
    for folder in COMMON:
        for root, names, inside in os.walk(folder):
            names[:] = [name for name in names if not name.startswith(OF_OTHERS)]
            yield from (path for name in inside if _is_fresh(path := Path(root) / name, since))


def _is_fresh(path: Path, since: float) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_mtime >= since and os.access(path, os.R_OK)


def bearing(paths: Iterable[Path], needles: Iterable[bytes]) -> list[str]:
    """The files in which any needle stands, each with the needle's beginning; what is just going away holds none."""
    wanted, found = list(needles), []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            continue
        found += [f"{path}: {needle[:40]!r}" for needle in wanted if needle in data or needle in str(path).encode()]
    return found


def overheard(pid: int) -> bytes:
    """Command lines and environments of all that runs below this process."""
    heard, parents = b"", _parents()
    for one in parents:
        above = one
        while above in parents and above != pid:
            above = parents[above]
        if above == pid:
            heard += _read(Path(f"/proc/{one}/cmdline")) + _read(Path(f"/proc/{one}/environ"))
    return heard


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    return [one for one, parent in _parents().items() if parent == pid]


def _parents() -> dict[int, int]:
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        words = _read(path).rpartition(b") ")[2].split()
        if len(words) > 1:
            found[int(path.parent.name)] = int(words[1])
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def now() -> float:
    """The time by which files are stamped, s."""
    return time.time()
