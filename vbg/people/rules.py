"""Pure rules of signing in: passwords, throttling, codes."""

from datetime import datetime, timedelta
from enum import StrEnum

STAFF_PASSWORD_MIN = 12
PARENT_PASSWORD_MIN = 8
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LIFE = timedelta(days=14)
LINK_LIFE = timedelta(minutes=30)
PHONE_LIFE = timedelta(hours=4)
TRIES = 5
TRY_WINDOW = timedelta(minutes=15)
COMMON = ("password", "wachtwoord", "welkom", "123456", "qwerty", "azerty", "letmein", "abcdef")


class Role(StrEnum):
    """What somebody is in the practice."""

    COUNSELOR = "counselor"
    MANAGER = "manager"
    PARENT = "parent"


class Scope(StrEnum):
    """What a program may do with its token: look, or also change."""

    READ = "read"
    WRITE = "write"


def token_state(now: datetime, expires_at: datetime | None, revoked_at: datetime | None) -> str:
    """'live', 'expired' or 'revoked'; only a live token opens anything."""
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at is not None and expires_at <= now else "live"


def password_fault(password: str, role: str, email: str) -> str | None:
    """A reason code when the password is too weak: length first, then what everybody tries (NIST SP 800-63B 5.1.1)."""
    if len(password) < (PARENT_PASSWORD_MIN if role == Role.PARENT else STAFF_PASSWORD_MIN):
        return "password_short_parent" if role == Role.PARENT else "password_short"
    if len(password) > 200:
        return "password_long"
    plain = password.lower()
    stripped = plain.strip("0123456789!?.-_ ")
    own = email.split("@", maxsplit=1)[0].lower()
    if stripped in ("", *COMMON) or len(set(plain)) < 4 or (len(own) > 3 and stripped == own):
        return "password_common"
    return None


def is_throttled(failures: list[datetime], now: datetime) -> bool:
    """Whether so many tries failed lately that the next one has to wait."""
    return sum(at > now - TRY_WINDOW for at in failures) >= TRIES


def tidy_code(text: str) -> str:
    """A typed code as it was made: no blanks or dashes, O read as 0, I and L as 1 (Crockford's base 32)."""
    return text.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
