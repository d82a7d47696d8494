"""What a running vbg is made of; handed to the web edge, the jobs and the CLI."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from vbg import ids
from vbg.config import Settings, SettingsError
from vbg.db import Database
from vbg.store import Depot, Store, create_store

MARKER = "MARKER"


class HouseError(Exception):
    """The data folder is not (or already) a practice; `code` says which: no_practice, practice_there, demo_there."""

    def __init__(self, code: str, folder: Path) -> None:
        super().__init__(code)
        self.code = code
        self.folder = folder


@dataclass(frozen=True, slots=True)
class House:
    """Settings, database and store of one practice's instance; `practice_id` is the sealing's organisation."""

    settings: Settings
    database: Database
    store: Store
    practice_id: uuid.UUID


def found(settings: Settings, demo: bool = False) -> uuid.UUID:
    """Make the data folder with keys, store and marker; answers the new practice's id.

    Raises HouseError when a practice stands there already, StoreError when a store elsewhere takes nothing.
    """
    folder = settings.data
    if (folder / MARKER).exists():
        raise HouseError("demo_there" if is_demo(folder) else "practice_there", folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    practice_id = ids.new()
    create_store(folder, _depot(settings, practice_id))
    (folder / MARKER).write_text(f"vbg {'demo' if demo else 'practice'} {practice_id}\n", "ascii")
    return practice_id


def is_demo(folder: Path) -> bool:
    """Whether the folder bears the demo's marker."""
    marker = folder / MARKER
    return marker.is_file() and marker.read_text("ascii").startswith("vbg demo")


def enter(settings: Settings) -> House:
    """Open the house of an existing data folder. Raises HouseError('no_practice')."""
    marker = settings.data / MARKER
    if not marker.is_file():
        raise HouseError("no_practice", settings.data)
    practice_id = uuid.UUID(marker.read_text("ascii").split()[-1])
    store = Store(settings.data, str(practice_id), depot=_depot(settings, practice_id))
    return House(settings, Database(settings.database), store, practice_id)


def _depot(settings: Settings, practice_id: uuid.UUID) -> Depot | None:
    """The bucket that the settings name, below the practice's own id; None for the data folder."""
    if settings.bucket is None:
        return None
    try:
        from vbg.store.bucket import Bucket, Place  # only who uses it needs its client
    except ImportError:
        raise SettingsError("store_url: install vbg[scale] first.") from None
    keys = settings.store_region, settings.store_key_id, settings.store_key_secret
    return Bucket(Place(*settings.bucket, *keys), str(practice_id))
