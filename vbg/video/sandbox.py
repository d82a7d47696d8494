"""The box in which media tools run: they see one film, one folder to write in, no network, no home."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_BWRAP = (
    "--unshare-all --die-with-parent --new-session --clearenv --cap-drop ALL --ro-bind /usr /usr"
    " --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin"
    " --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache --ro-bind-try /etc/alternatives /etc/alternatives"
    " --proc /proc --dev /dev --tmpfs /tmp --dir /w"
).split()

_NICE = "10"
_IF_ALIVE = '[ "$PPID" = "$0" ] && exec "$@"'


@dataclass(frozen=True)
class Cell:
    """One job's view: the film it reads, the folder it writes in, the programs it needs, its limits.

    ``cpu_s`` in seconds, ``file_bytes`` per written file, ``memory_bytes`` of address space. ``locked``: the film
    is under a one-time key.
    """

    film: Path | None
    folder: Path
    programs: tuple[Path, ...]
    cpu_s: int
    file_bytes: int
    memory_bytes: int
    locked: bool = False


@dataclass(frozen=True)
class Sandbox:
    """How jobs are boxed in: ``bwrap``, or ``none`` (limits and lists only; the caller decides on uploads).

    ``nice``: the tool that makes them give way to who waits for a page; ``setpriv``: the one that lets them die with
    who started them, whatever else they are.
    """

    name: Literal["bwrap", "none"]
    bwrap: str = ""
    prlimit: str = ""
    nice: str = ""
    setpriv: str = ""

    def source(self, cell: Cell) -> str:
        """The film's address as the tool must be told it: always ``file:`` and absolute, ``crypto:`` when locked."""
        address = "file:/w/in" if self.name == "bwrap" else f"file:{cell.film}"
        return f"crypto:{address}" if cell.locked else address

    def target(self, cell: Cell, name: str) -> str:
        """The address of a file to write, ``name`` being one we made up ourselves."""
        return f"file:/w/out/{name}" if self.name == "bwrap" else f"file:{cell.folder / name}"

    def wrap(self, argv: list[str], cell: Cell) -> list[str]:
        """The command line that runs ``argv`` inside the box."""
        limited = [*self._limits(cell), *argv]
        giving_way = [*self._tie(), *([self.nice, "-n", _NICE] if self.nice else [])]
        if self.name == "none":
            return [*giving_way, *limited]
        return [*giving_way, self.bwrap, *_BWRAP, *_mounts(cell), "--chdir", "/w", *limited]

    def _tie(self) -> list[str]:
        """Who was killed before the tie held has another parent's number by then: the tool does not begin."""
        if not self.setpriv:
            return []
        return [self.setpriv, "--pdeathsig", "KILL", "/bin/sh", "-c", _IF_ALIVE, str(os.getpid())]

    def _limits(self, cell: Cell) -> list[str]:
        if not self.prlimit:
            return []
        return [
            self.prlimit,
            f"--as={cell.memory_bytes}",
            f"--cpu={cell.cpu_s}",
            f"--fsize={cell.file_bytes}",
            "--nofile=64",
            "--core=0",
        ]


def _mounts(cell: Cell) -> list[str]:
    mounts: list[str] = []
    for program in cell.programs:
        if not program.is_relative_to("/usr"):
            mounts += ["--ro-bind", str(program), str(program)]
    if cell.film is not None:
        mounts += ["--ro-bind", str(cell.film), "/w/in"]
    return [*mounts, "--bind", str(cell.folder), "/w/out"]


def candidates() -> list[Sandbox]:
    """The boxes this system may have, the strongest first; a trial run chooses (``run.choose``)."""
    nice = shutil.which("nice") or ""
    if not sys.platform.startswith("linux"):
        return [Sandbox("none", nice=nice)]
    bwrap, prlimit = shutil.which("bwrap") or "", shutil.which("prlimit") or ""
    setpriv = shutil.which("setpriv") or ""
    boxed = [Sandbox("bwrap", bwrap, prlimit, nice, setpriv)] if bwrap and prlimit else []
    return [*boxed, Sandbox("none", "", prlimit, nice, setpriv)]
