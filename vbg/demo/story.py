"""The demo practice as plain data: two drawn families and all around them; nobody here exists.

Dates are kept as distances from today, so that the practice never grows old. Texts of the families are Dutch,
as theirs are: they are data, not words of the program.
"""

from typing import Final

from vbg.demo.cast import (
    Adult,
    AgreedGoal,
    Around,
    Child,
    ChosenRung,
    DemoFamily,
    DemoFilm,
    DemoMoment,
    DemoNote,
    DemoPractice,
    DemoReview,
    DemoShare,
    DemoVisit,
    FirstSaid,
    Mark,
    Purpose,
    Said,
    SignIn,
    SmallStep,
    Step,
    Thought,
    Way,
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
        Child(
            "Pip",
            28,
            "Thuis",
            likes="Helpen in de keuken, en alles wat rond is.",
            tempo="Heeft even tijd nodig bij iets nieuws.",
            signals="Wrijft in zijn oog als hij moe is.",
            senses="Veel lawaai aan tafel.",
            told_by="mama en papa",
            wish="Zelf roeren!",
            wish_how="gezegd, en hij wees naar de kom",
        ),
        Child("Fien", 5, "Thuis"),
    ),
    adults=(
        Adult("mama", "Thuis", "yes", LOTTE, on_film="seen"),
        Adult("papa", "Thuis", "yes", JONAS, on_film="films"),
    ),
    first=FirstSaid(
        change="Minder strijd aan tafel.",
        keep="Dat we samen eten, elke avond.",
        authors="mama",
        matters=(("Samen eten, zonder scherm.", "mama en papa"), ("Zelf mogen proberen.", "papa")),
        asked_again_days_ago=18,
    ),
    around=(
        Around("oma Rita", "haalt Pip op dinsdag van de opvang", "yes", "mama", 60),
        Around("juf Els", "opvang De Mier"),
    ),
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
                    lines=(
                        "Als Pip mij iets geeft of laat zien",
                        "Ik wacht even en kijk naar Pip",
                        "Zo voelt Pip: mama ziet mij.",
                    ),
                    child_says="kijk mama, voor jou",
                    child_says_by="mama",
                    photo_ms=28_400,
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
    notes=(
        DemoNote(
            "talk",
            73,
            "Thuis, keuken",
            "mama, papa, Ine",
            "Kennisgemaakt. Eten duurt lang en eindigt vaak met boos zijn.\n"
            "Papa zegt: vroeger lachten we aan tafel. Mama wil vooral rust.\n"
            "Afgesproken: eerst een gewone maaltijd filmen, vijf tot tien minuten.",
        ),
        DemoNote(
            "observation",
            26,
            "Thuis",
            "mama, papa, Pip, Fien, Ine",
            "Fien huilt bij het begin. Papa wiegt haar en praat intussen met Pip.\n"
            "Pip kijkt drie keer op voor hij iets aanwijst. Als mama wacht, komt er een klank bij.",
        ),
        DemoNote(
            "talk",
            3,
            "Telefoon",
            "mama, Ine",
            "Mama belt zelf: het is deze week twee keer leuk geweest aan tafel. "
            "Ze wil het stukje met de pannenkoek nog eens zien, samen met papa.",
        ),
    ),
    thoughts=(
        Thought(
            "Als mama drie tellen wacht, begint Pip zelf.",
            "observation",
            26,
            ("points", "bite"),
            ("look",),
            "testing",
            "Op deze film wacht mama twee keer. Twee keer begint Pip.",
            4,
            ("pannenkoeken",),
            "Pip begint vaak zelf als er iemand even wacht.",
            (("mama", "some", "Soms wel. Als papa erbij is, minder."),),
        ),
        Thought("Samen koken maakt het eten rustiger.", "talk", 5, ("again",)),
    ),
    ways=(
        Way(
            "see",
            "Eerst kijken en wachten, dan pas helpen.",
            (
                SmallStep("Tel tot drie voor je iets zegt.", "mama", "aan tafel", 4),
                SmallStep("Kijk mee naar wat Pip wijst.", "papa", "bij het ontbijt"),
            ),
            0,
            "pannenkoeken",
        ),
        Way("laugh", "Pip helpt mee koken.", (SmallStep("Samen deeg roeren.", "mama en papa", "op zondag"),), 1),
    ),
    visits=(
        DemoVisit(
            "filming",
            -5,
            "17:30",
            "Thuis",
            "Pannenkoeken eten",
            (("Pip", "seen"), ("Fien", "unseen"), ("mama", "seen"), ("papa", "films")),
            "Papa vroeg of hij de volgende keer zelf iets mag kiezen.",
        ),
        DemoVisit("review", 2, "14:00", "Thuis", "", ()),
        DemoVisit(
            "filming", 6, "17:30", "Thuis", "Samen koken", (("Pip", "seen"), ("mama", "films"), ("papa", "seen"))
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
    children=(
        Child(
            "Noor",
            46,
            "Bij Samira",
            likes="Bouwt graag hoog.",
            signals="Kijkt vaak even op of je het ziet.",
            told_by="Samira en opa",
        ),
    ),
    adults=(
        Adult("Samira", "Bij Samira", "yes", SAMIRA, on_film="seen"),
        Adult("opa", "Bij opa", "no", OPA, on_film="hands"),
    ),
    first=FirstSaid(matters=(("Zacht praten met elkaar.", "Samira"),)),
    around=(Around("buurvrouw An", "past op als Samira werkt", "no", "Samira"),),
    own_questions=(("Bij opa", "Wanneer help ik, en wanneer wacht ik beter?", "opa"),),
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
                    _marks(self=26200, waits=30800, looks=34100),
                    "Noor zet zelf een blok. Jij wacht en kijkt.",
                    ("self",),
                    chosen=True,
                    lines=("Als Noor zelf begint", "Ik tel tot vijf en kijk mee", "Noor merkt: ik kan dit."),
                ),
                DemoMoment(
                    "tower",
                    _marks(self=40800, fun=45200),
                    "De toren staat. Jullie lachen samen.",
                    ("self",),
                    chosen=True,
                ),
            ),
            then=((49_000, "other"),),
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
            step_goal="self",
        ),
    ),
    shares=(
        DemoShare("tower", "opa", 6, ("beautiful",), "Zij kan meer dan ik dacht.", 5),
        DemoShare("tower", "Samira", 4),
    ),
    notes=(
        DemoNote(
            "talk",
            39,
            "Bij opa",
            "Samira, opa, Ine",
            "Samen aan tafel gezeten. Samira en opa willen allebei dat Noor rustig kan spelen.\n"
            "Opa helpt graag snel. Samira laat haar liever proberen. Ze vinden dat van elkaar fijn om te horen.",
        ),
    ),
    thoughts=(
        Thought(
            "Noor kijkt op als iets lukt, niet als iets mislukt.",
            "observation",
            9,
            ("glance",),
            (),
            "holds",
            "Opa ziet het thuis ook elke keer.",
            6,
            ("blokken",),
        ),
    ),
    ways=(Way("self", "Noor krijgt eerst de tijd.", (SmallStep("Handen in de schoot.", "opa", "bij het bouwen", 2),)),),
    visits=(
        DemoVisit("filming", -9, "16:00", "Bij opa", "Een toren bouwen"),
        DemoVisit("review", -6, "10:00", "Bij Samira"),
        DemoVisit(
            "filming", 0, "16:00", "Bij Samira", "Opruimen", (("Noor", "seen"), ("Samira", "hands"), ("opa", "films"))
        ),
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
