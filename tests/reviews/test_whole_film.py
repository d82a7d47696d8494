"""'Meteen samen kijken': one press from the film, and what is found becomes a moment."""

from vbg.consents import actions as consents


def test_one_press_from_the_film(ann, scene):
    where = ann.post(f"/films/{scene.film.id}/watching").headers["Location"]
    page = ann.get(where)
    assert page.status_code == 200
    assert f"/films/{scene.film.id}/media" in page.text
    assert ann.get("/today").status_code == 404


def test_a_good_moment_is_kept_for_the_counselor(ann, scene, client_for):
    review = ann.post(f"/films/{scene.film.id}/watching").headers["Location"].removesuffix("/watch")
    made = ann.post(f"/api/v1{review}/moments", json={"at_ms": 20_000})
    assert made.status_code == 201
    moment = client_for("bea").get(f"/api/v1/moments/{made.get_json()['id']}").get_json()
    assert (moment["start_ms"], moment["marks"]) == (14_000, [{"tag": "house/good", "at_ms": 20_000}])
    for wrong in ({}, {"at_ms": -1}, {"at_ms": 60_001}):
        assert ann.post(f"/api/v1{review}/moments", json=wrong).status_code == 422


def test_in_a_prepared_review_nothing_is_found(room, review):
    assert room.post(f"/api/v1{review}/moments", json={"at_ms": 0}).status_code == 422


def test_without_a_yes_it_says_so_and_leaves_her_at_her_desk(ann, scene, house, world):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "review")
    answer = ann.post(f"/films/{scene.film.id}/watching")
    assert answer.status_code == 422
    assert f"/films/{scene.film.id}" in answer.text
    assert ann.get("/today").status_code == 200
    assert ann.get(f"/families/{world.families['merel'].id}/reviews").text.count("/reviews/") == 0


def test_a_film_that_is_not_ready_waits(ann, scene, house):
    from vbg.films.models import Film

    with house.database.unit() as session:
        session.get_one(Film, scene.film.id).state = "preparing"
    assert ann.post(f"/films/{scene.film.id}/watching").status_code == 422
