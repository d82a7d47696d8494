"""The list of families: found as one types, a page at a time, whatever their number."""

import pytest
from sqlalchemy import event, insert

from vbg import clock
from vbg.families.models import Care, Family
from vbg.families.queries import NEAR, PAGE


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def many(house, world):
    """A hundred and twenty families of Ann's, and as many that are not."""

    def add(letter, who, number=120):
        ann = world.viewer(who)
        with house.database.unit() as session:
            made = [Family(practice_id=ann.practice_id, code=f"{letter}-{n:04}", country="BE") for n in range(number)]
            session.add_all(made)
            session.flush()
            rows = [{"family_id": one.id, "person_id": ann.person_id, "from_on": clock.today()} for one in made]
            session.execute(insert(Care), rows)

    add("Boom", "ann")
    add("Vogel", "cas")


def found(page):
    return page.count('<li><a href="/families/')


def test_a_page_at_a_time_and_none_twice(ann, many):
    page, seen = ann.get("/families").get_data(as_text=True), []
    while True:
        seen += [line.split("</bdi>")[0] for line in page.split("<b><bdi>")[1:]]
        if 'name="after" value="' not in page:
            break
        after = page.split('name="after" value="')[1].split('"')[0]
        page = ann.post("/families/search", data={"after": after}, headers={"Vbg-Fragment": "results"}).text
    assert len(seen) == len(set(seen)) == 121
    assert seen[0] == "Boom-0000"
    assert not any(one.startswith("Vogel") for one in seen)


def test_found_by_a_part_of_the_code_name(ann, many):
    answer = ann.post("/families/search", data={"text": "om-011"}, headers={"Vbg-Fragment": "results"})
    assert found(answer.text) == 10
    assert "<html" not in answer.text
    whole = ann.post("/families/search", data={"text": "BOOM-0007"}).text
    assert found(whole) == 1
    assert 'value="BOOM-0007"' in whole
    for odd in ("%", "_", "\\", "'", "\x00", "🐦" * 80):
        assert found(ann.post("/families/search", data={"text": odd}).text) in (0, PAGE)
    assert found(ann.post("/families/search", data={"text": "%"}).text) == 0


def test_the_side_of_a_page_holds_a_few(ann, many):
    page = ann.get("/today").get_data(as_text=True)
    assert page.count('class="nav" href="/families/0') <= NEAR


def test_no_question_to_the_database_grows_with_the_families(ann, house, many):
    def asked(call):
        lines = []
        event.listen(house.database.engine, "before_cursor_execute", lambda *told: lines.append(told[2]))
        call()
        return len(lines)

    for url in ("/families", "/today", "/find"):
        ann.get(url)
        first = asked(lambda url=url: ann.get(url))
        assert first < 25, url


def test_put_away_ones_stand_apart(ann, house, world):
    family = world.families["merel"]
    assert "/families?away=yes" not in ann.get("/families").text
    ann.post(f"/families/{family.id}/closure")
    page = ann.get("/families").text
    assert family.code not in page.split("<main")[1]
    assert "/families?away=yes" in page
    assert family.code in ann.get("/families?away=yes").text
