"""A film at one glance: drawn from the order of the presses, for the counselor, without a number about anybody."""

import re
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.moments.conftest import add_film
from tests.people import World
from vbg.desk import glance
from vbg.films.models import Film
from vbg.house import House
from vbg.moments import actions
from vbg.moments.forms import MomentIn
from vbg.tagsets.basisset import BASISSET


def pressed(*marks: tuple[str, int]) -> list[dict[str, object]]:
    return [{"tag": f"house/{tag}", "at_ms": at} for tag, at in marks]


def seen(*marks: tuple[str, int], who: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(marks=pressed(*marks), who_began_set=who)


def test_the_chain_goes_to_and_fro_as_it_was_pressed():
    marks = pressed(("confirms", 3000), ("shows", 1000), ("looks", 1500), ("fun", 4000), ("joins_in", 5000))
    turns = glance.turns_of(marks, BASISSET)
    assert [turn.tag for turn in turns] == ["house/shows", "house/confirms"]
    longer = glance.turns_of(pressed(("shows", 0), ("confirms", 1000), ("looks", 3000), ("waits", 9000)), BASISSET)
    assert [turn.who for turn in longer] == ["child", "parent", "child", "parent"]
    assert [turn.after_ms for turn in longer] == [0, 1000, 3000, 9000]


def test_the_distance_is_the_time_in_one_scale_for_the_film():
    quick, long = (("shows", 0), ("confirms", 1000)), (("waits", 7000), ("looks", 9000), ("names", 17_600))
    drawn = glance.of([seen(*quick), seen(*long)], BASISSET).exchanges
    steps = [round(two.x - one.x, 1) for one_of in drawn for one, two in pairwise(one_of.turns)]
    assert steps == [20.0, 40.0, 172.0]
    assert drawn[1].turns[-1].x == glance.LEFT + glance.WIDE
    alone = glance.of([seen(*quick)], BASISSET).exchanges[0].turns
    assert alone[1].x - alone[0].x == 40, "a quick answer alone is not drawn as a long wait"


def test_both_directions_are_counted_and_one_alone_is_no_exchange():
    found = glance.of(
        [seen(("shows", 0), ("confirms", 900)), seen(("waits", 0), ("looks", 900)), seen(("looks", 0)), seen(),
         seen(("fun", 10))], BASISSET,
    )  # fmt: skip
    assert (found.child_first, found.parent_first, found.together) == (1, 1, 1)
    assert len(found.exchanges) == 2


@pytest.fixture
def film(house: House, world: World) -> Film:
    with house.database.unit() as session:
        film = add_film(session, world, "merel", "ann")
        for at, marks in ((1000, (("shows", 1000), ("confirms", 2345))), (20_000, (("looks", 20_000),))):
            form = MomentIn.model_validate({"start_ms": at, "end_ms": at + 8000, "marks": pressed(*marks)})
            actions.mark(session, world.viewer("ann"), film.id, form)
        return film


def test_it_is_a_page_that_leads_back_to_the_moment(client_for: Callable[[str], FlaskClient], film: Film):
    ann = client_for("ann")
    page = ann.get(f"/films/{film.id}/glance").get_data(as_text=True)
    assert page.count('class="glance-chain"') == 1
    assert f'href="/films/{film.id}/workspace#' in page
    assert f'href="/films/{film.id}/glance"' in ann.get(f"/films/{film.id}/workspace").get_data(as_text=True)


def test_no_time_between_them_and_no_share_is_told(client_for: Callable[[str], FlaskClient], film: Film):
    page = client_for("ann").get(f"/films/{film.id}/glance").get_data(as_text=True)
    words = re.sub(r"<(script|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.search(r"1[.,]?34|\d\s*(s|ms|seconden)\b|%", words), words


def test_without_an_exchange_it_says_what_to_do(client_for: Callable[[str], FlaskClient], house: House, world: World):
    with house.database.unit() as session:
        empty = add_film(session, world, "merel", "ann", number=2)
    page = client_for("ann").get(f"/films/{empty.id}/glance").get_data(as_text=True)
    assert 'class="empty"' in page
    assert "glance-chain" not in page


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_it_is_nobody_elses(client_for: Callable[[str], FlaskClient], film: Film, who: str):
    assert client_for(who).get(f"/films/{film.id}/glance").status_code == 404
