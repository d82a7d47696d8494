"""The sets that ship with the house: known ways of looking, in our own words. Pure data.

None bears the name of a registered method: they offer what to look for, not a protocol or a training.
"""

from typing import Final

from vbg.tagsets.basisset import BASISSET
from vbg.tagsets.shape import KEYS, Colour, Group, Supports, Tag, TagSet, Who

Words = tuple[str, str]
Row = tuple[str, str, Words, Words]
"""A label: key, drawing, its name in nl and en, its sentence for parents in nl and en."""
_WHO: Final[dict[Colour, Who | None]] = {"child": "child", "parent": "parent", "together": "both", "fun": "both"}


def _set(set_id: str, name: Words, *groups: tuple[str, Words, Colour, tuple[Row, ...]]) -> TagSet:
    """A set whose keys lie in the order of the keyboard; lead and lag are 4 s."""
    places = iter(KEYS)
    tags = []
    for group, _names, colour, rows in groups:
        for key, icon, (nl, en), (plain_nl, plain_en) in rows:
            code = next(places)
            azerty, qwerty = KEYS[code]
            tags.append(Tag(
                key, nl, en, _WHO.get(colour), group, _SUPPORTS.get(key) if set_id == "threes" else None, 4000, 4000,
                code, azerty, f"{icon}.svg", plain_nl, plain_en, None if azerty == qwerty else qwerty, home=set_id,
            ))  # fmt: skip
    made = tuple(Group(key, *names, colour) for key, names, colour, _rows in groups)
    return TagSet(set_id, 1, 5000, 20_000, tuple(tags), *name, made, "vbg")


_SUPPORTS: Final[dict[str, Supports]] = {"support": "support", "stimulate": "stimulate", "steer": "steer"}

THREES: Final = _set(
    "threes", ("Steunen, stimuleren, sturen", "Support, stimulate, steer"),
    ("threes", ("Steunen, stimuleren, sturen", "Support, stimulate, steer"), "together", (
        ("support", "steunen", ("Steunen", "Support"), ("Jij bent er.", "You are there.")),
        ("stimulate", "stimuleren", ("Stimuleren", "Stimulate"), ("Jij laat {k} proberen.", "You let {k} try.")),
        ("steer", "sturen", ("Sturen", "Steer"), ("Jij wijst rustig de weg.", "You calmly show the way.")),
    )),
)  # fmt: skip

CIRCLE: Final = _set(
    "circle", ("Basiscommunicatie", "Basic communication"),
    ("init", ("Initiatief en ontvangst", "Initiative and reception"), "child", (
        ("initiative", "spelidee", ("Neemt initiatief", "Takes initiative"),
         ("{k} begint iets.", "{k} starts something.")),
        ("feels", "toont-gevoel", ("Laat gevoel zien", "Lets a feeling show"),
         ("Je ziet wat {k} voelt.", "You see what {k} feels.")),
    )),
    ("receive", ("Ouder ontvangt", "Parent receives"), "parent", (
        ("eye", "kijkt", ("Zoekt de ogen", "Meets the eyes"), ("Jij kijkt naar {k}.", "You look at {k}.")),
        ("turned", "komt-dichtbij", ("Draait zich toe", "Turns towards"),
         ("Jij draait je naar {k} toe.", "You turn towards {k}.")),
        ("hums", "ontvangst", ("Knikt, humt", "Nods, hums"),
         ("Jij laat merken: ik zie je.", "You let {k} know: I see you.")),
        ("says", "benoemt", ("Zegt wat je ziet", "Says what you see"),
         ("Jij zegt wat {k} doet.", "You say what {k} is doing.")),
    )),
    ("turn", ("In de kring", "In the circle"), "together", (
        ("round", "ziet-het", ("Kijkt rond", "Looks round"),
         ("Jij kijkt rond naar wie er is.", "You look round at who is there.")),
        ("gives", "beurt", ("Geeft de beurt", "Gives the turn"), ("Jij geeft {k} de beurt.", "You give {k} the turn.")),
        ("waits", "wacht-even", ("Wacht op de beurt", "Waits for the turn"), ("Jij wacht even.", "You wait a moment.")),
        ("involves", "doet-mee", ("Vraagt iemand mee", "Invites somebody in"),
         ("Jij vraagt ook de ander mee.", "You invite the other in too.")),
    )),
    ("talk", ("Overleg", "Deliberation"), "together", (
        ("asks", "vraagt-hulp", ("Vraagt een mening", "Asks an opinion"),
         ("Jij vraagt wat {k} vindt.", "You ask what {k} thinks.")),
        ("tells", "geluid-of-woord", ("Geeft een mening", "Gives an opinion"),
         ("{k} zegt wat {k} vindt.", "{k} says what {k} thinks.")),
        ("agrees", "zegt-wat-kan", ("Noemt de afspraak", "Names the agreement"),
         ("Jij zegt wat jullie afspreken.", "You say what you agree on.")),
        ("decides", "laat-kiezen", ("Samen kiezen", "Choosing together"),
         ("Jullie kiezen samen.", "You choose together.")),
    )),
    ("calm", ("Rustig bij verschil", "Calm when you differ"), "together", (
        ("differs", "wijst", ("Noemt het verschil", "Names the difference"),
         ("Jij zegt wat ieder wil.", "You say what each of you wants.")),
        ("quiet", "troost", ("Blijft rustig", "Stays calm"), ("Jij blijft rustig.", "You stay calm.")),
        ("solves", "helpt-een-stukje", ("Zoekt een oplossing", "Looks for a way"),
         ("Jullie zoeken samen hoe het kan.", "You look for a way together.")),
        ("again", "gaat-mee", ("Weer samen", "Together again"),
         ("Jullie vinden elkaar weer.", "You find each other again.")),
    )),
)  # fmt: skip

ATTUNED: Final = _set(
    "attuned", ("Afgestemd contact", "Attuned contact"),
    ("att", ("Aandacht hebben", "Being attentive"), "parent", (
        ("looks", "kijkt", ("Kijkt met aandacht", "Looks with interest"),
         ("Jij kijkt met aandacht.", "You look with interest.")),
        ("room", "wacht-even", ("Geeft tijd en ruimte", "Gives time and room"),
         ("Jij geeft {k} de tijd.", "You give {k} time.")),
        ("enjoys", "plezier", ("Geniet van kijken", "Enjoys watching"), ("Jij geniet van {k}.", "You enjoy {k}.")),
    )),
    ("enc", ("Initiatief uitlokken", "Encouraging initiatives"), "parent", (
        ("listens", "ziet-het", ("Luistert", "Listens"), ("Jij luistert naar {k}.", "You listen to {k}.")),
        ("names", "benoemt", ("Benoemt vriendelijk", "Names kindly"),
         ("Jij zegt vriendelijk wat je ziet.", "You kindly say what you see.")),
    )),
    ("rec", ("Initiatief ontvangen", "Receiving initiatives"), "parent", (
        ("smiles", "ontvangst", ("Lacht of knikt terug", "Smiles or nods back"),
         ("Jij lacht of knikt terug.", "You smile or nod back.")),
        ("repeats", "geluid-of-woord", ("Gebruikt dezelfde woorden", "Uses the same words"),
         ("Jij zegt het met de woorden van {k}.", "You say it in the words of {k}.")),
    )),
    ("dev", ("Afgestemd samen doen", "Developing attuned interaction"), "together", (
        ("turns", "beurt", ("Om de beurt", "Taking turns"), ("Jullie doen om de beurt.", "You take turns.")),
        ("helps", "doet-mee", ("Helpen elkaar", "Helping each other"),
         ("Jullie helpen elkaar.", "You help each other.")),
    )),
    ("gui", ("Begeleiden", "Guiding"), "parent", (
        ("step", "helpt-een-stukje", ("Kleine stap", "Small step"),
         ("Jij helpt een klein stukje.", "You help a little.")),
        ("choice", "laat-kiezen", ("Keuze op maat", "A choice that fits"),
         ("Jij laat {k} kiezen.", "You let {k} choose.")),
    )),
    ("dee", ("Verdiepen", "Deepening"), "together", (
        ("solve", "spelidee", ("Samen oplossen", "Solving together"),
         ("Jullie zoeken samen hoe het kan.", "You look for a way together.")),
        ("share", "toont-gevoel", ("Delen hoe het is", "Sharing how it is"),
         ("Jullie vertellen hoe het is.", "You tell how it is.")),
    )),
)  # fmt: skip

ELEMENTS: Final = _set(
    "elements", ("Volgen en leiden", "Following and leading"),
    ("follow", ("Volgen", "Following"), "parent", (
        ("see", "ziet-het", ("Opmerken en wachten", "Notice and wait"),
         ("Jij merkt het op en wacht.", "You notice it and wait.")),
        ("name", "benoemt", ("Benoemen", "Name"), ("Jij zegt wat {k} doet.", "You say what {k} is doing.")),
        ("confirm", "ontvangst", ("Bevestigen", "Confirm"),
         ("Jij laat merken: ik zie je.", "You let {k} know: I see you.")),
        ("turn", "beurt", ("Om de beurt", "Take turns"), ("Jij geeft {k} de beurt.", "You give {k} the turn.")),
        ("tone", "plezier", ("Fijn gezicht, fijne toon", "Kind face, kind tone"),
         ("Jij kijkt en praat vriendelijk.", "You look and talk kindly.")),
    )),
    ("lead", ("Leiden", "Leading"), "together", (
        ("lead", "zegt-wat-kan", ("Positief leiden", "Positive leading"),
         ("Jij zegt wat wél kan.", "You say what is possible.")),
        ("link", "gaat-mee", ("Verbinden met anderen", "Linking to others"),
         ("Jij brengt {k} bij de ander.", "You bring {k} to the other.")),
    )),
)  # fmt: skip

TOPICS: Final = _set(
    "topics", ("Antwoorden en grenzen geven", "Answering and setting limits"),
    ("answer", ("Antwoorden", "Answering"), "parent", (
        ("subtle", "ziet-het", ("Ziet kleine signalen", "Sees small signals"),
         ("Jij ziet ook het kleine.", "You see the small things too.")),
        ("fit", "ontvangst", ("Antwoordt meteen, passend", "Answers promptly, fittingly"),
         ("Jij antwoordt {k} meteen.", "You answer {k} right away.")),
        ("share", "toont-gevoel", ("Deelt gevoel", "Shares feelings"),
         ("Jij voelt met {k} mee.", "You feel along with {k}.")),
    )),
    ("limits", ("Grenzen geven", "Setting limits"), "together", (
        ("consist", "sturen", ("Houdt zich aan de afspraak", "Keeps to the agreement"),
         ("Jij houdt je aan wat je zei.", "You keep to what you said.")),
        ("distract", "spelidee", ("Leidt af met iets leuks", "Offers something nice instead"),
         ("Jij biedt iets leuks aan.", "You offer something nice.")),
        ("praise", "mooi-moment", ("Geeft een compliment", "Praises"),
         ("Jij zegt dat het fijn was.", "You say that it was good.")),
        ("calm", "wacht-even", ("Geeft tijd om rustig te worden", "Gives time to calm down"),
         ("Jij geeft {k} tijd om rustig te worden.", "You give {k} time to calm down.")),
        ("empathy", "troost", ("Toont begrip", "Shows understanding"),
         ("Jij laat merken: ik begrijp je.", "You let {k} know: I understand.")),
    )),
)  # fmt: skip

HOUSE_SETS: Final = {one.id: one for one in (BASISSET, THREES, CIRCLE, ATTUNED, ELEMENTS, TOPICS)}
"""The sets that every practice has, by name, in the order of the page."""
HOUSE_TAGS: Final = {tag.id: tag for one in HOUSE_SETS.values() for tag in one.tags}
"""Every label that ships, by its id in the API."""
