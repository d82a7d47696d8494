"""The cards of the house, read from `texts`, and what an own card is made of."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Text = Mapping[str, str]
"""One text by language."""

FOLDER: Final = Path(__file__).parent / "texts"
KINDS: Final = {"phase": "phases", "three": "threes", "activity": "activities"}
"""The kinds of cards of the house, each with its file."""
OWN_KINDS: Final = ("info", "activity")
LANGUAGES: Final = {
    "nl": "Nederlands", "en": "English", "fr": "Français", "de": "Deutsch", "es": "Español", "pt": "Português",
    "pl": "Polski", "ro": "Română", "bg": "Български", "uk": "Українська", "ru": "Русский", "sq": "Shqip",
    "tr": "Türkçe", "ar": "العربية", "fa": "فارسی", "ps": "پښتو", "so": "Soomaali", "ti": "ትግርኛ",
}  # fmt: skip
"""Languages that a card can be in, each by its own name."""
FROM_RIGHT: Final = frozenset({"ar", "fa", "ps"})
SIZES: Final = ("a5", "a4")
MAX_TITLE: Final = 60
MAX_TEXT: Final = 1200
_OF_PHASE: Final = {"peuter_kleuter": ("peuter", "kleuter"), "lagere_school": ("school",), "schoolkind": ("school",)}
"""Phases whose cards have another key than their own."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the house. `ages` are years from and up to, by country; without any it is for all ages."""

    key: str
    kind: str
    drawing: str
    title: Text
    lead: Text
    parts: Mapping[str, tuple[Text, ...]]
    kicker: Text
    note: Text
    ages: Mapping[str, tuple[int, int]]
    title_in: Mapping[str, Text]
    phases: tuple[str, ...]
    labels: tuple[str, ...]

    def name(self, language: str, country: str = "") -> str:
        """Its title, as this country calls it."""
        return said(self.title_in.get(country, self.title), language)

    def is_for(self, country: str) -> bool:
        """Whether this country has it at all: a dreumes is not a phase in Belgium."""
        return not self.ages or country in self.ages


@dataclass(frozen=True, slots=True)
class Deck:
    """All cards of one kind, the heads of their parts in order, and what stands at the foot of each."""

    kind: str
    heads: Mapping[str, Text]
    foot: tuple[Text, ...]
    cards: tuple[Card, ...]


def said(text: Text, language: str) -> str:
    """A text in this language, else in Dutch."""
    return text.get(language) or text.get("nl", "")


def _card(kind: str, told: Mapping[str, Any]) -> Card:
    return Card(
        told["key"], kind, told["drawing"], told["title"], told["lead"],
        {part: tuple(lines) for part, lines in told["parts"].items()}, told.get("kicker", {}), told.get("note", {}),
        {country: (first, end) for country, (first, end) in told.get("ages", {}).items()}, told.get("title_in", {}),
        tuple(told.get("phases", ())), tuple(told.get("labels", ())),
    )  # fmt: skip


def _deck(kind: str, file: str) -> Deck:
    told = json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8"))
    return Deck(kind, told["heads"], tuple(told["foot"]), tuple(_card(kind, one) for one in told["cards"]))


DECKS: Final = {kind: _deck(kind, file) for kind, file in KINDS.items()}
HEADS: Final[Mapping[str, Text]] = json.loads((FOLDER / "heads.json").read_text(encoding="utf-8"))
"""What stands above when, what, what for and the step, on a card of a moment."""
CARDS: Final = {card.key: card for deck in DECKS.values() for card in deck.cards}
DRAWINGS: Final = tuple(dict.fromkeys(card.drawing for card in CARDS.values()))
"""The pictures there are, which an own card chooses from."""


def texts(deck: Deck) -> Iterator[Text]:
    """Every text of a deck."""
    yield from (*deck.heads.values(), *deck.foot)
    for card in deck.cards:
        yield from (card.title, card.lead, *card.title_in.values(), *(one for one in (card.kicker, card.note) if one))
        for lines in card.parts.values():
            yield from lines


def languages(deck: Deck) -> list[str]:
    """The languages in which this deck is whole."""
    return [one for one in LANGUAGES if all(one in text for text in texts(deck))]


def of_phase(phase: str) -> tuple[str, ...]:
    """The keys of the cards of a phase (`families.rules.Phase`); two where it has two names."""
    return _OF_PHASE.get(phase, (phase,))


def blocks(text: str) -> list[list[str]]:
    """The blocks of an own card's text: a paragraph is one line, a list has a line for each of its dashes."""
    made: list[list[str]] = []
    for line in (one.strip() for one in text.split("\n")):
        item = line[2:].strip() if line.startswith(("- ", "* ", "• ")) else ""
        if item and made and made[-1] and made[-1][0] == "":
            made[-1].append(item)
        elif item:
            made.append(["", item])
        elif line:
            made.append([line])
    return made
