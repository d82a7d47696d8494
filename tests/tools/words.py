"""The catalogues: all sentences out of code and templates, the Dutch kept. `python -m tests.tools.words`."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

CLONE = Path(__file__).resolve().parents[2]
FOLDER = CLONE / "vbg" / "translations"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "_l": None, "N_": None, "ngettext": (1, 2)}


def sentences() -> Iterator[str | tuple[str, ...]]:
    """Every sentence a person can read, once."""
    seen = set()
    for folder, kind in ((CLONE / "vbg", [("**.py", "python")]), (CLONE / "templates", [("**.html", "jinja2")])):
        for _file, _line, words, _comments, _context in extract_from_dir(folder, kind, {}, KEYWORDS):
            if words and words not in seen:
                seen.add(words)
                yield words


def holes(sentence: str) -> set[str]:
    """The places for values in a sentence: `{name}` and `%(name)s`."""
    return set(re.findall(r"{\w+}|%\(\w+\)s", sentence))


def catalogue(language: str) -> Catalog:
    """The stored catalogue of a language; empty when there is none yet."""
    file = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return Catalog(locale=language, domain="messages")
    return read_po(BytesIO(file.read_bytes()), locale=language)


def refresh(language: str, extra: Catalog | None = None) -> list[str]:
    """Write the catalogue with just the sentences in use; answers those without words in this language."""
    old = catalogue(language)
    new = Catalog(locale=language, domain="messages", project="vbg", charset="utf-8", fuzzy=False)
    missing = []
    for words in sentences():
        key = words if isinstance(words, str) else words[0]
        kept = (extra and extra.get(key)) or old.get(key)
        said = kept.string if kept else ""
        if language == "en":
            said = words
        new.add(words, said)
        if not said or (isinstance(said, tuple) and not all(said)):
            missing.append(key)
    folder = FOLDER / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "messages.po").open("wb") as out:
        write_po(out, new, sort_output=True, omit_header=False, no_location=True, width=0)
    with (folder / "messages.mo").open("wb") as out:
        write_mo(out, new)
    return missing


if __name__ == "__main__":
    for one in ("nl", "en"):
        for sentence in refresh(one):
            print(f"{one}: {sentence!r} has no words")
