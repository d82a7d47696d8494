"""Nobody is assumed: names and readers come from data, whatever the family looks like."""

import re
from pathlib import Path

import pytest

from tests.rules.pages import Page, Visits
from tests.rules.town import SHAPES, Shape, Town
from tests.tools import words
from vbg.tagsets.basisset import BASISSET
from vbg.viewer import Audience

CLONE = Path(__file__).resolve().parents[2]
ADULT = re.compile(
    r"\b(mama|mam|mams|mamma|papa|pap|paps|pappa|moeders?|vaders?|stief\w+|pleeg\w+|oma|opa|jullie|echtgeno\w+"
    r"|mothers?|fathers?|mum|mums|mummy|mom|moms|mommy|dad|dads|daddy|step(?:mother|father)|foster\w*|grand\w+"
    r"|you both|both of you|two of you|husband|wife)\b",
    re.IGNORECASE,
)
GENDER = {
    "nl": re.compile(r"\b(hij|hem|zij|ze|haar|zijn|diens|meneer|mevrouw)\b", re.IGNORECASE),
    "en": re.compile(r"\b(he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE),
}
THING = re.compile(
    r"\b(films?|filmpje|moment|momenten|bestand|code|woorden|bytes|beeld|praktijk|dingen|getal|sleutels?)\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"^Mieke, ")
"""Examples of a call name, of which none is assumed."""
NAMED = {
    "Schrijf hem op": "the question beside it",
    "Bekijk ze een voor een": "the moments",
    "Zo zijn %(children)s": "are, of more than one child",
}
"""Sentences in which such a word stands for no person, and for what it does."""
MANY = re.compile(
    r"\b(?:zien|willen|vinden|kiezen|kunnen|hebben) (?:zij|ze)\b"
    r"|\b(?:zij|ze) (?:\w+ )?(?:zien|willen|vinden|kiezen|kunnen)\b",
    re.IGNORECASE,
)
"""`zij` for more than one, whoever they are."""
TWO = {"Jullie hebben plezier.", "Een grapje tussen jullie.", "A joke between the two of you."}
"""Labels that need two: the parent who reads and the child who is in the picture."""
CALLED = {"nl": "Dag {}", "en": "Hello {}"}


def assumed(sentence: str, language: str) -> list[str]:
    """Words of this sentence that take an adult, or a person's gender, for granted."""
    if sentence in NAMED or EXAMPLE.match(sentence):
        return []
    sentence = MANY.sub("", sentence)
    found = ADULT.findall(sentence)
    if not (language == "nl" and THING.search(sentence)):
        found += GENDER[language].findall(sentence)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_of_the_catalogues_assumes(language: str) -> None:
    found = [
        (one.id, hit)
        for one in words.catalogue(language)
        for text in ([one.string] if isinstance(one.string, str) else one.string)
        if one.id and (hit := assumed(text, language))
    ]
    assert found == []


def test_no_template_script_or_label_assumes() -> None:
    found = []
    for folder, kind in (("templates", "*.html"), ("static/js", "*.js")):
        for path in (CLONE / folder).rglob(kind):
            text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            text = re.sub(r"""["']Mieke, [^"']*["']""", "", text)
            if "vendor" not in path.parts:
                found += [(path.name, hit) for hit in ADULT.findall(text)]
    assert found == []
    plain = {text for tag in BASISSET.tags for text in (tag.plain_nl, tag.plain_en, tag.nl, tag.en)} - TWO
    assert [text for text in plain if ADULT.search(text)] == []


def test_no_page_holds_an_adult_who_is_not_in_the_data(visits: Visits) -> None:
    """The town stores no such word at all, so each one found was put there by the page."""
    found = [
        (str(page), piece, hit)
        for page in visits.pages
        for piece in page.pieces
        if piece not in TWO and not EXAMPLE.match(piece) and (hit := ADULT.findall(piece))
    ]
    assert found == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.bird)
def test_a_familys_pages_name_its_own_adults_only(shape: Shape, visits: Visits, town: Town) -> None:
    mine = {adult.name for adult in shape.adults}
    own = [page for page in visits.pages if page.household and page.household.shape == shape]
    assert len({page.endpoint for page in own}) >= 18
    for page in own:
        if page.endpoint != "desk.today":
            seen = {name for name in town.adults() - mine if any(_named(name, piece) for piece in page.pieces)}
            assert seen == set(), str(page)
    asked = [page for page in own if page.endpoint == "consents.edit" and page.language == "nl"]
    assert asked
    for page in asked:
        assert mine <= {bdi.raw() for heading in page.root.find("h2") for bdi in heading.find("bdi")}, str(page)


def _named(name: str, piece: str) -> bool:
    return re.search(rf"\b{name}\b", piece) is not None


def test_home_greets_its_reader_by_call_name_and_speaks_to_nobody_else(visits: Visits, town: Town) -> None:
    seen = 0
    for page in (one for one in visits.pages if one.audience is Audience.PARENT and one.household):
        assert page.household
        shape = page.household.shape
        if page.endpoint == "portal.home":
            assert page.root.find("h1")[0].sight() == CALLED[page.language].format(page.reader), str(page)
            seen += 1
        others = {adult.name for adult in shape.adults} - {page.reader}
        for piece in page.pieces:
            for name in others:
                assert not _named(name, _without_authors(page, piece)), (str(page), piece)
    assert seen == 2 * len(town.adults())


def _without_authors(page: Page, piece: str) -> str:
    """The piece but for whose question it is: that is data, and said as such."""
    assert page.household
    return piece.replace(page.household.shape.asker or "\0", "")


def test_every_exception_is_a_sentence_in_use() -> None:
    said = {one.string for one in words.catalogue("nl")}
    assert set(NAMED) <= said


@pytest.mark.parametrize(
    ("sentence", "language"),
    [("Dag mama en papa", "nl"), ("Vraag het haar", "nl"), ("Wat zien jullie?", "nl"), ("Ask her mother", "en")],
)
def test_the_check_sees_a_fault(sentence: str, language: str) -> None:
    assert assumed(sentence, language)
