"""What a goal may be: words of the family, an agreement that is not in the future, rungs and levels."""

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Final

from vbg.reasons import ReasonError

MAX_TEXT: Final = 500
MAX_NAMES: Final = 200
MAX_SHORT: Final = 40
RUNGS: Final = range(11)
LEVELS: Final = range(-2, 3)
MAX_WEIGHT: Final = 10
MANY: Final = 3
"""More goals than this at a time is more than a family can look at."""
RHO: Final = 0.30
"""How much levels of goals are assumed to go together (Kiresuk and Sherman 1968)."""


def text_fault(text: str, limit: int, code: str) -> str | None:
    """The code of what makes `text` unfit to keep (bad_text, or `code` beyond `limit`), or None."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "bad_text"
    return code if len(text) > limit else None


def check_agreement(agreed_by: str, agreed_on: date | None, today: date) -> date | None:
    """The day of the agreement: today when only a name was given, None for a draft. Code: agreed_in_future.

    One day of grace: the family's day may have begun before ours.
    """
    if agreed_on is None:
        return today if agreed_by.strip() else None
    if agreed_on.toordinal() > today.toordinal() + 1:
        raise ReasonError("agreed_in_future", "agreed_on")
    return agreed_on


def check_day(day: date | None, today: date, field: str) -> date:
    """`day`, today without one. Code: day_in_future. One day of grace, as for an agreement."""
    if day is not None and day.toordinal() > today.toordinal() + 1:
        raise ReasonError("day_in_future", field)
    return day or today


def t_score(levels: Sequence[tuple[int, int]]) -> float | None:
    """T of (weight, level) pairs, levels -2 to 2; None of no goals.

    T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2), rho = 0.30: Kiresuk and Sherman (1968), "Goal
    attainment scaling", Community Mental Health Journal 4. 50 is: all as expected. A much-copied guide of 2009
    printed it wrongly, and was corrected by an erratum (doi 10.1177/0269215508101742).
    """
    if not levels:
        return None
    weights = [weight for weight, _ in levels]
    under = (1 - RHO) * sum(weight * weight for weight in weights) + RHO * sum(weights) ** 2
    return 50 + 10 * sum(weight * level for weight, level in levels) / sqrt(under)


def is_several(names: str) -> bool:
    """Whether these call names are of more than one person: "mama en papa", "Samira, opa"."""
    words = names.replace(",", " , ").replace("&", " & ").split()
    return any(word in {",", "&", "en", "and"} for word in words[1:-1])
