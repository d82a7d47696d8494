"""Settings: one frozen object, read once from `vbg.toml` and `VBG_*`."""

import os
import re
import secrets
import sys
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CLONE = Path(__file__).resolve().parent.parent
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


class SettingsError(Exception):
    """A setting cannot be understood; the message says which and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set. Each field is `VBG_<NAME>` in the environment and `<name>` in vbg.toml."""

    data: Path
    database_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = 8420
    threads: int = 32
    ffmpeg: str = ""
    unsandboxed_uploads: bool = False
    films_at_once: int = 1
    upload_max_bytes: int = 20 * 1024**3
    quota_bytes: int = 0
    hold_days: int = 7
    practice_room_hours: int = 24
    idle_minutes: int = 30
    session_hours: int = 12
    room_hours: int = 4
    demo: bool = False
    store_url: str = ""
    store_region: str = "us-east-1"
    store_key_id: str = ""
    store_key_secret: str = field(default="", repr=False)

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database; SQLite in the data folder unless set."""
        return self.database_url or f"sqlite+pysqlite:///{self.data / 'vbg.db'}"

    @property
    def bucket(self) -> tuple[str, str] | None:
        """Endpoint and bucket of the S3-compatible store; None when films lie in the data folder."""
        if not self.store_url:
            return None
        found = urlsplit(self.store_url)
        return f"{found.scheme}://{found.netloc}", found.path.strip("/")


def default_data() -> Path:
    """`media/practice` in a clone, the user's data folder when installed."""
    if (CLONE / "pyproject.toml").is_file():
        return CLONE / "media" / "practice"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "vbg"
    root = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_DATA_HOME")
    return Path(root or Path.home() / ".local" / "share") / "vbg"


def load(data: Path | None = None) -> Settings:
    """Read vbg.toml of the data folder, then the environment, which wins.

    Raises SettingsError when a value is not of its kind or a key is unknown.
    """
    folder = (data or Path(os.environ.get("VBG_DATA") or default_data())).expanduser().resolve()
    file = folder / "vbg.toml"
    found: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    kinds = {one.name: type(one.default) for one in fields(Settings) if one.name != "data"}
    unknown = sorted(set(found) - set(kinds))
    if unknown:
        raise SettingsError(f"{file.name}: unknown setting {unknown[0]!r}. Known: {', '.join(sorted(kinds))}.")
    found |= {name: os.environ[key] for name in kinds if (key := f"VBG_{name.upper()}") in os.environ}
    settings = replace(Settings(folder), **{name: _read(name, kinds[name], value) for name, value in found.items()})
    _need_bucket(settings)
    return settings


def _need_bucket(settings: Settings) -> None:
    """A store elsewhere is named whole, or not at all. The address is not told again: it may hold a password."""
    if settings.bucket is None:
        return
    found = urlsplit(settings.store_url)
    strange = found.scheme not in ("http", "https") or not found.hostname or "@" in found.netloc
    if strange or not BUCKET.fullmatch(settings.bucket[1]) or found.query or found.fragment:
        raise SettingsError("store_url: say https://HOST/BUCKET, and nothing more.")
    if not (settings.store_key_id and settings.store_key_secret):
        raise SettingsError("store_url: say store_key_id and store_key_secret too.")


def _read(name: str, kind: type, value: object) -> Any:
    if kind is bool:
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if (known := words.get(str(value).lower())) is None:
            raise SettingsError(f"{name}: say yes or no, not {value!r}.")
        return known
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{name}: {value!r} is not a whole number.") from None


def secret_for(settings: Settings) -> str:
    """The key that signs cookies: from the settings, else a 0600 file made once in `keys/`."""
    if settings.secret_key:
        return settings.secret_key
    file = settings.data / "keys" / "cookies.key"
    if not file.is_file():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32))
    return file.read_text("ascii")
