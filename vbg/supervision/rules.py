"""How long a bag stays, and what a training counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAYS: Final = 14
"""How long a new bag stays unless another day is chosen."""
MOST_DAYS: Final = 62
"""Two months: a film is a temporary tool, not a record."""
COUNTED_DAYS: Final = 3 * 365
"""A certificate looks back three years."""
ASKED: Final = {"NL": (10, 3), "BE": (10, 16)}
"""By country: how many families walked with and how many supervisions a training often asks for."""


@dataclass(frozen=True, slots=True)
class Count:
    """One number of somebody's own work, and what a training often asks."""

    done: int
    asked: int


def last_day(today: date) -> date:
    """The day a new bag goes until."""
    return today + timedelta(days=DAYS)


def fault_of(until: date, today: date) -> str:
    """Why a bag cannot go until this day, or nothing. Codes: day_gone, bag_too_long."""
    if until < today:
        return "day_gone"
    return "bag_too_long" if until > today + timedelta(days=MOST_DAYS) else ""


def asked(country: str) -> tuple[int, int]:
    """What a training in this country often asks: families, supervisions."""
    return ASKED.get(country, ASKED["BE"])
