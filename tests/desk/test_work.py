"""The page of work that failed: what and why, no names; a press tries again."""

import pytest

from vbg import engine, ids, queue
from vbg.desk.work import bp

PAGE = bp.url_prefix


@pytest.fixture
def row(house):
    """A film that could not be prepared, parked."""
    film = str(ids.new())
    with house.database.unit() as session:
        for _ in range(5):
            made = queue.set_back(session, "films.prepare", [film], "film_no_room")
    return made


def test_nothing_failed(client_for):
    ann = client_for("ann")
    assert PAGE not in ann.get("/today").get_data(as_text=True)
    page = ann.get(PAGE)
    assert page.status_code == 200
    assert f'form method="post" action="{PAGE}' not in page.get_data(as_text=True)


def test_what_is_parked_is_seen_and_started_again(client_for, house, row):
    ann = client_for("ann")
    assert f'href="{PAGE}"' in ann.get("/today").get_data(as_text=True)
    said = ann.get(PAGE, headers={"Accept-Language": "nl"}).get_data(as_text=True)
    assert row.ids in said
    assert f"{PAGE}/{row.id}/start" in said
    assert "Merel" not in said.partition("<main")[2]
    engine.attach(house)
    assert ann.post(f"{PAGE}/{row.id}/start").headers["Location"] == PAGE
    asked = engine.of(house)
    assert asked.waiting() == [("films.prepare", [row.ids])]
    asked.close()
    assert f'href="{PAGE}"' not in ann.get("/today").get_data(as_text=True)
    assert ann.post(f"{PAGE}/{ids.new()}/start").status_code == 404


def test_a_parent_has_no_such_page(client_for, row):
    for name in ("dilan", "eve"):
        client = client_for(name)
        assert client.get(PAGE).status_code == 404
        assert client.post(f"{PAGE}/{row.id}/start").status_code == 404
