"""UUIDv7 (RFC 9562 section 5.7): ids that sort by the moment they were made."""

import secrets
import time
from uuid import UUID


def new() -> UUID:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, version, 74 random bits."""
    ms = time.time_ns() // 1_000_000
    value = (ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def parse(text: object) -> UUID | None:
    """The UUID that `text` spells, or None."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
