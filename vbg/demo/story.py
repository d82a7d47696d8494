"""The demo practice as plain data: two drawn families and all around them; nobody here exists.

Dates are kept as distances from today, so that the practice never grows old. Texts of the families are Dutch,
as theirs are: they are data, not words of the program.
"""

from typing import Final

from vbg.demo.cast import (
    Adult,
    AgreedGoal,
    Child,
    ChosenRung,
    DemoFamily,
    DemoFilm,
    DemoMoment,
    DemoPractice,
    DemoReview,
    DemoShare,
    Mark,
    Purpose,
    Said,
    SignIn,
    Step,
)  # fmt: skip
from vbg.tagsets.basisset import BASISSET

PASSWORD: Final = "samen kijken is fijn"  # noqa: S105  (public on purpose)
"""The password of every demo sign-in. `vbg demo` says it; no practice but the demo has it."""


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
    sets=("house", "elements"),
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
