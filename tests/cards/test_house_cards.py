"""The cards of the house: whole in each language, plain, kind, drawn, and two clicks away from every page."""

import re
from datetime import date

import pytest

from tests.rules.test_rule_6_nobody_is_assumed import assumed
from tests.rules.test_rule_8_a_tired_person_understands import BLAME, HARD, PARENTS, too_long
from tests.tools import cards as drawings
from vbg import clock
from vbg.cards import rules
from vbg.families.models import Family, Member
from vbg.families.rules import Phase
from vbg.tagsets.basisset import BASISSET

PROMISE = re.compile(r"\b(gehoorza\w*|braaf|beter slapen|luistert dan|well-behaved|obey\w*|behave\w*)\b", re.IGNORECASE)
"""What no card promises (a child does not behave better because of a card)."""
KICKERS = [card.kicker for card in rules.CARDS.values() if card.kicker]


def test_there_are_phases_three_s_and_twelve_things_to_do():
    assert [card.key for card in rules.DECKS["phase"].cards] == [
        "baby", "dreumes", "peuter", "kleuter", "school", "jongere",
    ]  # fmt: skip
    assert [card.key for card in rules.DECKS["three"].cards] == ["steunen", "stimuleren", "sturen"]
    assert len(rules.DECKS["activity"].cards) == 12


@pytest.mark.parametrize("kind", rules.DECKS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_is_there_short_plain_and_kind(kind, language):
    deck = rules.DECKS[kind]
    assert language in rules.languages(deck)
    for text in rules.texts(deck):
        one = text[language]
        assert too_long(one, PARENTS) == [], one
        assert not BLAME.search(one), one
        assert text in KICKERS or not HARD.search(one), one
        assert assumed(one, language) == [], one
        assert not PROMISE.search(one), one


def test_what_makes_a_deck_less_than_whole_is_seen(monkeypatch):
    deck = rules.DECKS["three"]
    monkeypatch.setitem(deck.cards[0].title, "fr", "Je suis là")
    assert "fr" not in rules.languages(deck)
    assert rules.said(deck.cards[0].title, "fr") == "Je suis là"
    assert rules.said(deck.cards[1].title, "fr") == "Ik laat proberen"


def test_every_card_is_drawn_and_names_only_labels_and_phases_that_exist():
    known, phases = {tag.key for tag in BASISSET.tags}, {card.key for card in rules.DECKS["phase"].cards}
    assert sorted(rules.DRAWINGS) == drawings.names()
    for card in rules.CARDS.values():
        assert drawings.source(card.drawing).is_file(), card.key
        assert all((drawings.PICTURES / f"{card.drawing}{end}.webp").is_file() for end in ("", "-s")), card.key
        assert set(card.labels) <= known, card.key
        assert set(card.phases) <= phases, card.key
    assert all(len(card.labels) == 3 for card in rules.DECKS["activity"].cards)


def test_every_phase_that_a_child_can_be_in_has_its_cards():
    cards = {card.key for card in rules.DECKS["phase"].cards}
    assert {key for one in Phase for key in rules.of_phase(one)} == cards
    assert rules.of_phase(Phase.PEUTER_KLEUTER) == ("peuter", "kleuter")


def test_a_card_opens_in_two_clicks_from_every_page(client_for):
    ann = client_for("ann")
    assert '<a class="nav" href="/cards"' in ann.get("/today").text
    page = ann.get("/cards").text
    for key, card in rules.CARDS.items():
        assert (f"/cards/house/{key}" in page) == card.is_for("BE"), key
    assert "Lagere school" in page
    assert "Dreumes" not in page


def test_the_sheet_says_it_once_and_prints_small_or_large(client_for):
    ann = client_for("ann")
    sheet = ann.get("/cards/house/peuter").text
    assert sheet.count("Een fase is geen norm.") == 1
    assert '"a5 leaf"' in sheet
    assert "1 tot 3 jaar" in sheet
    assert '"a4 leaf"' in ann.get("/cards/house/peuter?size=a4").text
    assert "2 tot 4 jaar" in ann.get("/cards/house/peuter?country=NL").text
    for odd in ("?lang=xx&size=huge&country=ZZ", "?lang=nl-nl-nl", "?lang=%00"):
        assert ann.get(f"/cards/house/peuter{odd}").status_code == 200, odd
    assert ann.get("/cards/house/none").status_code == 404


def test_two_languages_stand_on_one_sheet(client_for):
    sheet = client_for("ann").get("/cards/house/boekje?lang=nl-en").text
    assert 'lang="nl" dir="ltr"' in sheet
    assert 'lang="en" dir="ltr"' in sheet
    assert "Hier zie je vaak" in sheet
    assert "Je kind wijst iets aan." in sheet
    assert "Your child points at something." in sheet


def test_of_a_family_the_cards_of_its_childs_phase_come_first(client_for, house, world):
    merel = world.families["merel"].id
    with house.database.unit() as session:
        today = clock.today()
        session.get_one(Family, merel).country = "NL"
        born = date(today.year - 3, 1, 1)
        session.add(Member(family_id=merel, call_name="Pip", kind="child", born_on=born))
    page = client_for("ann").get(f"/cards?family={merel}").text
    assert page.index("Voor dit gezin") < page.index("/cards/house/peuter") < page.index("/cards/house/baby")
    assert "Dreumes" in page
    assert client_for("cas").get(f"/cards?family={merel}").status_code == 404
    assert client_for("ann").get("/cards?family=geen").status_code == 200


def test_nobody_else_sees_them(client_for):
    for who in ("", "dilan"):
        assert client_for(who).get("/cards").status_code in (302, 404), who
