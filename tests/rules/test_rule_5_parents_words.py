"""Parents' words are theirs: what stands in apricot or “ ” is a stored text, byte for byte, and says whose."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.markup import SILENT, Node, tree
from tests.rules.pages import Page, Visits
from tests.rules.town import Town
from tests.tools import words

CLONE = Path(__file__).resolve().parents[2]
RULE = re.compile(r"([^{}@;]+){([^{}]*)}")
APRICOT = {"qline", "qblock", "words", "bub", "goal-words", "own", "values"}
"""Everything that the style sheets paint apricot for words."""
DRAWN = {"gl", "i", "ladder", "climbed"}
"""Apricot without words: the drawing beside a goal, the rungs that were climbed."""
ABOUT = ("whose", "note", "act", "tiny", "small", "muted", "sr", "attrib")
"""Parts of an apricot block that are about the words, not the words."""
OWN = {"nl": "Jouw woorden", "en": "Your words"}
ROWS = ("li", "section", "article", "form", "header", "dl", "main", "aside", "a")


def apricot(page: Page) -> Iterator[Node]:
    """Each element in apricot, but for the line that says there is no question yet."""
    for node in page.root.all():
        if node.classes & APRICOT and "is-empty" not in node.classes:
            yield node


def faults(page: Page, said: dict[str, str]) -> list[str]:
    """What this page quotes that nobody said, changed, or left without a name."""
    found = []
    for node in apricot(page):
        quoted = node.find("bdi")
        found += [f"apricot without words: {node.raw()!r}"] if not quoted else []
        rest = node.without(*ABOUT, tags=("bdi",)).strip(" \n“”")
        found += [f"apricot beside the words: {rest!r}"] if rest else []
        found += [fault for one in quoted if not _is_about(one, node) for fault in _not_theirs(one, said, page)]
    for one in quotes(page.root):
        found += [f"quoted, but not stored words: {one!r}"] if isinstance(one, str) else _not_theirs(one, said, page)
    return [f"{page}: {fault}" for fault in found]


def _is_about(one: Node, node: Node) -> bool:
    return any(up.classes & set(ABOUT) for up in one.above() if up is not node and node in up.above())


def _not_theirs(one: Node, said: dict[str, str], page: Page) -> list[str]:
    text = one.raw()
    if text not in said:
        return [f"not stored so: {text!r}"]
    return [] if says_whose(one, said[text], page) else [f"does not say that these are words of {said[text]}: {text!r}"]


def says_whose(one: Node, who: str, page: Page) -> bool:
    """Whether the name stands in the smallest row or block around the words, or the reader is told they are theirs."""
    for up in one.above():
        if up.tag not in ROWS:
            continue
        seen = up.without(tags=("script", "bdi"))
        names = up.find("bdi")
        if who in seen or any(who == name.raw() for name in names if name is not one):
            return True
        if who == page.reader and OWN[page.language] in seen:
            return True
        if up.tag != "a":
            return False
    return False


def quotes(root: Node) -> Iterator[Node | str]:
    """What stands between “ and ”: the one element of data there, or the text when it is anything else."""
    tokens: list[Node | str] = []

    def walk(node: Node) -> None:
        for one in node.inside:
            if isinstance(one, str) or one.tag == "bdi":
                tokens.append(one)
            elif one.tag not in SILENT and one.tag != "textarea":
                walk(one)

    walk(root)
    for at, token in enumerate(tokens):
        if not isinstance(token, str):
            continue
        for part in re.findall(r"“([^”]*)", token):
            data = tokens[at + 1] if at + 1 < len(tokens) else ""
            closed = at + 2 < len(tokens) and str(tokens[at + 2]).startswith("”")
            yield data if not part and token.endswith("“") and isinstance(data, Node) and closed else f"“{part}"


def test_parents_words_stand_unchanged_and_say_whose(visits: Visits, town: Town) -> None:
    said = town.said()
    assert [fault for page in visits.pages for fault in faults(page, said)] == []


def test_each_kind_of_words_was_met(visits: Visits, town: Town) -> None:
    """The check looked at something: every stored text stands somewhere, in apricot or quotes."""
    met = {one.raw() for page in visits.pages for node in apricot(page) for one in node.find("bdi")}
    met |= {one.raw() for page in visits.pages for one in quotes(page.root) if isinstance(one, Node)}
    assert set(town.said()) - met == set()


def test_apricot_is_for_words_alone() -> None:
    """A new apricot class comes under this check, or says here that it holds no words."""
    painted: set[str] = set()
    for sheet in (CLONE / "static" / "css").rglob("*.css"):
        if sheet.name == "tokens.css":
            continue
        for selector, body in RULE.findall(sheet.read_text(encoding="utf-8")):
            if "--warm" in body:
                lasts = [re.split(r"[\s>+~]", one.strip())[-1] for one in selector.split(",")]
                painted |= {name for last in lasts for name in re.findall(r"\.([a-z][\w-]*)", last)}
    assert painted <= APRICOT | DRAWN


def test_no_sentence_of_ours_stands_in_parents_quotes() -> None:
    for language in ("nl", "en"):
        assert [one.id for one in words.catalogue(language) if one.id and re.search("[“”]", str(one.string))] == []
    scripts = (CLONE / "static" / "js").rglob("*.js")
    assert [path.name for path in scripts if "vendor" not in path.parts and "“" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    "html",
    [
        '<section class="qblock"><p class="whose">Question of Dilan</p>“<bdi>Another text</bdi>”</section>',
        '<section class="qblock"><blockquote>“<bdi>Her words</bdi>”</blockquote></section>',
        '<p class="words">We are still looking.</p>',
        "<li>Dilan said “Her words”</li>",
        "<li>Dilan said “<bdi>Her words</bdi>, so”</li>",
    ],
)
def test_the_check_sees_a_fault(html: str) -> None:
    page = Page("x", "/x", "Ann", "en", 200, html, (), None)
    page.__dict__["root"] = tree(html)
    assert faults(page, {"Her words": "Dilan"})
