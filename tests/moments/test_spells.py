"""Two people whose pages lose their connection, are loaded anew and send twice: no act is lost, no copy goes astray."""

from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.moments.conftest import add_film
from tests.moments.test_stateful import NUMBERS, SMALL, THOUSAND, WHO
from vbg import ids
from vbg.house import House
from vbg.moments import actions, queries
from vbg.moments.forms import MomentIn, MomentPatch
from vbg.moments.models import Act, Moment
from vbg.reasons import NotFoundError, StaleError
from vbg.viewer import Viewer

pytestmark = pytest.mark.usefixtures("hasty")
PRESSES = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), WHO),
        st.tuples(st.just("change"), WHO, st.integers(0, 5)),
        st.tuples(st.sampled_from(["remove", "restore"]), WHO, st.integers(0, 5)),
        st.tuples(st.sampled_from(["cut_off", "on_again", "load_anew", "undo", "redo"]), WHO),
    ),
    min_size=8,
    max_size=25,
)
TEXTS = count(1)


class Page:
    """One person's page: a copy that only polls and answers feed, and the line of what waits to be sent."""

    def __init__(self, house: House, viewer: Viewer, film: UUID) -> None:
        self.house, self.viewer, self.film = house, viewer, film
        self.copy: dict[UUID, str] = {}
        self.versions: dict[UUID, int] = {}
        self.seq: int | None = 0
        self.waiting: list[tuple[str, UUID, str]] = []
        self.wrote: list[str] = []
        self.connected = True

    def press(self, verb: str, at: int) -> None:
        """What she does: it waits, and goes at once where there is a connection."""
        known = sorted(self.copy)
        if verb == "mark":
            self._put("mark", ids.new())
        elif known:
            self._put(verb, known[at % len(known)])
        self.go_on()

    def _put(self, verb: str, moment: UUID) -> None:
        text = "" if verb == "remove" else f"text {next(TEXTS)}"
        if text:
            self.wrote.append(text)
        if verb == "remove":
            self.copy.pop(moment)
        else:
            self.copy[moment] = text
        self.waiting.append((verb, moment, text))

    def cut_off(self) -> None:
        self.connected = False

    def on_again(self) -> None:
        self.connected = True
        self.go_on()

    def load_anew(self) -> None:
        """Only what was written down to be sent is still there."""
        known = {moment for _verb, moment, _text in self.waiting}
        self.versions = {one: version for one, version in self.versions.items() if one in known}
        self.copy, self.seq = {}, None
        self.go_on()

    def turn(self, verb: str) -> None:
        if not self.connected:
            return
        try:
            with self.house.database.unit() as session:
                getattr(actions, verb)(session, self.viewer, self.film)
        except actions.ChangedSinceError:
            pass
        self.go_on()

    def restore(self, at: int) -> None:
        """One from the trash, where there is a connection and something lies there."""
        if not self.connected:
            return
        with self.house.database.unit() as session:
            rows, _ = queries.trash(session, self.film, None, 50)
            if rows:
                moment = queries.kept(session, self.viewer, rows[at % len(rows)][0].id)
                actions.restore(session, self.viewer, moment)
        self.go_on()

    def go_on(self) -> None:
        """Send what waits, each twice as after a lost answer; then hear what happened."""
        while self.connected and self.waiting:
            verb, moment, text = self.waiting.pop(0)
            for _again in range(2):
                moment = self._send(verb, moment, text)
        if self.connected:
            self._hear()

    def _send(self, verb: str, moment: UUID, text: str) -> UUID:
        """As the page does it: her own version on what another changed, a moment of its own for what is gone."""
        try:
            self._deliver(verb, moment, text, self.versions.get(moment, 0))
        except NotFoundError:
            if verb == "change":
                return self._send("mark", ids.new(), text)
        except StaleError as stale:
            if verb == "change" and stale.current["words"] != text:
                self._deliver(verb, moment, text, stale.current["version"])
        return moment

    def _deliver(self, verb: str, moment_id: UUID, text: str, version: int) -> None:
        with self.house.database.unit() as session:
            if verb == "mark":
                form = MomentIn(id=moment_id, start_ms=1000, words=text)
                moment, _ = actions.mark(session, self.viewer, self.film, form)
            else:
                moment = queries.one(session, self.viewer, moment_id)
                if verb == "remove":
                    actions.remove(session, self.viewer, moment, version)
                else:
                    actions.change(session, self.viewer, moment, MomentPatch.of(words=text), version)
            self._learn(moment)

    def _hear(self) -> None:
        """The poll; a page that was loaded anew reads the number of the newest act first, then all that stands."""
        with self.house.database.unit(write=False) as session:
            if self.seq is None:
                self.seq = queries.last_seq(session, self.film)
                film = queries.film(session, self.viewer, self.film)
                for moment in queries.window(session, self.viewer, film)[0]:
                    self._learn(moment)
            acts = queries.acts_after(session, self.film, self.seq)
            for moment in queries.by_ids(session, self.film, list({act.thing_id for act in acts})):
                self._learn(moment)
            self.seq = acts[-1].seq if acts else self.seq

    def _learn(self, moment: Moment) -> None:
        self.versions[moment.id] = moment.version
        if moment.removed:
            self.copy.pop(moment.id, None)
        else:
            self.copy[moment.id] = moment.words


def live(house: House, world: Any, presses: list[tuple[Any, ...]]) -> None:
    with house.database.unit() as session:
        film = add_film(session, world, "merel", "ann", number=next(NUMBERS)).id
    pages = {who: Page(house, world.viewer(who), film) for who in ("ann", "bea")}
    for verb, who, *rest in presses:
        page = pages[who]
        if verb in ("undo", "redo"):
            page.turn(verb)
        elif verb == "restore":
            page.restore(*rest)
        elif verb in ("mark", "change", "remove"):
            page.press(verb, *rest or [0])
        else:
            getattr(page, verb)()
    for page in (*pages.values(), *pages.values()):
        page.on_again()
    _nothing_is_lost(house, film, list(pages.values()))


def _nothing_is_lost(house: House, film: UUID, pages: list[Page]) -> None:
    """Each text ever written is one act of who wrote it, and both pages show what stands."""
    with house.database.unit(write=False) as session:
        acts = session.scalars(select(Act).where(Act.film_id == film).order_by(Act.seq)).all()
        rows = session.scalars(select(Moment).where(Moment.film_id == film, Moment.removed.is_(False))).all()
    assert [act.seq for act in acts] == list(range(1, len(acts) + 1))
    fresh = [(act.actor_id, act.after["words"]) for act in acts if act.verb in ("mark", "change")]
    wrote = [(page.viewer.person_id, text) for page in pages for text in page.wrote]
    assert sorted(fresh) == sorted(wrote)
    stands = {row.id: (row.words, row.version) for row in rows}
    for page in pages:
        assert {one: (text, page.versions[one]) for one, text in page.copy.items()} == stands


@SMALL
@given(presses=PRESSES)
def test_spells_without_connection_lose_nothing(house, world, presses):
    live(house, world, presses)


@pytest.mark.full
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@THOUSAND
@given(presses=PRESSES)
def test_a_thousand_spells_lose_nothing(house, world, presses):
    live(house, world, presses)
