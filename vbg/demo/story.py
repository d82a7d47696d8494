"""The demo practice as plain data: two drawn families and all around them; nobody here exists.

Dates are kept as distances from today, so that the practice never grows old. Texts of the families are Dutch,
as theirs are: they are data, not words of the program.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from vbg.tagsets.basisset import BASISSET

PASSWORD: Final = "samen kijken is fijn"  # noqa: S105  (public on purpose)
"""The password of every demo sign-in. `vbg demo` says it; no practice but the demo has it."""

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
    """A family of the demo."""

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


def _marks(**presses: int) -> tuple[Mark, ...]:
    return tuple(Mark(f"{BASISSET.id}/{key}", at_ms) for key, at_ms in presses.items())


def _yes(who: str, days_ago: int, *purposes: Purpose) -> tuple[Said, ...]:
    return tuple(Said(who, purpose, "yes", days_ago) for purpose in purposes)


LOTTE: Final = SignIn("Lotte Merel", "mama", "lotte@oefenpraktijk.test")
JONAS: Final = SignIn("Jonas Merel", "papa", "jonas@oefenpraktijk.test")
SAMIRA: Final = SignIn("Samira Kievit", "Samira", "samira@oefenpraktijk.test")
OPA: Final = SignIn("Hassan Kievit", "opa", "opa@oefenpraktijk.test")

MEREL: Final = DemoFamily(
    code="Gezin Merel",
    country="BE",
    question="Hoe hebben we weer plezier aan tafel, ook als Pip iets niet wil?",
    question_authors="mama en papa",
    started_days_ago=74,
    households=("Thuis",),
    children=(
        Child("Pip", 28, "Thuis", "Houdt van helpen. Heeft even tijd nodig bij iets nieuws."),
        Child("Fien", 5, "Thuis"),
    ),
    adults=(Adult("mama", "Thuis", "yes", LOTTE), Adult("papa", "Thuis", "yes", JONAS)),
    consents=(
        *_yes("mama", 72, "filming", "review", "take_home"),
        *_yes("papa", 72, "filming", "review", "take_home"),
    ),
    goals=(
        AgreedGoal(
            "laugh",
            "We lachen samen aan tafel.",
            "mama en papa",
            "mama en papa",
            60,
            (
                ChosenRung(2, 60, "We willen weer lachen."),
                ChosenRung(4, 26, "Hij keek naar mij!"),
                ChosenRung(7, 3, "Dit was echt leuk."),
            ),
        ),
        AgreedGoal(
            "see",
            "We zien wat Pip ons wil vertellen.",
            "mama",
            "mama en papa",
            46,
            (ChosenRung(3, 46), ChosenRung(6, 3, "Ik wacht nu, en dan begint hij.")),
        ),
    ),
    films=(
        DemoFilm(
            "pannenkoeken",
            "Pannenkoeken eten",
            "meal",
            5,
            (
                DemoMoment(
                    "points",
                    _marks(points=12600, sound=13800, sees=15200),
                    "Pip wijst naar de pannenkoek. Jij ziet het en zegt iets terug.",
                    ("see",),
                    chosen=True,
                ),
                DemoMoment(
                    "bite",
                    _marks(shows=23400, waits=25600, joins_in=28600, fun=32000),
                    "Pip geeft jou een stukje van zijn pannenkoek. Jij wacht even. Dan neem je een hap. Pip straalt.",
                    ("laugh", "see"),
                    chosen=True,
                    note="Het wachten maakt het verschil. Laat mama dat zelf ontdekken.",
                ),
                DemoMoment("look", _marks(looks=43900), "Pip kijkt naar jou.", ("see",)),
                DemoMoment("again", _marks(good=57000), chosen=True),
            ),
        ),
    ),
    reviews=(
        DemoReview(
            "Samen aan tafel",
            (
                Step("points", "Wat zie je Pip hier doen?"),
                Step("bite", "Wat deed jij net hiervoor?"),
                Step("again", "Wanneer lukt dit nog?"),
            ),
            planned_in_days=2,
        ),
    ),
    shares=(
        DemoShare(
            "bite",
            "mama",
            3,
            ("recognise", "proud"),
            "Ik wist niet dat hij op mij wachtte. Nu zie ik het.",
            2,
        ),
    ),
)

KIEVIT: Final = DemoFamily(
    code="Gezin Kievit",
    country="BE",
    question="Hoe helpen we Noor om rustig te spelen, bij Samira en bij opa?",
    question_authors="Samira en opa",
    started_days_ago=41,
    households=("Bij Samira", "Bij opa"),
    children=(Child("Noor", 46, "Bij Samira", "Bouwt graag hoog. Kijkt vaak even op of je het ziet."),),
    adults=(
        Adult("Samira", "Bij Samira", "yes", SAMIRA),
        Adult("opa", "Bij opa", "no", OPA),
    ),
    consents=(
        *_yes("Samira", 40, "filming", "review", "take_home"),
        *_yes("opa", 38, "filming", "review", "take_home"),
    ),
    goals=(
        AgreedGoal(
            "self", "Noor mag het zelf proberen. Wij kijken mee.", "opa", "Samira en opa", 30, (ChosenRung(5, 30),)
        ),
        AgreedGoal("play", "Elke dag even samen spelen.", "Samira", "", None),
    ),
    films=(
        DemoFilm(
            "blokken",
            "Een toren bij opa",
            "free_play",
            9,
            (
                DemoMoment("glance", _marks(looks=9000, confirms=10600), "Noor kijkt op. Jij knikt.", ("self",)),
                DemoMoment(
                    "give",
                    _marks(gives_turn=14600, goes_along=16400),
                    "Jij geeft Noor een blok. Noor neemt het aan.",
                    chosen=True,
                ),
                DemoMoment(
                    "wait",
                    _marks(self=26200, waits=30800),
                    "Noor zet zelf een blok. Jij wacht en kijkt.",
                    ("self",),
                    chosen=True,
                ),
                DemoMoment(
                    "tower",
                    _marks(self=40800, fun=45200),
                    "De toren staat. Jullie lachen samen.",
                    ("self",),
                    chosen=True,
                ),
            ),
        ),
    ),
    reviews=(
        DemoReview(
            "Zelf bouwen",
            (
                Step("give", "Wat zie je Noor hier doen?"),
                Step("wait", "Wat helpt Noor hier?"),
                Step("tower", "Wanneer lukt dit nog?"),
            ),
            closed_days_ago=6,
            next_step="Opa telt tot vijf voor hij helpt.",
            next_filming="Opruimen bij Samira",
        ),
    ),
    shares=(
        DemoShare("tower", "opa", 6, ("beautiful",), "Zij kan meer dan ik dacht.", 5),
        DemoShare("tower", "Samira", 4),
    ),
)

PRACTICE: Final = DemoPractice(
    name="Oefenpraktijk De Oever",
    country="BE",
    time_zone="Europe/Brussels",
    counselor=SignIn("Ine Claes", "Ine", "ine@oefenpraktijk.test"),
    families=(MEREL, KIEVIT),
)
"""The demo."""
