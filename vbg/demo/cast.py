"""What a story of the demo is made of: its people, goals, films and moments, with days as distances from today."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vbg.tagsets.basisset import BASISSET

Authority = Literal["yes", "no", "unknown"]
Purpose = Literal["filming", "review", "take_home"]
Yes = Literal["yes", "no", "later"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Someone who can sign in to the demo."""

    name: str
    call_name: str
    email: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Child:
    """A child: the age in months of today."""

    call_name: str
    months: int
    household: str
    profile: str = ""

    def born_on(self, today: date) -> date:
        """The day of birth that gives this age today."""
        years, month = divmod(today.year * 12 + today.month - 1 - self.months, 12)
        last = calendar.monthrange(years, month + 1)[1]
        return date(years, month + 1, min(today.day, last))


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult by the name the child uses; `sign_in` when this person may sign in."""

    call_name: str
    household: str
    authority: Authority
    sign_in: SignIn | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a member answered to a purpose, so many days ago."""

    who: str
    purpose: Purpose
    answer: Yes
    days_ago: int
    way: Literal["spoken", "paper", "screen"] = "spoken"


@dataclass(frozen=True, slots=True)
class ChosenRung:
    """The rung that a goal's authors chose so many days ago, with their words."""

    value: int
    days_ago: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class AgreedGoal:
    """A goal in the parents' words, agreed so many days ago; None is a draft."""

    key: str
    text: str
    authors: str
    agreed_by: str
    days_ago: int | None
    rungs: tuple[ChosenRung, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A press: the label and the time in the film."""

    tag: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class DemoMoment:
    """A moment of a demo film. Start and end follow from the marks by the rule of the basisset."""

    key: str
    marks: tuple[Mark, ...]
    words: str = ""
    goals: tuple[str, ...] = ()
    chosen: bool = False
    note: str = ""

    @property
    def start_ms(self) -> int:
        """The first press minus the lead of its label, never before the film."""
        first = self.marks[0]
        return max(first.at_ms - _lead(first.tag), 0)

    @property
    def end_ms(self) -> int:
        """The last press plus the lag of its label."""
        last = self.marks[-1]
        return last.at_ms + _lag(last.tag)


@dataclass(frozen=True, slots=True)
class DemoFilm:
    """A film of `films.draw`, recorded so many days ago."""

    drawing: str
    title: str
    situation: str
    days_ago: int
    moments: tuple[DemoMoment, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A moment's place in samen kijken, with its prompt."""

    moment: str
    prompt: str


@dataclass(frozen=True, slots=True)
class DemoReview:
    """Samen kijken: prepared when `closed_days_ago` is None."""

    theme: str
    steps: tuple[Step, ...]
    planned_in_days: int | None = None
    closed_days_ago: int | None = None
    next_step: str = ""
    next_filming: str = ""


@dataclass(frozen=True, slots=True)
class DemoShare:
    """A moment shared with one adult (call name), with the answer when there is one."""

    moment: str
    who: str
    days_ago: int
    reactions: tuple[str, ...] = ()
    answer: str = ""
    answered_days_ago: int | None = None


@dataclass(frozen=True, slots=True)
class DemoFamily:
    """A family of the demo. `sets`: the label sets it uses, in their order; none is the first alone."""

    code: str
    country: str
    question: str
    question_authors: str
    started_days_ago: int
    households: tuple[str, ...]
    children: tuple[Child, ...]
    adults: tuple[Adult, ...]
    consents: tuple[Said, ...]
    goals: tuple[AgreedGoal, ...]
    films: tuple[DemoFilm, ...]
    reviews: tuple[DemoReview, ...]
    shares: tuple[DemoShare, ...]
    sets: tuple[str, ...] = ()

    def moment(self, key: str) -> DemoMoment:
        """The moment with this key. Raises KeyError."""
        for film in self.films:
            for moment in film.moments:
                if moment.key == key:
                    return moment
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class DemoPractice:
    """The whole demo."""

    name: str
    country: str
    time_zone: str
    counselor: SignIn
    families: tuple[DemoFamily, ...]

    def sign_ins(self) -> tuple[SignIn, ...]:
        """Everyone who can sign in: the counselor first."""
        parents = (adult.sign_in for family in self.families for adult in family.adults)
        return (self.counselor, *(parent for parent in parents if parent))


def days_before(today: date, days: int) -> date:
    """The day so many days before today; a negative number lies ahead."""
    return today - timedelta(days=days)


def _times(tag: str) -> tuple[int, int]:
    found = BASISSET.find(tag)
    if found is None:
        raise KeyError(tag)
    return found.lead_ms, found.lag_ms


def _lead(tag: str) -> int:
    return _times(tag)[0]


def _lag(tag: str) -> int:
    return _times(tag)[1]
