"""What a goal may be: words of the family, and an agreement that is not in the future."""

from datetime import date
from typing import Final

from vbg.reasons import ReasonError

MAX_TEXT: Final = 500
MAX_NAMES: Final = 200


def text_fault(text: str, limit: int = MAX_TEXT) -> str | None:
    """The code of what makes `text` unfit to keep (bad_text, too_long_goal), or None."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "bad_text"
    return "too_long_goal" if len(text) > limit else None


def check_agreement(agreed_by: str, agreed_on: date | None, today: date) -> date | None:
    """The day of the agreement: today when only a name was given, None for a draft. Code: agreed_in_future.

    One day of grace: the family's day may have begun before ours.
    """
    if agreed_on is None:
        return today if agreed_by.strip() else None
    if agreed_on.toordinal() > today.toordinal() + 1:
        raise ReasonError("agreed_in_future", "agreed_on")
    return agreed_on
