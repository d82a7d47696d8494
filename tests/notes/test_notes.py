"""Ann writes, corrects, puts away and finds notes of a family; who is not of the team reads none."""

import re
import uuid

import pytest
from sqlalchemy import select

from vbg import audit, clock
from vbg.notes.models import FamilyNote, FamilyNoteWording
from vbg.notes.queries import PAGE


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def url(world):
    return f"/families/{world.families['merel'].id}/notes"


def kept(house):
    with house.database.unit(write=False) as session:
        return session.scalars(select(FamilyNote).order_by(FamilyNote.id)).all()


def write(ann, url, text, **more):
    made = ann.post(url, data={"text": text, **more})
    assert made.status_code == 302, made.text
    return made.headers["Location"]


def test_words_alone_make_a_talk_of_today(house, ann, url):
    page = ann.get(write(ann, url, "Dilan lacht <weer>.\r\nPip ook.")).text
    (note,) = kept(house)
    assert (note.kind, note.on, note.place, note.present) == ("talk", clock.today(), "", "")
    assert note.text == "Dilan lacht <weer>.\nPip ook."
    assert "<bdi>Dilan lacht &lt;weer&gt;.\nPip ook.</bdi>" in page
    assert "Ann" in page


def test_the_form_says_how_to_write_and_is_of_today(ann, url):
    page = ann.get(f"{url}/new").text
    assert "Schrijf alsof ouders meelezen." in page
    assert f'value="{clock.today().isoformat()}"' in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " \n"}, "text"), ({"text": "x" * 20_001}, "text"), ({"text": "a\0"}, "text"),
        ({"place": "x" * 201}, "place"), ({"on": "31 februari"}, "on"), ({"on": "2999-01-01"}, "on"),
        ({"kind": "film"}, "kind"),
    ],
)  # fmt: skip
def test_a_failed_try_keeps_all_that_was_typed(house, ann, url, wrong, field):
    typed = {"text": "blijft <staan>", "place": "Keuken", "present": "Dilan, Pip", "on": "2026-01-02"} | wrong
    answer = ann.post(url, data=typed)
    assert answer.status_code == 422
    assert f"f-{field}-error" in answer.text
    for name in {"text", "present"} - {field}:
        assert {"text": "blijft &lt;staan&gt;", "present": "Dilan, Pip"}[name] in answer.text
    assert kept(house) == []


def test_the_same_note_sent_twice_is_one(house, ann, url):
    same = {"text": "Een keer", "id": str(uuid.uuid4())}
    assert write(ann, url, **same) == write(ann, url, **same)
    assert len(kept(house)) == 1
    assert ann.post(url, data=same | {"text": "Anders"}).status_code == 422


def test_a_correction_keeps_how_it_read(house, ann, url, client_for):
    note = write(ann, url, "Eerst zo", place="Thuis")
    bea = client_for("bea")
    assert bea.post(note, data={"text": "Nu zo", "place": "Thuis", "version": "1"}).status_code == 302
    page = ann.get(note).text
    assert page.index("Nu zo") < page.index("Eerst zo")
    assert "Bea" in page
    assert ann.post(note, data={"text": "Nu zo", "place": "Thuis", "version": "2"}).status_code == 302
    with house.database.unit(write=False) as session:
        assert [one.text for one in session.scalars(select(FamilyNoteWording))] == ["Eerst zo"], "the same is no change"


def test_two_who_correct_at_once_see_both_and_lose_nothing(house, ann, url, client_for):
    note = write(ann, url, "Begin")
    client_for("bea").post(note, data={"text": "Van Bea", "version": "1"})
    answer = ann.post(note, data={"text": "Van Ann", "version": "1"})
    assert answer.status_code == 422
    assert "Van Bea" in answer.text
    assert "Van Ann" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert ann.post(note, data={"text": "Van Ann", "version": version[1]}).status_code == 302
    assert [one.text for one in kept(house)] == ["Van Ann"]
    assert "Van Bea" in ann.get(note).text


def test_away_and_back(ann, url):
    note = write(ann, url, "Weg ermee")
    away = ann.post(f"{note}/removal")
    page = ann.get(away.headers["Location"]).text
    assert f"{note}/removal/end" in page
    assert "Weg ermee" not in page
    assert "Weg ermee" in ann.get(f"{url}?removed=yes").text
    assert "Weg ermee" not in ann.get(f"{url}/paper").text
    assert ann.post(f"{note}/removal/end").status_code == 302
    assert "Weg ermee" in ann.get(url).text


def test_the_newest_day_stands_first_and_pages_follow(ann, url):
    for day in range(1, PAGE + 4):
        write(ann, url, f"Dag {day:02}", on=f"2026-01-{day:02}")
    page = ann.get(url).text
    days = re.findall(r"Dag \d\d", page)
    assert days == [f"Dag {day:02}" for day in range(PAGE + 3, 3, -1)]
    after = re.search(r'name="after" value="([^"]+)"', page)[1]
    assert re.findall(r"Dag \d\d", ann.post(f"{url}/search", data={"after": after}).text) == [
        "Dag 03", "Dag 02", "Dag 01",
    ]  # fmt: skip
    for bad in ("x", "2026-13-40_" + str(uuid.uuid4()), "_"):
        assert ann.post(f"{url}/search", data={"after": bad}).status_code == 200


def test_words_are_found_whatever_their_case_and_accents(ann, url):
    write(ann, url, "Een cafébezoek met ÉMILE", present="Dilan")
    write(ann, url, "100 % rust")

    def found(words):
        return ann.post(f"{url}/search", data={"words": words}).text

    assert "cafébezoek" in found("emile CAFE")
    assert "cafébezoek" in found("dilan")
    assert "rust" not in found("émile")
    assert "100 % rust" in found("100 %")
    assert "100 % rust" not in found("_")
    assert found("\0zoek").count("<article") == 1
    assert "niets" not in ann.get(f"{url}?words=niets").text, "words of a search stand in no address"


def test_on_paper_all_of_them_oldest_first(ann, url):
    write(ann, url, "Later", on="2026-02-02")
    write(ann, url, "Eerder", on="2026-01-02")
    page = ann.get(f"{url}/paper").text
    assert page.index("Eerder") < page.index("Later")


def test_the_family_page_has_one_folded_line(ann, world, url):
    write(ann, url, "Zeer eigen woorden")
    page = ann.get(f"/families/{world.families['merel'].id}").text
    assert "Zeer eigen woorden" not in page
    assert re.search(r'<details class="private">.*?' + re.escape(url), page, re.DOTALL)


def test_no_stranger_and_no_parent(ann, url, client_for):
    note = write(ann, url, "Van het team")
    for who in ("cas", "eve", "dilan", ""):
        client = client_for(who)
        for address in (url, f"{url}/new", f"{url}/paper", note, f"{note}/edit"):
            assert client.get(address).status_code in (404, 302), (who, address)
        assert "Van het team" not in client.post(f"{url}/search", data={"words": "team"}).text
        assert client.post(note, data={"text": "Anders"}).status_code in (404, 302)
        assert client.post(f"{note}/removal").status_code in (404, 302)
    assert "Van het team" in client_for("bea").get(note).text


def test_each_act_has_its_line_without_a_word(house, ann, url):
    note = write(ann, url, "Vlinderwoord")
    ann.post(note, data={"text": "Vlinderwoorden"})
    ann.post(f"{note}/removal")
    ann.post(f"{note}/removal/end")
    with house.database.unit(write=False) as session:
        lines = session.scalars(select(audit.AuditLine).where(audit.AuditLine.kind == "family_note")).all()
    assert [one.event for one in lines] == ["notes.write", "notes.correct", "notes.hide", "notes.put_back"]
    assert "Vlinder" not in "".join(str(vars(one)) for one in lines)


def test_logs_hold_no_word(ann, url, caplog):
    ann.post(url, data={"text": "Vlinderwoord", "place": "Bloemhof", "on": "31 februari"})
    ann.post(f"{url}/search", data={"words": "Vlinderwoord"})
    assert "Vlinder" not in caplog.text
    assert "Bloemhof" not in caplog.text
