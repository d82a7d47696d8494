"""What a running vbg is made of; handed to the web edge, the jobs and the CLI."""

from dataclasses import dataclass

from vbg.config import Settings
from vbg.db import Database
from vbg.store import Store


@dataclass(frozen=True, slots=True)
class House:
    """Settings, database and store of one practice's instance."""

    settings: Settings
    database: Database
    store: Store
