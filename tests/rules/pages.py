"""Every page there is, as it is really sent: found in the app's own table of addresses.

A route of GET is either visited here, with the ids of the town, or stands in NOT_A_PAGE with a reason.
"""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from flask import Flask, template_rendered
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.people import PASSWORD, meet
from tests.rules.markup import Node, pieces, tree
from tests.rules.town import Household, Town
from vbg.families.models import Family
from vbg.phones import actions as phones
from vbg.viewer import Audience
from vbg.web.access import audiences_of

HANDED_OVER = {"consents.edit", "trail.for_parents"}
"""Pages of a counselor that parents read: on her screen, or on paper."""
LANGUAGES = ("nl", "en")
PROGRAMS = "/api/"
NOT_A_PAGE = {
    "tagsets.file": "a file for another practice",
    "static": "files: scripts, styles, drawings",
    "people.start": "sends everybody on to their own first page",
    "health.alive": "one word for a machine",
    "health.ready": "one word for a machine",
    "portal.media": "the bytes of a clip",
    "desk_voice.show": "the bytes of what was spoken",
    "phones.films": "the part of phones.show that is looked at again and again",
}
"""Routes of GET that no person reads; beside these only what lies below PROGRAMS (JSON, and bytes of films)."""
MORE = {
    "reviews.show": ("print=1",),
    "sharing.new": ("done=1",),
    "notes.index": ("removed=yes",),
    "consents.edit": ("back=family",),
    "cards.show": ("lang=nl-en",),
    "visits.new": ("kind=review",),
    "portal.show": ("step=words", "step=feel", "step=saw"),
}
"""What a page's address may also say, when the page then looks different."""


@dataclass
class Page:
    """A page as one person got it."""

    endpoint: str
    address: str
    reader: str
    language: str
    status: int
    html: str
    templates: tuple[str, ...]
    audience: Audience | None
    household: Household | None = None

    @cached_property
    def root(self) -> Node:
        """The page as a tree."""
        return tree(self.html)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Every piece of words on it, data and all."""
        return tuple(pieces(self.root))

    @property
    def for_parents(self) -> bool:
        """Read by a parent: their own place, the room, and what comes before signing in. A phone is a counselor's."""
        return self.audience not in (Audience.STAFF, Audience.PHONE) or self.endpoint in HANDED_OVER

    def __str__(self) -> str:
        return f"{self.endpoint} ({self.reader}, {self.language}) {self.address}"


@dataclass
class Visits:
    """All pages that were seen, and where each visit was sent on instead."""

    pages: list[Page] = field(default_factory=list)
    sent_on: list[str] = field(default_factory=list)


def is_page(rule: Rule) -> bool:
    """Whether a person can meet what this route answers."""
    return "GET" in (rule.methods or set()) and rule.endpoint not in NOT_A_PAGE and not rule.rule.startswith(PROGRAMS)


def routes(app: Flask) -> list[Rule]:
    """Every route that answers a page."""
    return [rule for rule in app.url_map.iter_rules() if is_page(rule)]


class Visitor:
    """Goes everywhere, as everybody, in both languages."""

    def __init__(self, app: Flask, town: Town) -> None:
        self.app, self.town, self.visits = app, town, Visits()
        self.rendered: list[str] = []

    def everywhere(self) -> Visits:
        """All of it."""

        def note(_sender: Flask, template: object, **_more: object) -> None:
            self.rendered.append(str(getattr(template, "name", "")))

        with template_rendered.connected_to(note, self.app):
            for language in LANGUAGES:
                self._nobody(language)
                self._staff(language)
                self._homes(language)
                self._rooms(language)
                self._phones(language)
        return self.visits

    def client(self, email: str, language: str) -> FlaskClient:
        """A browser in this language, signed in unless the address is empty."""
        client = self.app.test_client()
        if email:
            answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
            assert answer.status_code == 302, email
        assert client.post("/language", data={"lang": language}).status_code == 302
        return client

    def _routes(self, audience: Audience | None) -> Iterator[Rule]:
        for rule in routes(self.app):
            known = audiences_of(self.app, rule.endpoint) or frozenset()
            if audience in known or (audience is None and not known):
                yield rule

    def _nobody(self, language: str) -> None:
        client = self.client("", language)
        for rule in self._routes(None):
            self._visit(client, rule, {}, None, "nobody", language)
        self._keep(client.post("/sign-in", data={"email": "x@y.test", "password": "z"}), "nobody", language, None)
        self._keep(client.post("/code", data={"code": "ABCD", "password": "kort"}), "nobody", language, None)
        self._keep(client.get("/not-there"), "nobody", language, None)

    def _staff(self, language: str) -> None:
        gus = self.client("gus@praktijk.test", language)
        self._keep(gus.get("/today"), "Gus", language, Audience.STAFF)
        ann = self.client("ann@praktijk.test", language)
        for home in [*self.town.households, *self.town.bare]:
            for rule in self._routes(Audience.STAFF):
                if rule.arguments or home is self.town.bare[0]:
                    self._visit(ann, rule, home.ids, Audience.STAFF, "Ann", language, home)
            family = home.ids["family_id"][0]
            long = {"question": "x" * 5000, "question_authors": "y" * 500}
            self._keep(ann.post(f"/families/{family}/question", data=long), "Ann", language, Audience.STAFF, home)
        self._keep(ann.get(f"/films/{uuid.uuid4()}"), "Ann", language, Audience.STAFF)

    def _homes(self, language: str) -> None:
        for home in [*self.town.households, *self.town.bare]:
            for name, email in home.logins.items():
                client = self.client(email, language)
                ids = {"share_id": home.shared.get(name, []), "asking_id": home.ids.get("asking_id", [])[:1]}
                for rule in self._routes(Audience.PARENT):
                    self._visit(client, rule, ids, Audience.PARENT, name, language, home)
                for share in ids["share_id"][:1]:
                    answer = client.post(f"/portal/moments/{share}/answer", data={"words": "x" * 20_000})
                    assert answer.status_code == 422
                    self._keep(answer, name, language, Audience.PARENT, home)
                self._keep(client.get("/not-there"), name, language, Audience.PARENT, home)

    def _rooms(self, language: str) -> None:
        """The room of each review that can be watched; every press shows the film once."""
        for home in self.town.households:
            for review, start in (
                (home.prepared, f"/reviews/{home.prepared}/start"),
                (None, f"/films/{home.ids['film_id'][0]}/watching"),
            ):
                client = self.client("ann@praktijk.test", language)
                address = client.post(start).headers["Location"]
                mine = review or uuid.UUID(address.split("/")[2])
                for rule in self._routes(Audience.ROOM):
                    client.post(f"/reviews/{mine}/watch")
                    self._visit(client, rule, {"review_id": [mine]}, Audience.ROOM, "the room", language, home)
                if home is self.town.households[0]:  # more wrong tries would lock her out
                    refused = client.post(f"/reviews/{mine}/return", data={"password": "niet dit"})
                    self._keep(refused, "the room", language, Audience.ROOM, home)
                self._keep(client.get("/today"), "the room", language, Audience.ROOM, home)

    def _phones(self, language: str) -> None:
        """Ann's phone: the code on her screen, a wrong one, the one page that it is let in to."""
        home = self.town.households[0]
        family = home.ids["family_id"][0]
        tls = {"base_url": "https://praktijk.example"}
        ann = self.app.test_client()
        ann.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD}, **tls)
        ann.post("/language", data={"lang": language}, **tls)
        ann.post(f"/families/{family}/phone", **tls)
        self._keep(ann.get(f"/families/{family}/phone", **tls), "Ann", language, Audience.STAFF, home)
        self._keep(ann.get(f"/families/{family}/films/new", **tls), "Ann", language, Audience.STAFF, home)
        phone = self.client("", language)
        self._keep(phone.post("/phone", data={"code": "ABCD"}), "Ann's phone", language, None)
        with self.town.house.database.unit() as session:
            code = phones.make_code(session, meet(session).viewer("ann"), session.get_one(Family, family))
        assert phone.post("/phone", data={"code": code}).status_code == 302
        for rule in (one for one in routes(self.app) if one.endpoint == "phones.send"):
            self._visit(phone, rule, {}, Audience.PHONE, "Ann's phone", language, home)
        self._keep(phone.get("/today"), "Ann's phone", language, Audience.PHONE, home)

    def _visit(
        self, client: FlaskClient, rule: Rule, ids: dict[str, list[uuid.UUID]], audience: Audience | None,
        reader: str, language: str, home: Household | None = None,
    ) -> None:  # fmt: skip
        names = sorted(rule.arguments)
        for values in itertools.product(*(ids.get(name, []) for name in names)):
            with self.app.test_request_context():
                address = self.app.url_for(rule.endpoint, **dict(zip(names, values, strict=True)))
            for more in ("", *(f"?{one}" for one in MORE.get(rule.endpoint, ()))):
                self._keep(client.get(address + more), reader, language, audience, home, rule.endpoint)

    def _keep(
        self, answer: object, reader: str, language: str, audience: Audience | None, home: Household | None = None,
        endpoint: str = "",
    ) -> None:  # fmt: skip
        status, request = answer.status_code, answer.request  # type: ignore[attr-defined]
        templates, self.rendered = tuple(self.rendered), []
        where = endpoint or f"{request.method} {request.path.split('/')[1]}"
        assert status < 500, (where, status)
        if status in (302, 303):
            self.visits.sent_on.append(f"{where} {request.path}")
            return
        assert answer.mimetype == "text/html", (where, answer.mimetype)  # type: ignore[attr-defined]
        html = answer.get_data(as_text=True)  # type: ignore[attr-defined]
        self.visits.pages.append(Page(where, request.path, reader, language, status, html, templates, audience, home))
