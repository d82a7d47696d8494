"""A phase follows from the day of birth and the country's table: at its edges, on leap days, and never as a norm."""

from datetime import date, timedelta

import pytest

from vbg.families import rules
from vbg.families.rules import Phase, PhaseTable, months_between, phase, writes_along

BORN = date(2020, 6, 15)
EDGES = [
    ("BE", date(2021, 6, 15), Phase.BABY, Phase.PEUTER),
    ("BE", date(2022, 12, 15), Phase.PEUTER, Phase.PEUTER_KLEUTER),
    ("BE", date(2023, 6, 15), Phase.PEUTER_KLEUTER, Phase.KLEUTER),
    ("BE", date(2026, 6, 15), Phase.KLEUTER, Phase.LAGERE_SCHOOL),
    ("BE", date(2032, 6, 15), Phase.LAGERE_SCHOOL, Phase.JONGERE),
    ("BE", date(2038, 6, 15), Phase.JONGERE, None),
    ("NL", date(2021, 6, 15), Phase.BABY, Phase.DREUMES),
    ("NL", date(2022, 6, 15), Phase.DREUMES, Phase.PEUTER),
    ("NL", date(2024, 6, 15), Phase.PEUTER, Phase.KLEUTER),
    ("NL", date(2026, 6, 15), Phase.KLEUTER, Phase.SCHOOLKIND),
    ("NL", date(2032, 6, 15), Phase.SCHOOLKIND, Phase.JONGERE),
    ("NL", date(2038, 6, 15), Phase.JONGERE, None),
]


@pytest.mark.parametrize(("country", "on", "before", "then"), EDGES)
def test_a_phase_begins_on_the_very_day(country, on, before, then):
    assert phase(country, BORN, on - timedelta(days=1)) is before
    assert phase(country, BORN, on) is then


def test_the_same_child_is_called_otherwise_in_another_country():
    on = date(2022, 6, 15)
    assert (phase("BE", BORN, on), phase("NL", BORN, on)) == (Phase.PEUTER, Phase.PEUTER)
    on = date(2021, 9, 1)
    assert (phase("BE", BORN, on), phase("NL", BORN, on)) == (Phase.PEUTER, Phase.DREUMES)
    assert phase("FR", BORN, on) is None


def test_before_birth_there_is_no_phase_and_on_the_day_of_birth_there_is():
    assert phase("BE", BORN, BORN - timedelta(days=1)) is None
    assert phase("BE", BORN, BORN) is Phase.BABY


@pytest.mark.parametrize(
    ("on", "months"),
    [(date(2025, 2, 28), 11), (date(2025, 3, 1), 12), (date(2028, 2, 28), 47), (date(2028, 2, 29), 48)],
)
def test_who_is_born_on_a_leap_day_turns_on_the_first_of_march(on, months):
    assert months_between(date(2024, 2, 29), on) == months
    assert phase("BE", date(2024, 2, 29), on) is (Phase.BABY if months < 12 else phase("BE", date(2024, 3, 1), on))


def test_two_years_and_a_half_at_the_end_of_a_short_month():
    born = date(2020, 8, 31)
    assert phase("BE", born, date(2023, 2, 28)) is Phase.PEUTER
    assert phase("BE", born, date(2023, 3, 1)) is Phase.PEUTER_KLEUTER


def test_a_newer_table_holds_from_its_own_day():
    old, new = (PhaseTable(date(year, 1, 1), ((0, name),)) for year, name in ((2020, Phase.BABY), (2030, Phase.PEUTER)))
    tables = {"BE": (old, new)}
    assert phase("BE", date(2019, 1, 1), date(2019, 5, 1), tables) is Phase.BABY
    assert phase("BE", BORN, date(2029, 12, 31), tables) is Phase.BABY
    assert phase("BE", BORN, date(2030, 1, 1), tables) is Phase.PEUTER


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_from_twelve_on_a_child_writes_along(country):
    assert not writes_along(country, BORN, date(2032, 6, 14))
    assert writes_along(country, BORN, date(2032, 6, 15))
    assert not writes_along(country, None, date(2032, 6, 15))


def test_every_table_is_in_order_and_leaves_no_gap():
    for tables in rules.PHASES.values():
        assert [one.since for one in tables] == sorted(one.since for one in tables)
        for table in tables:
            ages = [months for months, _name in table.begins]
            assert ages == sorted(set(ages))
            assert ages[0] == 0
            assert ages[-1] < table.end
