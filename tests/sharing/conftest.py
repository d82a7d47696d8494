"""A moment of Merel full of things that are nobody's business at home, and a clip that is ready."""

from types import SimpleNamespace

import pytest

from tests.people import PASSWORD
from vbg import clock
from vbg.families import actions as families
from vbg.films.models import Film, Rendition
from vbg.goals.models import Goal
from vbg.moments.models import Moment, MomentGoal, Note
from vbg.people import actions as people
from vbg.sharing import queries
from vbg.sharing.models import Share

WORDS = "Pip kijkt. Jij wacht “even”.\n<b>& dan</b> 😀"
SECRETS = ("Werkhypothese", "Ander moment", "Ruw doel", "house/waits", "Titel van de film", "Gezin Merel")


@pytest.fixture
def told(house, world):
    """The film, its moments (`moment` is shared later), goals and a note."""
    with house.database.unit() as session:
        ann, family = world.people["ann"].id, world.families["merel"].id
        film = Film(family_id=family, number=1, by_id=ann, state="ready", duration_ms=60_000, title="Titel van de film")
        agreed = Goal(family_id=family, text="We lachen samen.")
        draft = Goal(family_id=family, text="Ruw doel")
        agreed.agreed_on = clock.today()
        session.add_all([film, agreed, draft])
        session.flush()
        marks = [{"tag": "house/waits", "at_ms": 2000}]
        moment = Moment(film_id=film.id, start_ms=1000, end_ms=9000, words=WORDS, marks=marks, chosen=True)
        other = Moment(film_id=film.id, start_ms=20_000, end_ms=29_000, words="Ander moment")
        session.add_all([moment, other])
        session.flush()
        session.add(Note(moment_id=moment.id, text="Werkhypothese", by_id=ann))
        session.add_all(MomentGoal(moment_id=moment.id, goal_id=goal.id) for goal in (agreed, draft))
        kinds = {"play": "video/mp4", "frames": "application/json"}
        session.add_all(Rendition(film_id=film.id, kind=one, media_type=kinds[one], size_bytes=1) for one in kinds)
        return SimpleNamespace(film=film, moment=moment, other=other, goal=agreed)


@pytest.fixture
def oma(house, world):
    """A second person of Merel with an account of her own."""
    with house.database.unit() as session:
        viewer, family = world.viewer("ann"), world.families["merel"]
        member = families.add_member(session, viewer, family, "oma Rita", "adult")
        return people.redeem(session, families.give_account(session, viewer, member, "oma@thuis.test"), PASSWORD)


@pytest.fixture
def shares(house):
    """All shares there are, oldest first."""

    def look():
        with house.database.unit(write=False) as session:
            return session.query(Share).order_by(Share.from_at, Share.id).all()

    return look


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def dilan(client_for):
    return client_for("dilan")


@pytest.fixture
def give(ann, told, shares, house):
    """`give(person, ...)`: shared by Ann with these people, and their clips made."""

    def send(*people, moment=None):
        url = f"/moments/{(moment or told.moment).id}/shares"
        answer = ann.post(url, data={"people": [one.id for one in people]})
        assert answer.status_code == 302, answer.text
        for share in shares():
            _clip(house, share, told.film.id)
        return shares()[-1]

    return send


def _clip(house, share, film_id):
    with house.database.unit() as session:
        found = session.get_one(Share, share.id)
        if found.clip_state == "ready":
            return
        source = house.settings.data / "clip.bytes"
        source.write_bytes(f"clip of {share.id}".encode() * 50)
        kind = queries.clip_kind(share.id)
        sealed = house.store.put(film_id, kind, 1, source)
        session.add(Rendition(film_id=film_id, kind=kind, media_type="video/mp4", size_bytes=sealed.size))
        found.clip_state = "ready"
