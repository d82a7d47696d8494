import pytest
from sqlalchemy import text

from vbg.moments import queries
from vbg.reasons import NotFoundError, ReasonError


@pytest.fixture
def three(mark):
    """[1000, 2000), a point at 2000, [2000, 5000)."""
    return [mark(start_ms=1000, end_ms=2000), mark(start_ms=2000), mark(start_ms=2000, end_ms=5000)]


WINDOWS = [
    ((None, None), 3),
    ((0, 1000), 0),
    ((0, 1001), 1),
    ((1999, 2000), 1),
    ((2000, 2001), 2),
    ((2001, 2002), 1),
    ((4999, None), 1),
    ((5000, None), 0),
    ((None, 1000), 0),
    ((None, 2000), 1),
    ((2000, 2000), 0),
    ((3000, 2000), 0),
    ((10**14, None), 0),
    ((0, 10**14), 3),
]


def test_it_returns_what_overlaps(session, world, film, three):
    for window, found in WINDOWS:
        rows, after = queries.window(session, world.viewer("ann"), film, *window)
        assert (len(rows), after) == (found, None), window


def test_a_long_moment_is_found_far_from_its_start(house, world, mark, film):
    with house.database.unit() as session:
        session.merge(film).duration_ms = 2_000_000
    moment = mark(start_ms=0, end_ms=600_000)
    with house.database.unit(write=False) as session:
        for at, there in ((599_999, 1), (600_000, 0)):
            rows, _ = queries.window(session, world.viewer("ann"), film, at, at + 1)
            assert [row.id for row in rows] == [moment.id] * there


def test_pages_join_without_gap_or_twin(session, world, film, mark):
    made = {mark(start_ms=at % 7).id for at in range(20)}
    got, cursor = [], None
    for _ in range(10):
        rows, cursor = queries.window(session, world.viewer("ann"), film, cursor=cursor, limit=3)
        got += rows
        if cursor is None:
            break
    assert len(got) == 20
    assert {row.id for row in got} == made
    assert [row.start_ms for row in got] == sorted(row.start_ms for row in got)


HUGE = "000000000001" + "9" * 30 + "_018f0000-0000-7000-8000-000000000000"


def test_a_made_up_cursor_is_refused(session, world, film):
    for cursor in ("x", "1_", "1_x", "-1_x", "²_018f0000-0000-7000-8000-000000000000", "9" * 30, HUGE):
        with pytest.raises(ReasonError, match="bad_cursor"):
            queries.window(session, world.viewer("ann"), film, cursor=cursor)


def test_it_reads_by_the_index(sqlite_house):
    with sqlite_house.database.unit(write=False) as session:
        plan = " ".join(
            str(row)
            for row in session.execute(
                text(
                    "explain query plan select * from moment where film_id = 'a' and start_ms >= 1 "
                    "and start_ms < 9 and (end_ms > 1 or end_ms is null) order by start_ms, id"
                )
            )
        )
    assert "ix_moment_window" in plan


def test_nobody_but_the_team_sees_them(session, world, film, mark):
    moment = mark()
    assert queries.one(session, world.viewer("bea"), moment.id)
    for who in ("cas", "dilan", "eve"):
        assert queries.window(session, world.viewer(who), film)[0] == []
        with pytest.raises(NotFoundError):
            queries.one(session, world.viewer(who), moment.id)
        with pytest.raises(NotFoundError):
            queries.note_of(session, world.viewer(who), moment.id)
