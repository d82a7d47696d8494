"""What an appointment can be, how somebody is filmed, and how it stands on a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

AFTERWARDS = timedelta(days=14)
"""So long an appointment that nobody said anything of asks for a word."""
WEEK = timedelta(days=7)
MAX_PLACE, MAX_WHAT, MAX_NOTE = 120, 200, 5000
MAX_ROLES = 60


class Kind(StrEnum):
    """What one comes for."""

    FILMING = "filming"
    REVIEW = "review"
    CLOSING = "closing"


class Role(StrEnum):
    """How somebody takes part in the film (craft 31)."""

    SEEN = "seen"
    HANDS = "hands"
    UNSEEN = "unseen"
    FILMS = "films"


class Stand(StrEnum):
    """Where it stands: still to come, today, its day is behind us without a word, done, called off."""

    AHEAD = "ahead"
    TODAY = "today"
    BEHIND = "behind"
    DONE = "done"
    OFF = "off"


def stand(visit: Any, today: date) -> Stand:
    """How an appointment stands today; called off goes before done."""
    if visit.called_off_at:
        return Stand.OFF
    if visit.done_at:
        return Stand.DONE
    if visit.on == today:
        return Stand.TODAY
    return Stand.AHEAD if visit.on > today else Stand.BEHIND


def read_roles(told: Iterable[str]) -> dict[str, str]:
    """Who is filmed how, out of `<member id> <role>`; a blank says nothing of anybody. ValueError not_a_choice."""
    found: dict[str, str] = {}
    for one in told:
        who, _, role = one.partition(" ")
        if not one:
            continue
        if role not in set(Role) or not who:
            raise ValueError("not_a_choice")
        found[who] = role
    return found
