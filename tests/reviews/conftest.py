"""A film of Merel with three moments, two of them starred; its picture is sealed in the store."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from vbg.films.models import Film, Rendition
from vbg.moments.models import Moment
from vbg.reviews.models import Review


@dataclass
class Scene:
    film: Film
    first: Moment
    second: Moment
    plain: Moment


@pytest.fixture
def scene(house, world):
    with house.database.unit() as session:
        ann = world.people["ann"].id
        film = Film(family_id=world.families["merel"].id, number=1, by_id=ann, state="ready", duration_ms=60_000)
        session.add(film)
        session.flush()
        made = [
            Moment(film_id=film.id, start_ms=start, end_ms=start + 8000, chosen=chosen, words=words, found_by=ann)
            for start, chosen, words in (
                (30_000, True, "Jij wacht."), (1000, True, "Pip kijkt."), (9000, False, "Niet gekozen."),
            )
        ]  # fmt: skip
        session.add_all(made)
        for kind, media_type in (("play", "video/mp4"), ("frames", "application/json")):
            source = house.settings.data / "some.bytes"
            source.write_bytes(kind.encode() * 100)
            sealed = house.store.put(film.id, kind, 1, source)
            session.add(Rendition(film_id=film.id, kind=kind, media_type=media_type, size_bytes=sealed.size))
        session.flush()
        return Scene(film, made[1], made[0], made[2])


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def review(ann, scene, house):
    """Prepared from the workspace: the address of its page."""
    return ann.post("/reviews", data={"film": scene.film.id}).headers["Location"]


@pytest.fixture
def row(house):
    """`row(address)`: the review as it stands."""

    def look(address):
        with house.database.unit(write=False) as session:
            return session.get_one(Review, UUID(address.split("/")[2]))

    return look


@pytest.fixture
def room(ann, review):
    """Ann's browser after 'start': a room."""
    assert ann.post(f"{review}/start").headers["Location"] == f"{review}/watch"
    return ann
