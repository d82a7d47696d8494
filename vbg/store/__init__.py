"""The only door to media bytes: sealed at rest, opened by range, erased by destroying the key."""

from vbg.store.depot import Depot, Kept
from vbg.store.errors import StoreError
from vbg.store.keys import KeyRing, KeyShelf, SqliteShelf, create_keys
from vbg.store.sealing import Reader, Sealed
from vbg.store.vault import Aside, Store, Thing, create_store

__all__ = [
    "Aside",
    "Depot",
    "Kept",
    "KeyRing",
    "KeyShelf",
    "Reader",
    "Sealed",
    "SqliteShelf",
    "Store",
    "StoreError",
    "Thing",
    "create_keys",
    "create_store",
]
