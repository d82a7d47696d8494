"""A practice writes its own cards: checked, for its staff alone, thrown away and taken back."""

import pytest

from vbg.cards import rules

CARD = {"title": "Naar bed", "text": "Eerst rustig.\n- Licht uit\n- Een liedje", "drawing": "boekje", "language": "nl"}


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def card(ann):
    return ann.post("/cards", data=CARD).headers["Location"]


def test_ann_writes_a_card_and_bea_prints_it(ann, card, client_for):
    sheet = client_for("bea").get(card).text
    assert "Naar bed" in sheet
    assert "<li><bdi>Licht uit</bdi></li><li><bdi>Een liedje</bdi></li>" in sheet
    assert "img/cards/boekje.webp" in sheet
    assert card in client_for("bea").get("/cards").text


WRONG = [
    ({"title": ""}, "title"), ({"title": "  "}, "title"), ({"title": "x" * 61}, "title"), ({"title": "a\0b"}, "title"),
    ({"text": "x" * 1201}, "text"), ({"drawing": "../x"}, "drawing"), ({"language": "xx"}, "language"),
    ({"kind": "secret"}, "kind"),
]  # fmt: skip


def test_what_cannot_be_says_why_by_its_field_and_keeps_what_was_typed(ann):
    for wrong, field in WRONG:
        answer = ann.post("/cards", data=CARD | {"title": "Slaap <b>"} | wrong)
        assert answer.status_code == 422, wrong
        assert f'id="f-{field}-error"' in answer.text, wrong
        assert "Licht uit" in answer.text or field == "text", wrong
        assert "Slaap &lt;b&gt;" in answer.text or field == "title", wrong
    assert "Slaap" not in ann.get("/cards").text


def test_a_title_is_enough(ann):
    address = ann.post("/cards", data={"title": "Adem"}).headers["Location"]
    assert ann.get(address).status_code == 200


def test_it_is_changed(ann, card):
    assert 'value="Naar bed"' in ann.get(f"{card}/edit").text
    assert ann.post(card, data=CARD | {"title": "سرير", "language": "ar"}).status_code == 302
    assert 'lang="ar" dir="rtl"' in ann.get(card).text
    assert ann.post(card, data={"title": ""}).status_code == 422


def test_it_goes_in_the_bin_and_comes_back(ann, card):
    assert ann.post(f"{card}/removal").status_code == 302
    page = ann.get("/cards").text
    assert f'href="{card}"' not in page
    assert "Zet terug: Naar bed" in page
    assert ann.post(f"{card}/return").status_code == 302
    page = ann.get("/cards").text
    assert f'href="{card}"' in page
    assert "Zet terug" not in page


def test_who_is_no_staff_has_none_of_it(client_for, card):
    dilan = client_for("dilan")
    for address in (card, f"{card}/edit", "/cards/new"):
        assert dilan.get(address).status_code in (302, 404), address
    for address in ("/cards", card, f"{card}/removal", f"{card}/return"):
        assert dilan.post(address, data=CARD).status_code in (302, 403, 404), address


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []), ("Een.\n\nTwee.", [["Een."], ["Twee."]]), ("- a\n* b\n• c", [["", "a", "b", "c"]]),
        ("Zie:\n- a\nDan.\n- b", [["Zie:"], ["", "a"], ["Dan."], ["", "b"]]), ("-\n-a", [["-"], ["-a"]]),
    ],
)  # fmt: skip
def test_a_dash_begins_a_line_of_a_list(text, blocks):
    assert rules.blocks(text) == blocks
