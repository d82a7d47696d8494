"""Any order of acts, undos and redos by two people: a model of a few lines and the real tables agree at each step."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.moments.conftest import add_film
from vbg.moments import actions, queries
from vbg.moments.forms import MomentIn, MomentPatch
from vbg.moments.models import Act, Moment
from vbg.reasons import NotFoundError

WHO = st.sampled_from(["ann", "bea"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "words": st.sampled_from(["", "a", "b"]),
        "chosen": st.booleans(),
        "start_ms": st.sampled_from([0, 500, 1000]),
    },
)
pytestmark = pytest.mark.usefixtures("hasty")
PRESSES = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), WHO),
        st.tuples(st.just("change"), WHO, st.integers(0, 9), FIELDS),
        st.tuples(st.sampled_from(["remove", "restore"]), WHO, st.integers(0, 9)),
        st.tuples(st.sampled_from(["undo", "redo"]), WHO),
    ),
    min_size=8,
    max_size=30,
)
FRESH = {"words": "", "chosen": False, "start_ms": 1000, "removed": False}
NOT_THERE = {"removed": True}
NUMBERS = count(1)


class Model:
    """Moments as dicts, and per person the lines of what can be undone and redone."""

    def __init__(self) -> None:
        self.moments: list[dict[str, Any]] = []
        self.past: dict[str, list[Any]] = {"ann": [], "bea": []}
        self.future: dict[str, list[Any]] = {"ann": [], "bea": []}

    def act(self, who: str, index: int, after: dict[str, Any], before: dict[str, Any] | None = None) -> None:
        moment = self.moments[index]
        before = before or {name: moment[name] for name in after}
        moment.update(after)
        self.past[who].append((index, before, after))
        self.future[who].clear()

    def turn(self, who: str, verb: str) -> str:
        here, there = (self.past, self.future) if verb == "undo" else (self.future, self.past)
        if not here[who]:
            return "nothing"
        index, before, after = here[who][-1]
        stands, put = (after, before) if verb == "undo" else (before, after)
        if any(self.moments[index][name] != value for name, value in stands.items()):
            return "changed_since"
        self.moments[index].update(put)
        there[who].append(here[who].pop())
        return "turned"


class Table:
    """The same presses on the real tables, each in a unit of its own."""

    def __init__(self, house, world) -> None:
        self.house, self.viewers = house, {who: world.viewer(who) for who in ("ann", "bea")}
        self.ids: list[Any] = []
        with house.database.unit() as session:
            self.film = add_film(session, world, "merel", "ann", number=next(NUMBERS)).id

    def mark(self, who: str) -> None:
        with self.house.database.unit() as session:
            form = MomentIn(start_ms=1000)
            self.ids.append(actions.mark(session, self.viewers[who], self.film, form)[0].id)

    def change(self, who: str, index: int, fields: dict[str, Any]) -> None:
        with self.house.database.unit() as session:
            moment = queries.one(session, self.viewers[who], self.ids[index])
            actions.change(session, self.viewers[who], moment, MomentPatch.of(**fields), None)

    def remove(self, who: str, index: int) -> None:
        with self.house.database.unit() as session:
            actions.remove(session, self.viewers[who], queries.one(session, self.viewers[who], self.ids[index]), None)

    def turn(self, who: str, verb: str) -> str:
        try:
            with self.house.database.unit() as session:
                done = getattr(actions, verb)(session, self.viewers[who], self.film)
        except actions.ChangedSinceError:
            return "changed_since"
        return "turned" if done else "nothing"

    def restore(self, who: str, index: int) -> None:
        with self.house.database.unit() as session:
            actions.restore(session, self.viewers[who], queries.kept(session, self.viewers[who], self.ids[index]))

    def stands(self) -> list[dict[str, Any]]:
        """Read by columns, not as rows of the session: this is asked after each press."""
        fields = select(Moment.id, *(getattr(Moment, name) for name in FRESH)).where(Moment.film_id == self.film)
        with self.house.database.unit(write=False) as session:
            rows = {row[0]: dict(zip(FRESH, row[1:], strict=True)) for row in session.execute(fields)}
        return [rows[one] for one in self.ids]

    def is_whole(self) -> None:
        """The history has no gap, and each act took over exactly what the ones before it left."""
        with self.house.database.unit(write=False) as session:
            acts = session.scalars(select(Act).where(Act.film_id == self.film).order_by(Act.seq)).all()
        assert [act.seq for act in acts] == list(range(1, len(acts) + 1))
        replayed: dict[Any, dict[str, Any]] = {}
        for act in acts:
            moment = replayed.setdefault(act.thing_id, dict(NOT_THERE))
            assert all(moment.get(name, value) == value for name, value in act.before.items())
            moment.update(act.after)
        assert [{name: replayed[one][name] for name in FRESH} for one in self.ids] == self.stands()


def play(model: Model, table: Table, press: tuple[Any, ...]) -> None:
    verb, who, *rest = press
    if verb in ("undo", "redo"):
        assert table.turn(who, verb) == model.turn(who, verb)
    elif verb == "mark":
        table.mark(who)
        model.moments.append(dict(FRESH))
        model.act(who, len(model.moments) - 1, dict(FRESH), dict(NOT_THERE))
    elif model.moments:
        _touch(model, table, verb, who, rest)


def _touch(model: Model, table: Table, verb: str, who: str, rest: list[Any]) -> None:
    index = rest[0] % len(model.moments)
    stands = model.moments[index]
    if verb == "restore":
        table.restore(who, index)
        if stands["removed"]:
            model.act(who, index, {"removed": False})
        return
    if stands["removed"]:
        with pytest.raises(NotFoundError):
            table.remove(who, index)
        return
    getattr(table, verb)(who, index, *rest[1:])
    sent = rest[1] if verb == "change" else {"removed": True}
    changed = {name: value for name, value in sent.items() if stands[name] != value}
    if changed:
        model.act(who, index, changed)


def walk(house, world, presses: list[tuple[Any, ...]]) -> None:
    model, table = Model(), Table(house, world)
    for press in presses:
        play(model, table, press)
        assert table.stands() == model.moments
    table.is_whole()


def undo_all(house, world, presses: list[tuple[Any, ...]]) -> None:
    """One person alone: undone to the beginning nothing stands, redone to the end all stands as it did."""
    model, table = Model(), Table(house, world)
    for verb, _who, *rest in presses:
        play(model, table, (verb, "ann", *rest))
    while table.turn("ann", "redo") == "turned":
        pass
    last = table.stands()
    while table.turn("ann", "undo") == "turned":
        pass
    assert all(moment["removed"] for moment in table.stands())
    while table.turn("ann", "redo") == "turned":
        pass
    assert table.stands() == last
    table.is_whole()


def unwind(house, world, presses: list[tuple[Any, ...]]) -> None:
    """Two people: taken back by whoever acted last, last first, nothing stands that did not stand before."""
    model, table = Model(), Table(house, world)
    order: list[str] = []
    for press in presses:
        if press[0] in ("undo", "redo"):
            continue
        past = len(model.past[press[1]])
        play(model, table, press)
        order += [press[1]] * (len(model.past[press[1]]) - past)
    for who in reversed(order):
        assert table.turn(who, "undo") == "turned"
    assert all(moment["removed"] for moment in table.stands())
    assert [table.turn(who, "undo") for who in ("ann", "bea")] == ["nothing", "nothing"]
    for who in order:
        assert table.turn(who, "redo") == "turned"
    assert table.stands() == model.moments
    table.is_whole()


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
SMALL = settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
THOUSAND = settings(max_examples=1000, deadline=None, suppress_health_check=QUIET)


@SMALL
@given(presses=PRESSES)
def test_two_people_and_the_model_agree(house, world, presses):
    walk(house, world, presses)


@SMALL
@given(presses=PRESSES)
def test_undoing_all_returns_the_first_state(house, world, presses):
    undo_all(house, world, presses)


@SMALL
@given(presses=PRESSES)
def test_two_people_undoing_all_return_the_first_state(house, world, presses):
    unwind(house, world, presses)


@pytest.mark.full
@THOUSAND
@given(presses=PRESSES)
def test_no_act_is_lost_in_a_thousand_interleavings(house, world, presses):
    walk(house, world, presses)


@pytest.mark.full
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@THOUSAND
@given(presses=PRESSES)
def test_undoing_all_returns_the_first_state_a_thousand_times(house, world, presses):
    undo_all(house, world, presses)


@pytest.mark.full
@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
@THOUSAND
@given(presses=PRESSES)
def test_two_people_undoing_all_return_the_first_state_a_thousand_times(house, world, presses):
    unwind(house, world, presses)
