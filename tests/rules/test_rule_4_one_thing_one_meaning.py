"""One thing, one meaning: keys, drawings and words. The colours stand in tests/architecture/test_look.py."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.markup import Node, tree
from tests.rules.pages import Page, Visits
from tests.rules.town import Town
from tests.tools import words
from vbg.tagsets.basisset import BASISSET

CLONE = Path(__file__).resolve().parents[2]
BANNED = {
    "nl": re.compile(
        r"\b(sessies?|fragment\w*|vermoed\w*|huisset|clips?|video'?s?|opnames?|cliënt\w*|client\w*|reviews?|casus"
        r"|hulpverleners?|counselors?|annotatie\w*|tags?|afspeelkop|meldcode)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(sessions?|fragments?|suspicions?|house set|videos?|recordings?|clients?|reviews?|annotations?|tags?"
        r"|therapists?|playhead)\b",
        re.IGNORECASE,
    ),
}
"""Second names for what has a name: samen kijken, moment, werkhypothese, basisset, filmpje, film, gezin, label."""
HOLE = re.compile(r"{\w+}|%\(\w+\)s")
KEYS = re.compile(r"\bconst (BY_PLACE|WATCH) = {(.*?)};", re.DOTALL)
ONE_KEY = re.compile(r'(\w+): "([\w-]+)"')
LABELS = {tag.icon.removesuffix(".svg") for tag in BASISSET.tags}
"""The drawings of the labels: each means its label, and nothing else."""
CONTROLS = ("a", "button", "label", "summary")

MEANINGS = {
    "bloem": ("beautiful", r"Beautiful"),
    "boek": ("read what was written", r"^Read|^What happened"),
    "deel": ("share with home", r"[Ss]hare|goes home|Wrapping up"),
    "doel": ("a goal", r"[Gg]oal|^“”"),
    "film": ("a film", r"[Ff]ilm|^Label$|clip|Practice room|[Pp]repared|Watched|Wrapped up"),
    "foto": ("a picture", r"[Pp]icture"),
    "geluid": ("sound", r"^S(ilent|ound)|^Read aloud"),
    "gezin": ("families", r"[Ff]amil|Nobody was asked"),
    "groot": ("large", r"^Large|^Whole picture"),
    "hart": ("an answer without words", r""),
    "huis": ("their home", r"[Hh]ome|New code|^Give a code|^Arriving|^Share with all|^$"),
    "info": ("good to know", r"."),
    "inzoom": ("closer to the picture", r"^Look closer"),
    "kaartje": ("a card to give", r"[Cc]ard"),
    "klok": ("not yet", r"not (asked|now)|[Nn]ot |No |no yes|being (made|prepared)|Now it"),
    "knik": ("recognised", r"I recognise this"),
    "langzaam": ("slowly", r"^Slow"),
    "let-op": ("look out", r"."),
    "lus": ("once more", r"Repeat|Once more|Loop"),
    "maan": ("dark colours", r"[Dd]ark"),
    "mensen": ("colleagues", r"Team|team|Take off|the list|[Ss]upervision"),
    "meer": ("more of the same", r"^More"),
    "mic": ("spoken", r"^Speak$"),
    "min": ("less", r"Zoom out|Take|no longer|Withdrawn|No"),
    "naar": ("the next one", r"^Next|^Another question"),
    "notitie": ("on paper", r"On paper"),
    "ongedaan": ("back as it was", r"Undo|Take back|Open again|[Bb]ack"),
    "oog": ("is seen", r"[Ww]atch|reads? this|read this|since|sees|seen|looked"),
    "oog-uit": ("the curtain", r"^Close for a moment"),
    "opnieuw": ("redo", r"^Redo"),
    "pause": ("the film stops", r"Play|Pause|The film stops"),
    "pijl-links": (
        "back, before",
        r"[Bb]ack|Previous|Earlier|^$|Watching together|Rustig|Label sets|All cards|Plan of approach|^Supervision$",
    ),
    "pijl-omlaag": ("there is more", r"."),
    "pijl-rechts": ("on, after", r"."),
    "play": ("plays", r"^Play|[Ww]atch|^Go on|^$"),
    "ondertitel": ("what labels say", r"Label sets"),
    "plus": ("one more", r"New|Add|[Pp]ut|Zoom in|Name somebody"),
    "potlood": ("write", r"Write|[Aa]dapt|Change|Correct|[Pp]repared|^After the visit"),
    "praat": ("what is said", r"."),
    "print": ("print", r"Print"),
    "prullenbak": ("remove", r"^Remove|[Ee]rase|list|^Put .* away"),
    "sessie": ("watching together", r"[Ww]atch|^Open|Wrap(ped)? up|[Pp]repare|[Ll]ook|^$"),
    "slot": ("closed to others", r"."),
    "zoek": ("looked for", r"[Ff]ind|No moments"),
    "sluit": ("away from here", r"Take out|^Done|^Close|Remove"),
    "sleep": ("can be dragged", r"^Move"),
    "step-terug": ("a step back", r"back"),
    "step-verder": ("a step on", r"on$|forward"),
    "ster": ("a good moment, chosen", r"[Mm]oment|[Cc]hoose"),
    "ster-vol": ("a good moment, chosen", r"[Pp]laced|[Cc]hosen"),
    "taal": ("another language", r"Nederlands|EN|NL|English|[Ll]anguage"),
    "terug": ("a second back", r"One second back"),
    "toetsen": ("the keys", r"[Kk]eys"),
    "trots": ("proud", r"proud"),
    "uitgang": ("out", r"^(Sign o|O)ut"),
    "telefoon": ("the counselor's own phone", r"[Pp]hone|^Begin$"),
    "upload": ("bring a film in", r"[Ff]ilm"),
    "vandaag": ("today", r"Today"),
    "vergelijk": ("how much moves", r"[Mm]ovement"),
    "vink": ("yes, done", r"."),
    "voet": ("the next step", r"[Ss]tep|Now|next"),
    "vooruit": ("a second on", r"One second on"),
    "zon": ("light colours", r"[Ll]ight"),
}
"""Every drawing in use beside the labels': what it means, and the English words it may stand with."""


def drawings(page: Page) -> Iterator[tuple[str, str]]:
    """Each drawing that can be pressed, with the words it is pressed by; data left out."""
    for use in page.root.find("use"):
        drawing = use.parent
        control = next((up for up in drawing.above() if up.tag in CONTROLS), None) if drawing else None
        if drawing and control and len(control.find("use")) == 1:  # more of them: a card that can be pressed
            yield use.attrs["href"].rpartition("#i-")[2], words_of(drawing)


def words_of(drawing: Node) -> str:
    """The words of the control around a drawing."""
    control = next(up for up in drawing.above() if up.tag in CONTROLS)
    said = control.attrs.get("aria-label") or control.without(tags=("bdi", "script"))
    return re.sub(r"\s+", " ", said).strip()


def astray(name: str, said: str) -> str | None:
    """What is wrong with this drawing beside these words, or None."""
    if name in LABELS:
        tag = next(one for one in BASISSET.tags if one.icon == f"{name}.svg")
        return None if said.startswith(tag.en) else f"{name} is the label {tag.en!r}, not {said!r}"
    if name not in MEANINGS:
        return f"{name} has no meaning yet: give it one in MEANINGS"
    meaning, fits = MEANINGS[name]
    if not said:  # nothing but data: a name, a day
        return None
    return None if re.search(fits, said) else f"{name} means {meaning!r}, not {said!r}"


def test_every_drawing_means_one_thing(visits: Visits, town: Town) -> None:
    met = {
        (name, town.without_data(said, "").strip())
        for page in visits.pages
        if page.language == "en"
        for name, said in drawings(page)
    }
    assert len({name for name, _said in met}) > 30
    assert sorted(fault for name, said in met if (fault := astray(name, said))) == []


def test_drawings_of_templates_and_scripts_have_a_meaning() -> None:
    """Also those that no visit met."""
    named = re.compile(r"""\bicon(?:_button)?\(\s*["']([a-z-]+)["']|icon_name=["']([a-z-]+)["']|#i-([a-z-]+)""")
    found = set()
    for folder, kind in (("templates", "*.html"), ("static/js", "*.js")):
        for path in (CLONE / folder).rglob(kind):
            if "vendor" not in path.parts:
                for groups in named.findall(path.read_text(encoding="utf-8")):
                    found |= {name.rstrip("-") for name in groups if name}
    assert len(found) > 25
    assert found - set(MEANINGS) == set(), "a drawing without a meaning, or one of a label used for something else"


def test_no_two_drawings_mean_the_same() -> None:
    said = [meaning for name, (meaning, _fits) in MEANINGS.items() if name != "ster-vol"]
    assert len(said) == len(set(said))
    assert LABELS & set(MEANINGS) == set()


def test_a_key_is_a_label_or_a_command() -> None:
    tables = keys()
    commands = list(tables["BY_PLACE"])
    labels = [tag.code for tag in BASISSET.tags]
    both = [*commands, *labels, "Period"]
    assert len(commands) > 10
    assert sorted(code for code in set(both) if both.count(code) > 1) == []
    wishes = list(tables["BY_PLACE"].values())
    assert len(wishes) == len(set(wishes))


def test_a_key_means_the_same_in_the_room() -> None:
    """Space plays, Escape is done and the full stop draws the curtain, in the room as in the workspace."""
    tables = keys()
    shared = set(tables["BY_PLACE"]) & set(tables["WATCH"]) - {"Enter"}
    assert shared == {"Space", "Escape"}
    assert {tables["BY_PLACE"][code] == tables["WATCH"][code] for code in shared} == {True}
    assert tables["WATCH"]["Period"] == "curtain"


def keys() -> dict[str, dict[str, str]]:
    """The tables of the script that reads keys: place of the key -> what it asks for."""
    script = (CLONE / "static" / "js" / "lib" / "keys.js").read_text(encoding="utf-8")
    tables = {name: ONE_KEY.findall(body) for name, body in KEYS.findall(script)}
    assert set(tables) == {"BY_PLACE", "WATCH"}
    assert all(len(rows) == len(dict(rows)) for rows in tables.values())
    return {name: dict(rows) for name, rows in tables.items()}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_second_name_for_a_thing(language: str) -> None:
    assert [
        (one.id, hit)
        for one in words.catalogue(language)
        for text in ([one.string] if isinstance(one.string, str) else one.string)
        if one.id and (hit := second_names(text, language))
    ] == []
    fields = (language, f"plain_{language}")
    said = [getattr(tag, field) for tag in BASISSET.tags for field in fields]
    assert [text for text in said if BANNED[language].search(text)] == []


def second_names(text: str, language: str) -> list[str]:
    """The banned synonyms in a sentence, its holes left out; `film clip` is the English for filmpje."""
    return BANNED[language].findall(HOLE.sub("", text))


def test_no_page_uses_a_second_name(visits: Visits, town: Town) -> None:
    found = {
        (page.endpoint, piece, tuple(hit))
        for page in visits.pages
        for piece in page.pieces
        if (hit := second_names(town.without_data(piece, ""), page.language))
    }
    assert found == set()


def test_the_check_sees_a_fault() -> None:
    assert second_names("Deze sessie heeft een fragment", "nl") == ["sessie", "fragment"]
    assert astray("trots", "Delete everything")
    assert astray("vraagt-hulp", "Tap the picture.")
    assert astray("never-seen", "Print")
    held = tree('<button aria-label="Print"><svg><use href="#i-print"></use></svg></button>').find("svg")[0]
    assert words_of(held) == "Print"
