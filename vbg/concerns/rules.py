"""What a concern is made of, and the steps that a country asks for: data with the day from which they hold."""

from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_TEXT: Final = 4000
MAX_NAMES: Final = 200
OWN: Final = "own"
"""A step that stands in no list."""


@dataclass(frozen=True, slots=True)
class Route:
    """The steps of a country in their order, by code, from a day on. `conditions`: when its last step is open."""

    country: str
    from_on: date
    steps: tuple[str, ...]
    conditions: tuple[str, ...] = ()


ROUTES: Final = (
    # Besluit verplichte meldcode (Stb. 2013, 324)
    Route("NL", date(2013, 7, 1), ("map", "consult", "talk", "weigh", "decide")),
    # the same with the frame for weighing in its fourth and fifth step
    Route("NL", date(2019, 1, 1), ("map", "consult", "talk", "weigh_by_frame", "decide_twice")),
    # article 458bis of the Criminal Code as widened by the law of 23 February 2012
    Route(
        "BE",
        date(2012, 4, 5),
        ("map", "team", "centre", "talk", "help", "prosecutor"),
        ("minor", "known", "danger", "alone"),
    ),
)


def route(country: str, on: date) -> Route:
    """The steps that hold in a country on a day; none where no list is known."""
    held = [one for one in ROUTES if one.country == country and one.from_on <= on]
    return max(held, key=lambda one: one.from_on, default=Route(country, date.min, ()))


CODES: Final = frozenset({OWN, *(step for one in ROUTES for step in one.steps)})
"""Every step that may have been taken, also by a list that holds no longer."""
