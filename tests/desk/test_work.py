"""The page of work that failed: what and why, no names; a press tries again."""

import pytest

from vbg import engine, ids, queue


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
    assert "/work" not in ann.get("/today").get_data(as_text=True)
    page = ann.get("/work")
    assert page.status_code == 200
    assert 'form method="post" action="/work' not in page.get_data(as_text=True)


def test_what_is_parked_is_seen_and_started_again(client_for, house, row):
    ann = client_for("ann")
    assert 'href="/work"' in ann.get("/today").get_data(as_text=True)
    said = ann.get("/work", headers={"Accept-Language": "nl"}).get_data(as_text=True)
    assert row.ids in said
    assert f"/work/{row.id}/start" in said
    assert "Merel" not in said.partition("<main")[2]
    engine.attach(house)
    assert ann.post(f"/work/{row.id}/start").headers["Location"] == "/work"
    asked = engine.of(house)
    assert asked.waiting() == [("films.prepare", [row.ids])]
    asked.close()
    assert 'href="/work"' not in ann.get("/today").get_data(as_text=True)
    assert ann.post(f"/work/{ids.new()}/start").status_code == 404


def test_a_parent_has_no_such_page(client_for, row):
    for name in ("dilan", "eve"):
        client = client_for(name)
        assert client.get("/work").status_code == 404
        assert client.post(f"/work/{row.id}/start").status_code == 404
