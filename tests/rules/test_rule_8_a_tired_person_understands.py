"""A tired person understands it: short sentences, plain words, one main button, no drawing without its word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask
from jinja2 import meta

from tests.rules.markup import Node, tree
from tests.rules.pages import Visits
from tests.rules.town import Town
from tests.tools import words
from vbg.reviews.words import PROMPTS
from vbg.tagsets.basisset import BASISSET
from vbg.viewer import Audience
from vbg.web.sentences import REASONS

CLONE = Path(__file__).resolve().parents[2]
PARENTS, COUNSELORS = 12, 20
"""Most words in a sentence, by who reads it."""
END = re.compile(r"(?<=[.!?…])\s+")
WORD = re.compile(r"\w[\w'’:-]*")
HARD = re.compile(
    r"\b(reflecti\w*|reflecteren|interacti\w*|sensiti\w*|responsi\w*|traject\w*|hulpvra\w*|initiatie\w*|wederker\w*"
    r"|afstemm\w*|afgestemd\w*|methodi\w*|observ\w*|dossier\w*|evaluati\w*|analyse\w*|protocol\w*|competent\w*|pedagog\w*"
    r"|hecht\w*|gehecht\w*|stimuler\w*|sturen|autonom\w*|regulat\w*|casus|module|intake|cliënt\w*|diagnos\w*|indicat\w*"
    r"|hypothes\w*|authentic\w*|upload\w*|browser|server|account|sessie|url|javascript"
    r"|reflections?|interactions?|sensitiv\w*|trajector\w*|initiatives?|reciproc\w*|attun\w*|assess\w*|observations?"
    r"|evaluat\w*|analys\w*|attachment|competenc\w*|stimulate|steer|session|hypothesis|diagnos\w*)\b",
    re.IGNORECASE,
)
"""Words of the craft (domain 2, 8) and of computers that no parent has to know."""
BLAME = re.compile(
    r"\b(slecht\w*|zwak\w*|gefaald|falen|faal\w*|tekort\w*|schuld\w*|achterstand\w*|problema\w*"
    r"|probleem(?:gezin|ouder|kind)\w*|abnorma\w*|(?<!geen )(?<!no )norm|score\w*|rapportcijfers?|rangorde|gemiddeld\w*"
    r"|verwaarlo\w*|lui|beter dan|onvoldoende|slechter|vermoed\w*"
    r"|bad|poor|weak|failed|failing|failure|faults?|blame\w*|guilt\w*|lazy|scores?|ranks?|ranking|average|delayed"
    r"|abnormal|deficien\w*|worse|neglect\w*|insufficient|suspic\w*)\b",
    re.IGNORECASE,
)
"""Words that rank or blame: on no screen at all, but for "Een fase is geen norm."."""
CONTROLS = ("a", "button", "label", "summary")
BLOCKS = (*CONTROLS, "p", "li", "div", "section", "h1", "h2", "h3", "figure", "dt", "dd", "legend")


def sentences(text: str) -> Iterator[str]:
    """Each sentence of a text; only a full stop, a question mark or their like ends one."""
    yield from (one for one in END.split(text) if one)


def too_long(text: str, most: int) -> list[str]:
    """The sentences with more words than that; a hole for a value is a word."""
    text = re.sub(r"%\((\w+)\)s|{(\w+)}", "woord", text)
    return [one for one in sentences(text) if len(WORD.findall(one)) > most]


def _all(language: str) -> Iterator[tuple[str, str]]:
    for one in words.catalogue(language):
        if one.id:
            key = one.id if isinstance(one.id, str) else one.id[0]
            yield from ((key, str(text)) for text in ([one.string] if isinstance(one.string, str) else one.string))


def met_by_parents(app: Flask, visits: Visits) -> set[str]:
    """The sentences that parents' pages can hold: of the templates they were made of, with all those include."""
    names = {name for page in visits.pages if page.for_parents for name in page.templates}
    names |= {"reviews/_sheet.html", "layouts/print.html"}  # paper on their table
    waiting = list(names)
    while waiting:
        source = (CLONE / "templates" / waiting.pop()).read_text(encoding="utf-8")
        found = {one for one in meta.find_referenced_templates(app.jinja_env.parse(source)) if one} - names
        names |= found
        waiting += found
    said = {
        key if isinstance(key, str) else key[0]
        for file, _line, key, _comments, _context in extract_from_dir(
            CLONE / "templates", [("**.html", "jinja2")], {}, words.KEYWORDS
        )
        if file in names and key
    }
    return said | {str(REASONS[code]) for code in met_reasons()}


def met_reasons() -> set[str]:
    """The refusals that a parent's page can meet: those named where it is served."""
    served = [path for place in ("people", "portal", "sharing", "web") for path in (CLONE / "vbg" / place).glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in served if path.stem != "sentences")
    return {reason for reason in REASONS if f'"{reason}"' in code}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_parents_sentences_are_short_and_plain(language: str, town_app: Flask, visits: Visits) -> None:
    theirs = met_by_parents(town_app, visits)
    assert len(theirs) > 150
    said = [(key, text) for key, text in _all(language) if key in theirs]
    assert [(key, long) for key, text in said if (long := too_long(text, PARENTS))] == []
    programs = {str(REASONS[code]) for code in met_reasons()}
    assert len(programs) > 15
    assert [(key, hard) for key, text in said if key not in programs and (hard := HARD.findall(text))] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_counselors_sentences_are_not_long_and_nobodys_blame(language: str) -> None:
    assert [(key, long) for key, text in _all(language) if (long := too_long(text, COUNSELORS))] == []
    assert [(key, blame) for key, text in _all(language) if (blame := BLAME.findall(text))] == []


def test_labels_and_prompts_are_short_and_plain() -> None:
    asked = [text for key in PROMPTS.values() for text in (str(key),)]
    said = [text for tag in BASISSET.tags for text in (tag.plain_nl, tag.plain_en)]
    for text in asked + said:
        assert not too_long(text, PARENTS), text
        assert not HARD.search(text), text


def test_what_is_sent_is_short_and_plain_too(visits: Visits, town: Town) -> None:
    """A page can make one long sentence of two short ones; and who reads a parent's page reads all of it."""
    found: set[tuple[str, str]] = set()
    seen: set[tuple[str, bool]] = set()
    for page in visits.pages:
        most = PARENTS if page.for_parents else COUNSELORS
        for piece in page.pieces:
            if (piece, page.for_parents) not in seen:
                seen.add((piece, page.for_parents))
                text = re.sub(r"\b[xy]{20,}\b", "woord", town.without_data(piece, "woord"))
                hits = too_long(text, most) + BLAME.findall(text) + (HARD.findall(text) if page.for_parents else [])
                found |= {(str(page), one) for one in hits}
    assert found == set()
    assert len(seen) > 500


def test_one_main_button(visits: Visits) -> None:
    found = []
    for page in visits.pages:
        screens: dict[Node | None, list[str]] = {}
        for one in page.root.find(cls="primary") + page.root.find(cls="chief"):
            screens.setdefault(_dialog(one), []).append(one.sight())
        found += [(str(page), buttons) for buttons in screens.values() if len(buttons) > 1]
    assert found == []


def _dialog(one: Node) -> Node | None:
    """The dialog that it stands in: while that is open nothing else can be pressed."""
    return next((up for up in one.above() if up.tag == "dialog"), None)


def test_what_a_parent_has_to_do_has_its_button(visits: Visits) -> None:
    for page in visits.pages:
        if page.endpoint in ("portal.show", "people.code", "people.sign_in", "reviews.leave", "reviews.watch"):
            assert len(page.root.find(cls="primary") + page.root.find(cls="chief")) == 1, str(page)


def test_every_drawing_on_a_parents_screen_has_its_word(visits: Visits) -> None:
    found, looked = [], 0
    for page in visits.pages:
        if page.for_parents:
            root = page.root.find("main")[0] if page.audience is Audience.STAFF else page.root
            drawings = [one for one in root.find("svg") if one.find("use")]
            looked += len(drawings)
            found += [(str(page), one.find("use")[0].attrs["href"]) for one in drawings if not has_its_word(one)]
    assert found == []
    assert looked > 500


def has_its_word(drawing: Node) -> bool:
    """Whether words can be seen in the button, or else the line or block, that the drawing stands in."""
    for up in drawing.above():
        if up.tag in CONTROLS:
            return bool(up.sight())
        if up.tag in BLOCKS and up.sight():
            return True
    return False


def test_a_sound_button_is_there_only_when_it_sounds(visits: Visits) -> None:
    """It comes hidden, to who asked for it: the script shows it where the device has a voice (voice.test.mjs)."""
    aloud = re.compile(r"lees voor|voorlezen|luister|read aloud to me|listen", re.IGNORECASE)
    met = 0
    for page in visits.pages:
        offered = [one for one in page.root.find("button") if aloud.search(one.sight())]
        waits = [up for one in offered for up in one.above() if up.tag == "read-aloud" and "hidden" in up.attrs]
        assert len(waits) == len(offered), str(page)
        assert not offered or page.reader == "Karel", str(page)
        met += len(offered)
    assert met, "Karel asked for it"


@pytest.mark.parametrize(
    ("text", "most"), [("Een " * 13 + "zin.", PARENTS), ("Kort: " + "maar toch " * 6 + "lang.", PARENTS)]
)
def test_the_check_sees_a_long_sentence(text: str, most: int) -> None:
    assert too_long(text, most)


def test_the_check_sees_hard_words_blame_and_a_bare_drawing() -> None:
    assert HARD.search("Jouw traject")
    assert BLAME.search("Dit is slecht")
    bare = tree('<a href="/" aria-label="Back"><svg><use href="#i-x"></use></svg></a>').find("svg")[0]
    assert not has_its_word(bare)
