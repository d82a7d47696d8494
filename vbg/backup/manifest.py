"""What a backup holds: every file by its name in the store, its size and its sha256. Written last, read first."""

import hashlib
import json
import re
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vbg.reasons import ReasonError
from vbg.store import disk

FILE = "MANIFEST.json"
FORMAT = 1
NAME = re.compile(r"films/[0-9a-f]{2}/[0-9a-f]{32}/[a-z0-9][a-z0-9_-]*\.\d+\.sealed|uploads/[0-9a-f]{32}/\d{20}\.part")
PART = re.compile(r"[a-z0-9-]+\.db")
SHA256 = re.compile(r"[0-9a-f]{64}")
STEP = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: its name, size in bytes and sha256 in hex. `changed_ns` is when its source last changed."""

    name: str
    size: int
    sha256: str
    changed_ns: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """One whole backup. `revision` names the tables; `missing` are names whose rows had no file."""

    practice_id: str
    demo: bool
    made_at: str
    revision: str
    database: Kept
    keys: Kept
    media: tuple[Kept, ...]
    missing: tuple[str, ...] = ()


def media_file(folder: Path, sha256: str) -> Path:
    """Where a file of the store stands in the backup: under what it is, so that nothing is ever written over."""
    return folder / "media" / sha256[:2] / sha256


def database_file(folder: Path, kept: Kept) -> Path:
    """The copy of the database."""
    return folder / "database" / kept.name


def keys_file(folder: Path, kept: Kept) -> Path:
    """The copy of the wrapped keys."""
    return folder / "keys" / kept.name


def write(folder: Path, manifest: Manifest) -> None:
    """Make this the backup: by rename, durable. OSError."""
    body = asdict(manifest)
    told = {"vbg_backup": FORMAT, "sha256": _digest(body), "body": body}
    with disk.unfinished(folder) as (path, out):
        out.write(json.dumps(told, indent=1).encode())
    disk.publish(path, folder / FILE)


def read(folder: Path) -> Manifest:
    """The newest whole backup. ReasonError: no_backup, backup_newer, backup_damaged (file)."""
    try:
        told = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        raise ReasonError("no_backup", folder=folder) from None
    except ValueError:
        raise damaged(FILE) from None
    if not isinstance(told, dict) or not isinstance(told.get("body"), dict):
        raise damaged(FILE)
    if told.get("vbg_backup") != FORMAT:
        raise ReasonError("backup_newer")
    body = told["body"]
    if told.get("sha256") != _digest(body):
        raise damaged(FILE)
    try:
        return _checked(_made(body))
    except (TypeError, KeyError, ValueError):
        raise damaged(FILE) from None


def damaged(file: str) -> ReasonError:
    """The refusal that names a file of the backup."""
    return ReasonError("backup_damaged", file=file)


def digest_of(path: Path) -> tuple[int, str]:
    """Size in bytes and sha256 of a file, read anew."""
    whole, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while chunk := source.read(STEP):
            whole.update(chunk)
            size += len(chunk)
    return size, whole.hexdigest()


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _made(body: dict[str, Any]) -> Manifest:
    parts = {name: Kept(**body[name]) for name in ("database", "keys")}
    media = tuple(Kept(**one) for one in body["media"])
    return Manifest(**(body | parts | {"media": media, "missing": tuple(body["missing"])}))


def _checked(manifest: Manifest) -> Manifest:
    """Names from a file on a stick become paths only when they look like ours. ValueError."""
    uuid.UUID(manifest.practice_id)
    named = [(NAME, one) for one in manifest.media] + [(PART, manifest.database), (PART, manifest.keys)]
    for pattern, kept in named:
        if not (pattern.fullmatch(kept.name) and SHA256.fullmatch(kept.sha256)):
            raise ValueError
    return manifest
