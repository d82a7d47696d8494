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
    """A child: the age in months of today, who it is in the words of `told_by`, and what it wants."""

    call_name: str
    months: int
    household: str
    likes: str = ""
    tempo: str = ""
    signals: str = ""
    senses: str = ""
    told_by: str = ""
    wish: str = ""
    wish_how: str = ""

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
    cares: Authority = "yes"
    on_film: Literal["", "seen", "hands", "unseen", "films"] = ""


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the family: what they are to the child, and until how many days from now they may look along."""

    call_name: str
    relation: str
    may_watch: Authority = "unknown"
    said_by: str = ""
    until_in_days: int | None = None


@dataclass(frozen=True, slots=True)
class FirstSaid:
    """What had to change and what could stay, when they began; what matters to them, each line with whose it is."""

    change: str = ""
    keep: str = ""
    authors: str = ""
    matters: tuple[tuple[str, str], ...] = ()
    asked_again_days_ago: int | None = None


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
class Thought:
    """A working hypothesis: its moments by key, how it stood `turned_days_ago` and why, the films that test it.

    `asked`: the question it became for the family; `answers`: who (call name) answered what at home, in which words.
    """

    statement: str
    source: Literal["observation", "talk"]
    days_ago: int
    speak_for: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    status: Literal["new", "testing", "holds", "fails"] = "new"
    reason: str = ""
    turned_days_ago: int = 0
    tested_by: tuple[str, ...] = ()
    asked: str = ""
    answers: tuple[tuple[str, Literal["yes", "some", "no"], str], ...] = ()


@dataclass(frozen=True, slots=True)
class SmallStep:
    """A step: who does it and when; `done_days_ago` None: not yet."""

    text: str
    who: str
    when_words: str = ""
    done_days_ago: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How a goal (by key) is gone about; `thought` is the place of the working hypothesis it rests on."""

    goal: str
    text: str
    steps: tuple[SmallStep, ...]
    thought: int | None = None
    film: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A press: the label and the time in the film."""

    tag: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class DemoMoment:
    """A moment of a demo film. Start and end follow from the marks by the rule of the basisset.

    `lines`: when, what I do, what for.
    """

    key: str
    marks: tuple[Mark, ...]
    words: str = ""
    goals: tuple[str, ...] = ()
    chosen: bool = False
    note: str = ""
    lines: tuple[str, str, str] = ("", "", "")
    child_says: str = ""
    child_says_by: str = ""
    photo_ms: int | None = None

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
    """A film of `films.draw`, recorded so many days ago; `then`: from which ms on they do something else."""

    drawing: str
    title: str
    situation: str
    days_ago: int
    moments: tuple[DemoMoment, ...]
    then: tuple[tuple[int, str], ...] = ()


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
    step_goal: str = ""


@dataclass(frozen=True, slots=True)
class DemoVisit:
    """An appointment so many days from today (before it: negative, and done); `roles` by call name."""

    kind: Literal["filming", "review", "closing"]
    in_days: int
    at: str = ""
    place: str = ""
    what: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    note: str = ""


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
class DemoNote:
    """What the counselor wrote of a talk or an observation so many days ago."""

    kind: Literal["talk", "observation"]
    days_ago: int
    place: str
    present: str
    text: str


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
    notes: tuple[DemoNote, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    ways: tuple[Way, ...] = ()
    visits: tuple[DemoVisit, ...] = ()
    first: FirstSaid = FirstSaid()
    around: tuple[Around, ...] = ()
    own_questions: tuple[tuple[str, str, str], ...] = ()
    """Home, words, whose words: what one home asks alone."""
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
