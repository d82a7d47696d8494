"""Pure rules of letting a phone in: its code, how long that works, how it is written."""

from datetime import datetime, timedelta

CODE_LIFE = timedelta(minutes=10)
CODE_SIGNS = 8


def code_fault(now: datetime, expires_at: datetime, used_at: datetime | None) -> str | None:
    """A reason code when a known code opens nothing (any more)."""
    if used_at is not None:
        return "phone_code_used"
    return "phone_code_late" if expires_at <= now else None


def spelled(code: str) -> str:
    """A code as it is read aloud: two halves."""
    half = CODE_SIGNS // 2
    return f"{code[:half]}-{code[half:]}"
