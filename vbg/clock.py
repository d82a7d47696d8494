"""The one place that knows what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_frozen: list[datetime] = []


def now() -> datetime:
    """This instant, timezone-aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def today() -> date:
    """Today's date in UTC."""
    return now().date()


@contextmanager
def freeze(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) until the block ends; for tests."""
    _frozen.append(at)
    try:
        yield
    finally:
        _frozen.pop()
