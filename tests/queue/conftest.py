"""An engine of each kind over a real database, and a notebook of what it did."""

import threading

import pytest

from vbg import engine


@pytest.fixture
def done():
    """What was done, in order: (name, ids)."""
    return []


@pytest.fixture
def made(house, done):
    """The engine of the house, whose work is to write down what it was asked."""
    one = engine.of(house, lambda name, ids: done.append((name, ids)))
    house.database.hand_in, house.database.hand_over = one.hand_in, one.hand_over
    yield one
    one.close()


@pytest.fixture
def at_work(house):
    """`at_work(work, lanes)`: an engine of the house that does jobs beside the test until it ends."""
    stopping, places = threading.Event(), []

    def start(work, lanes):
        one = engine.of(house, work)
        house.database.hand_in, house.database.hand_over = one.hand_in, one.hand_over
        place = threading.Thread(target=one.work, args=(lanes, stopping))
        place.start()
        places.append((one, place))
        return one

    yield start
    stopping.set()
    for one, place in places:
        place.join(30)
        assert not place.is_alive()
        one.close()
