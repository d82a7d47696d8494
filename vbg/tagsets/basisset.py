"""The basisset, version 1: the labels, keys and times every practice starts with.

Pure data.  The lead and lag of a label say how far before and after a key press its bar reaches:
what one only recognises when it is over starts earlier.
"""

from typing import Final

from vbg.tagsets.shape import Group, Supports, Tag, TagSet, Who

GROUPS: Final = (
    Group("moment", "Mooi moment", "Good moment", "moment"),
    Group("child", "Kind", "Child", "child"),
    Group("follows", "Ouder volgt", "Parent follows", "parent"),
    Group("leads", "Ouder leidt", "Parent leads", "parent"),
    Group("fun", "Plezier", "Fun", "fun"),
    Group("threes", "Steunen, stimuleren, sturen", "Support, stimulate, steer", "together"),
)
"""The groups in the order in which the workspace shows them."""


def _digit(
    key: str,
    digit: int,
    nl: str,
    en: str,
    icon: str,
    plain: tuple[str, str],
    times: tuple[int, int] = (4000, 4000),
) -> Tag:
    lead, lag = times
    return Tag(key, nl, en, "child", "child", None, lead, lag, f"Digit{digit}", str(digit), icon, *plain)


def _letter(
    key: str,
    letter: str,
    names: tuple[str, str],
    role: tuple[Who | None, str, Supports | None],
    icon: str,
    plain: tuple[str, str],
    times: tuple[int, int] = (4000, 4000),
) -> Tag:
    nl, en = names
    who, group, supports = role
    return Tag(key, nl, en, who, group, supports, *times, f"Key{letter}", letter, icon, *plain)


_MOMENT: Final = (
    _letter(
        "good",
        "N",
        ("Mooi moment", "Good moment"),
        (None, "moment", None),
        "mooi-moment.svg",
        ("", ""),
        (6000, 3000),
    ),
)

_CHILD: Final = (
    _digit("looks", 1, "Kijkt", "Looks", "kijkt.svg", ("{k} kijkt naar jou.", "{k} looks at you.")),
    _digit("points", 2, "Wijst", "Points", "wijst.svg", ("{k} wijst iets aan.", "{k} points at something.")),
    _digit(
        "sound",
        3,
        "Geluid of woord",
        "Sound or word",
        "geluid-of-woord.svg",
        ("{k} laat iets horen.", "{k} lets you hear something."),
    ),
    _digit(
        "shows",
        4,
        "Laat iets zien",
        "Shows something",
        "laat-iets-zien.svg",
        ("{k} laat je iets zien.", "{k} shows you something."),
    ),
    _digit(
        "comes_close",
        5,
        "Komt dichtbij",
        "Comes close",
        "komt-dichtbij.svg",
        ("{k} komt naar je toe.", "{k} comes to you."),
    ),
    _digit(
        "asks_help",
        6,
        "Vraagt hulp",
        "Asks for help",
        "vraagt-hulp.svg",
        ("{k} vraagt je hulp.", "{k} asks for your help."),
    ),
    _digit(
        "idea",
        7,
        "Heeft een idee",
        "Has an idea",
        "spelidee.svg",
        ("{k} bedenkt iets.", "{k} comes up with something."),
        (5000, 5000),
    ),
    _digit(
        "feeling",
        8,
        "Toont gevoel",
        "Shows a feeling",
        "toont-gevoel.svg",
        ("Je ziet wat {k} voelt.", "You see what {k} feels."),
    ),
    _digit(
        "self",
        9,
        "Doet het zelf",
        "Does it alone",
        "doet-het-zelf.svg",
        ("{k} probeert het zelf.", "{k} tries it alone."),
        (5000, 6000),
    ),
    _letter(
        "goes_along",
        "C",
        ("Gaat mee", "Goes along"),
        ("child", "child", None),
        "gaat-mee.svg",
        ("{k} gaat met je mee.", "{k} goes along with you."),
    ),
)

_SUPPORT: Final[tuple[Who, str, Supports]] = ("parent", "follows", "support")
_STIMULATE: Final[tuple[Who, str, Supports]] = ("parent", "follows", "stimulate")

_FOLLOWS: Final = (
    _letter(
        "sees",
        "E",
        ("Ziet het", "Sees it"),
        _SUPPORT,
        "ziet-het.svg",
        ("Jij merkt het op.", "You notice it."),
    ),
    _letter(
        "waits",
        "D",
        ("Wacht even", "Waits a moment"),
        _STIMULATE,
        "wacht-even.svg",
        ("Jij wacht even.", "You wait a moment."),
        (7000, 3000),
    ),
    _letter(
        "confirms",
        "F",
        ("Zegt ja, knikt", "Says yes, nods"),
        _SUPPORT,
        "ontvangst.svg",
        ("Jij laat merken: ik zie je.", "You let {k} know: I see you."),
    ),
    _letter(
        "names",
        "G",
        ("Benoemt", "Names it"),
        _SUPPORT,
        "benoemt.svg",
        ("Jij zegt wat {k} doet.", "You say what {k} is doing."),
    ),
    _letter(
        "gives_turn",
        "H",
        ("Geeft beurt", "Gives a turn"),
        _STIMULATE,
        "beurt.svg",
        ("Jij geeft {k} de beurt.", "You give {k} the turn."),
    ),
    _letter(
        "joins_in",
        "V",
        ("Doet mee", "Joins in"),
        _STIMULATE,
        "doet-mee.svg",
        ("Jij doet mee.", "You join in."),
        (4000, 6000),
    ),
    _letter(
        "comforts",
        "Y",
        ("Troost, moedigt aan", "Comforts, encourages"),
        _SUPPORT,
        "troost.svg",
        ("Jij bent er voor {k}.", "You are there for {k}."),
        (5000, 5000),
    ),
)

_LEADS: Final = (
    _letter(
        "announces",
        "J",
        ("Zegt wat er komt", "Says what comes next"),
        ("parent", "leads", "steer"),
        "zegt-wat-komt.svg",
        ("Jij zegt wat er komt.", "You say what comes next."),
    ),
    _letter(
        "lets_choose",
        "K",
        ("Laat kiezen", "Lets choose"),
        ("parent", "leads", "stimulate"),
        "laat-kiezen.svg",
        ("Jij laat {k} kiezen.", "You let {k} choose."),
    ),
    _letter(
        "helps_a_bit",
        "L",
        ("Helpt een stukje", "Helps a little"),
        ("parent", "leads", "stimulate"),
        "helpt-een-stukje.svg",
        ("Jij helpt een klein stukje.", "You help a little."),
        (4000, 6000),
    ),
    # AZERTY has its M right of the L, where QWERTY has the semicolon: one place, so one code.
    Tag(
        key="says_what_can",
        nl="Zegt wat wél kan",
        en="Says what is possible",
        who="parent",
        group="leads",
        supports="steer",
        lead_ms=4000,
        lag_ms=4000,
        code="Semicolon",
        label_key="M",
        icon="zegt-wat-kan.svg",
        plain_nl="Jij zegt wat wél kan.",
        plain_en="You say what is possible.",
        qwerty_key=";",
    ),
)

_FUN: Final = (
    _letter(
        "fun",
        "P",
        ("Samen plezier", "Fun together"),
        ("both", "fun", None),
        "plezier.svg",
        ("Jullie hebben plezier.", "You are having fun together."),
        (6000, 4000),
    ),
    _letter(
        "joke",
        "B",
        ("Grapje", "Joke"),
        ("both", "fun", None),
        "grapje.svg",
        ("Een grapje tussen jullie.", "A joke between the two of you."),
        (6000, 3000),
    ),
)

_THREES: Final = (
    _letter(
        "support",
        "S",
        ("Steunen", "Support"),
        ("both", "threes", "support"),
        "steunen.svg",
        ("Jij bent er.", "You are there."),
    ),
    _letter(
        "stimulate",
        "T",
        ("Stimuleren", "Stimulate"),
        ("both", "threes", "stimulate"),
        "stimuleren.svg",
        ("Jij laat {k} proberen.", "You let {k} try."),
    ),
    _letter(
        "steer",
        "R",
        ("Sturen", "Steer"),
        ("both", "threes", "steer"),
        "sturen.svg",
        ("Jij wijst rustig de weg.", "You calmly show the way."),
    ),
)

BASISSET: Final = TagSet(
    id="house",
    version=1,
    join_ms=5000,
    max_ms=20000,
    tags=(*_MOMENT, *_CHILD, *_FOLLOWS, *_LEADS, *_FUN, *_THREES),
    nl="Basisset",
    en="Basic set",
    groups=GROUPS,
    source="vbg",
)
"""The set a new practice starts with, in the order of the screen."""
FUN: Final = tuple(tag.id for tag in BASISSET.tags if tag.group == "fun")
"""The labels of fun, by which such moments are found."""
