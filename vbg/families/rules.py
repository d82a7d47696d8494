"""Pure facts about families: who may decide, how old a child is, which phase that is called."""

from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """A member is a child or an adult; nothing else is assumed."""

    CHILD = "child"
    ADULT = "adult"


class Authority(StrEnum):
    """Whether an adult holds authority (gezag): asked, never guessed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def months_between(born_on: date, on: date) -> int:
    """Whole months of age."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
