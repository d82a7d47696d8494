"""What must hold once the dust has settled: processes that are ours, files without rows, rows without files."""

import time
from pathlib import Path

from sqlalchemy import select

from vbg.films.models import Film, Rendition, Upload
from vbg.films.rules import State
from vbg.house import House
from vbg.store.scratch import Scratch

PROC = Path("/proc")


def until(true, seconds=60.0):
    """Wait until something is so; how many seconds that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not come to be in time"
        time.sleep(0.02)
    return time.monotonic() - began


def descendants(root: int) -> dict[int, str]:
    """All processes below a process: number and command line."""
    parents = {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it ended while we looked
    found, front = {}, {root}
    while front:
        front = {pid for pid, parent in parents.items() if parent in front}
        found |= {pid: words for pid in front if (words := command(pid))}
    return found


def command(pid: int) -> str:
    """The command line of a process that lives; nothing for one that ended, collected or not."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def orphans(house: House) -> list[str]:
    """Files without a row, rows without a file, and what jobs or uploads left lying; nothing when all is well."""
    with house.database.unit(write=False) as session:
        made = select(Rendition.film_id, Rendition.kind, Rendition.version).where(Rendition.size_bytes > 0)
        rows = {tuple(row) for row in session.execute(made)}
        known = set(session.scalars(select(Upload.id)))
        finished = set(session.scalars(select(Upload.id).where(Upload.film_id.in_(select(Film.id)))))
    files, uploads = set(house.store.listing()), set(house.store.upload_ids())
    data = house.settings.data
    rooms = Scratch(data)
    left = [path for root in (rooms._disk, rooms._memory, data / "store" / "incoming") for path in root.glob("*")]
    return [
        *(f"a file without a row: {one}" for one in files - rows),
        *(f"a row without a file: {one}" for one in rows - files),
        *(f"left lying: {path}" for path in left),
        *(f"an upload without a row: {one}" for one in uploads - known),
        *(f"bytes of a finished upload: {one}" for one in uploads & finished),
    ]


def settled(house: House) -> bool:
    """Whether every film is ready or failed."""
    with house.database.unit(write=False) as session:
        return set(session.scalars(select(Film.state))) <= {State.READY, State.FAILED}
