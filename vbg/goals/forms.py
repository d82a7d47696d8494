"""What a browser or program sends about a goal. Only its text is needed; nothing is trimmed."""

import re
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr

from vbg.goals import rules


def at_most(limit: int, code: str) -> AfterValidator:
    """Words of at most so many characters, of any kind that can be kept; `code` says that they are longer."""

    def fits(text: str) -> str:
        fault = rules.text_fault(text, limit, code)
        if fault:
            raise ValueError(fault)
        return text

    return AfterValidator(fits)


def there(text: str) -> str:
    """Words that are more than blanks."""
    if not text.strip():
        raise ValueError("missing")
    return text


def _day(value: object) -> object:
    if value in ("", None):
        return None
    return value if isinstance(value, str | date) else "not a day"


def _one_of(codes: range, code: str) -> BeforeValidator:
    def read(value: object) -> int:
        if isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,3}\s*", value):
            value = int(value)
        if type(value) is not int or value not in codes:
            raise ValueError(code)
        return value

    return BeforeValidator(read)


Line = Annotated[StrictStr, at_most(rules.MAX_TEXT, "too_long_text")]
Short = Annotated[StrictStr, at_most(rules.MAX_SHORT, "too_long_short")]
Rung = Annotated[int, _one_of(rules.RUNGS, "unknown_rung")]
Level = Annotated[int, _one_of(rules.LEVELS, "unknown_level")]
Start = Annotated[int, _one_of(range(-2, 0), "unknown_level")]
Weight = Annotated[int, _one_of(range(1, rules.MAX_WEIGHT + 1), "unknown_weight")]
Names = Annotated[StrictStr, at_most(rules.MAX_NAMES, "too_long_names")]
Text = Annotated[StrictStr, at_most(rules.MAX_TEXT, "too_long_goal"), AfterValidator(there)]
Day = Annotated[date | None, BeforeValidator(_day)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AgreementIn(_Form):
    """Who agreed, and on which day; a name alone means today."""

    agreed_by: Names = ""
    agreed_on: Day = None


class GoalEdit(AgreementIn):
    """A goal's words, whose they are, and who agreed to them.

    `when_where`: when and where they want to see it; `seen_as`: what would be seen on film; `begins_at`: how it goes
    now; `enough`: when it is enough; `short_word`: what to call it where its words do not fit.
    """

    text: Text
    short_word: Short = ""
    when_where: Line = ""
    seen_as: Line = ""
    begins_at: Line = ""
    enough: Line = ""
    authors: Names = ""


class GoalIn(GoalEdit):
    """A new goal. The same POST with the same `id` makes no twin."""

    id: UUID | None = None


class RungIn(_Form):
    """The rung the parents choose, 0 to 10; without a day it is today."""

    value: Rung
    chosen_by: Names = ""
    words: Line = ""
    on: Day = None


class LevelIn(_Form):
    """The level a counselor sees, -2 to 2; without a day it is today."""

    value: Level
    on: Day = None


class ScaleIn(_Form):
    """What each level looks like, from -2 to 2, where it began and how much the goal counts."""

    much_less: Line = ""
    less: Line = ""
    expected: Line = ""
    more: Line = ""
    much_more: Line = ""
    start_level: Start = -2
    weight: Weight = 1

    @property
    def texts(self) -> list[str]:
        """From -2 to 2."""
        return [self.much_less, self.less, self.expected, self.more, self.much_more]
