"""A practice on which every verb is done and undone, and what it looks like before and after."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.people import PASSWORD, World, meet
from vbg import clock
from vbg.app import create_app
from vbg.cards.models import OwnCard
from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.db import Base
from vbg.films.models import Film, Rendition, Wiping
from vbg.goals.models import Goal
from vbg.house import House
from vbg.hypotheses.models import Asking, Hypothesis
from vbg.moments.models import Moment
from vbg.notes.models import FamilyNote
from vbg.people.models import Person, SignInCode
from vbg.plans.models import Step, Strategy
from vbg.reviews.models import Review, ReviewMoment
from vbg.sharing.models import AskingShare, Share
from vbg.supervision.models import Bag, Supervision
from vbg.tagsets.models import OwnSet
from vbg.visits.models import Visit

MEMORY = {"audit_line", "attempt", "web_session", "sign_in_code", "api_token", "act", "question", "job",
          "family_note_wording"}  # fmt: skip
"""Tables that keep what happened: an undone act stays in them."""
MOVING = {"version", "at", "seen_at", "created_at"}
SAFE = {"GET", "HEAD", "OPTIONS"}


def verbs_of(app: Flask) -> set[str]:
    """Every endpoint by which somebody changes something."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if (rule.methods or set()) - SAFE}


BROWSERS = ("ann", "ann, at home", "bea", "cas", "dilan")
COOKIES = ("vbg_session", "session")


@dataclass
class Desk:
    """Browsers of Ann and others, one family with a thing of every kind, and a note of which verbs were called."""

    app: Flask
    house: House
    world: World
    ids: dict[str, Any]
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)

    def client(self, who: str) -> FlaskClient:
        """The browser of this person, who is signed in and reads English."""
        return self.clients[who]

    def sign_in(self, who: str) -> dict[str, str]:
        """Let this person in, who reads English; the cookies of that browser."""
        client = self.app.test_client()
        email = f"{who.partition(',')[0]}@{'thuis' if who == 'dilan' else 'praktijk'}.test"
        assert client.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 302
        client.post("/language", data={"lang": "en"})
        return {name: cookie.value for name in COOKIES if (cookie := client.get_cookie(name))}

    def open_browser(self, cookies: dict[str, str]) -> FlaskClient:
        """A browser that holds these cookies."""
        client = self.app.test_client()
        for name, value in cookies.items():
            client.set_cookie(name, value)
        return client

    def address(self, endpoint: str, **more: Any) -> str:
        """The address of an endpoint for this family's things."""
        rule = next(iter(self.app.url_map.iter_rules(endpoint)))
        with self.app.test_request_context():
            return url_for(endpoint, **({k: v for k, v in self.ids.items() if k in rule.arguments} | more))

    def do(self, endpoint: str, data: Any = None, who: str = "ann", json: Any = None, **more: Any) -> TestResponse:
        """Call a verb; it must be done."""
        headers = more.pop("headers", {})
        method = more.pop("method", None) or self._method(endpoint)
        answer = self.client(who).open(
            self.address(endpoint, **more), method=method, data=data, json=json, headers=headers
        )
        assert answer.status_code < 400, (endpoint, answer.status_code, answer.text[:600])
        self.called.append(endpoint)
        return answer

    def _method(self, endpoint: str) -> str:
        methods = {one for rule in self.app.url_map.iter_rules(endpoint) for one in rule.methods or set()} - SAFE
        (method,) = methods
        return method

    def page(self, endpoint: str, who: str = "ann", **more: Any) -> str:
        """A page as this person reads it."""
        answer = self.client(who).get(self.address(endpoint, **more))
        assert answer.status_code == 200, (endpoint, answer.status_code)
        return answer.text

    def json(self, endpoint: str, who: str = "ann") -> Any:
        """What an address for programs tells."""
        return self.client(who).get(self.address(endpoint)).json

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """All that is kept now, but for the memory of what happened and moving numbers."""
        found = {}
        with self.house.database.unit(write=False) as session:
            for table in Base.metadata.sorted_tables:
                if table.name not in MEMORY:
                    columns = [one for one in table.columns if one.name not in MOVING]
                    read = session.execute(select(*columns)).mappings()
                    found[table.name] = sorted((dict(row) for row in read), key=str)
        return found

    def ways_in(self) -> set[str]:
        """Who can come in: by a password or a code that still works."""
        with self.house.database.unit(write=False) as session:
            coded = select(SignInCode.person_id).where(SignInCode.used_at.is_(None))
            mine = select(Person.name).where(Person.password_hash.is_not(None) | Person.id.in_(coded))
            return set(session.scalars(mine))


@contextmanager
def settled(house: House, kept: Path) -> Iterator[Callable[[], Desk]]:
    """A desk over this house, as it was at first whenever it is asked for; `kept` is a file for what it was."""
    app = create_app(house.settings, house)
    app.config.update(WTF_CSRF_ENABLED=False)
    with house.database.unit(write=False) as session:
        world = meet(session)
    ids = _things(house, world)
    cookies = {who: Desk(app, house, world, ids).sign_in(who) for who in BROWSERS}
    house.database.copy_to(kept)

    def anew() -> Desk:
        house.database.close()
        (house.settings.data / "vbg.db-wal").unlink(missing_ok=True)
        shutil.copyfile(kept, house.settings.data / "vbg.db")
        desk = Desk(app, house, world, ids)
        desk.clients = {who: desk.open_browser(held) for who, held in cookies.items()}
        return desk

    yield anew


def _things(house: House, world: World) -> dict[str, Any]:
    ann, family = world.people["ann"].id, world.families["merel"].id
    with house.database.unit() as session:
        film = Film(family_id=family, number=1, by_id=ann, state="ready", duration_ms=60_000, title="Eten")
        goal = Goal(family_id=family, text="We lachen.", authors="Dilan")
        review = Review(family_id=family, by_id=ann, theme="Samen")
        tag = {"key": "shines", "nl": "Straalt", "en": "Shines", "who": "child", "group": "seen", "supports": None,
               "lead_ms": 4000, "lag_ms": 4000, "code": "", "icon": "kijkt", "plain_nl": "", "plain_en": "",
               "retired": False}  # fmt: skip
        told = {"format": "vbg-tag-set", "format_version": 1, "nl": "Stralen", "en": "Shining", "source": "",
                "join_ms": 5000, "max_ms": 20_000, "tags": [tag],
                "groups": [{"key": "seen", "nl": "Gezien", "en": "Seen", "colour": "fun"}]}  # fmt: skip
        own_set = OwnSet(practice_id=world.people["ann"].practice_id, key="stralen-1", draft=told)
        note = FamilyNote(family_id=family, kind="talk", on=clock.today(), text="Gepraat", by_id=ann)
        card = OwnCard(practice_id=world.people["ann"].practice_id, kind="info", language="nl", title="Slapen", text="",
                       drawing="boekje", by_id=ann)  # fmt: skip
        visit = Visit(family_id=family, on=clock.today(), by_id=ann, what="Eten")
        told = {"family_id": family, "on": clock.today(), "by_id": ann}
        fact, taken = ConcernFact(fact="Gezien", **told), ConcernStep(code="own", **told)
        bag = Bag(family_id=family, by_id=ann, question="Wat zie jij?", until_on=clock.today())
        had = Supervision(person_id=ann, held_on=clock.today())
        session.add_all([film, goal, review, own_set, note, card, visit, fact, taken, bag, had])
        session.flush()
        moments = [Moment(film_id=film.id, start_ms=at, end_ms=at + 4000, chosen=True) for at in (0, 9000, 20_000)]
        session.add_all(moments)
        session.flush()
        for place, moment in enumerate(moments[:2]):
            row = ReviewMoment(review_id=review.id, moment_id=moment.id, position=place, prompt=f"Wat zie je? {place}")
            session.add(row)
        session.add(Wiping(film_id=film.id, family_id=family, by_id=ann, number=1, sha256="0" * 64))
        for kind in ("play", "frames"):
            session.add(Rendition(film_id=film.id, kind=kind, media_type="video/mp4", size_bytes=1))
        spoken = f"voice-{visit.id.hex}"
        session.add(Rendition(film_id=film.id, kind=spoken, media_type="audio/webm", size_bytes=1))
        share = Share(moment_id=moments[2].id, person_id=world.people["dilan"].id, start_ms=20_000, end_ms=24_000,
                      by_id=ann, clip_state="ready", from_at=clock.now())  # fmt: skip
        thought = Hypothesis(family_id=family, statement="Wachten helpt.", source="talk", source_on=clock.today(),
                             by_id=ann)  # fmt: skip
        way = Strategy(goal=goal, text="Eerst wachten.", by_id=ann)
        step = Step(strategy=way, text="Tel tot drie.", who="Dilan", by_id=ann)
        asking = Asking(hypothesis=thought, text="Klopt dit?", by_id=ann)
        session.add_all([share, thought, way, step, asking])
        session.flush()
        session.add(AskingShare(asking_id=asking.id, person_id=world.people["dilan"].id, by_id=ann))
        return {
            "asking_id": asking.id,
            "strategy_id": way.id, "step_id": step.id,
            "hypothesis_id": thought.id,
            "family_id": family, "film_id": film.id, "goal_id": goal.id, "review_id": review.id,
            "moment_id": moments[0].id, "share_id": share.id, "member_id": world.members["dilan"].id,
            "person_id": world.people["bea"].id, "shared_moment": moments[2].id, "upload_id": uuid.uuid4(),
            "proud_id": uuid.uuid4(), "set_id": own_set.id, "key": "shines", "number": 1, "note_id": note.id,
            "visit_id": visit.id, "fact_id": fact.id, "concern_step_id": taken.id,
            "purpose": "filming", "where": "later", "card_id": card.id, "card_key": "baby",
            "bag_id": bag.id, "supervision_id": had.id,
        }  # fmt: skip


def has_sentence(page: str, sentence: str) -> bool:
    """Whether a page says this sentence of the catalogue, whatever stands in its holes."""
    return re.search(r".{1,60}".join(map(re.escape, re.split(r"%\(\w+\)s", sentence))), page) is not None


Look = Callable[[Desk], object]
