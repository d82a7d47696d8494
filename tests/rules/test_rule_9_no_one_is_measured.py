"""No one is measured: on a parent's page and in the room no number is about a person."""

import json
import re

import pytest

from tests.rules.pages import Page, Visits
from tests.rules.town import Town
from vbg.viewer import Audience

MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|january|february|march|may|june|july|august|october|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|oct|nov|dec"
)
ALLOWED = re.compile(
    rf"\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?\b"  # a day
    rf"|\b(?:{MONTHS}) \d{{1,2}}(?:, \d{{4}})?\b"
    r"|\b\d{1,2}:\d\d(?::\d\d)?\b"  # a place in the clip
    r"|\b\d{1,3} (?:seconden|seconde|minuten|minuut|seconds?|minutes?)\b"  # a length of time
    r"|(?:Langzaam|Slow) [½¼]"  # how slowly the film runs
    r"|\b(?:hoogstens|at most) \d+ (?:tekens|characters)\b"  # how much fits in a field
    r"|\b[0-9a-f]{32}\b",  # the number of a page that went wrong
    re.IGNORECASE,
)
COUNTING = re.compile(
    r"\b(twee|drie|vier|vijf|zes|zeven|acht|negen|tien|two|three|four|five|six|seven|eight|nine|ten|keer|times"
    r"|gemiddeld\w*|average|reeks|streak|score\w*|punten|points|procent|percent|niveau|level|rang|rank\w*|totaal|total"
    r"|nieuw|nieuwe|new|meer dan|more than|vaker|often|beter|better|slechter|worse)\b",
    re.IGNORECASE,
)
PLACES = {"Moment {n} van {of}", "Moment {n} of {of}"}
"""Sentences with holes: the clip's own place in the row that is being watched, and nothing else."""
CLIP = {"start_ms", "end_ms", "offset_us", "duration_ms", "pause_at_ms"}
"""Numbers the room's player gets: times of the film."""
MEASURES = ("meter", "progress", "data")


def at_home_or_in_the_room(page: Page) -> bool:
    """The pages of this rule."""
    return page.audience in (Audience.PARENT, Audience.ROOM)


def numbers(piece: str) -> list[str]:
    """What in this piece counts or compares somebody; dates and lengths of time set aside."""
    if piece in PLACES:
        return []
    piece = ALLOWED.sub(" ", piece)
    return [one for one in piece if one.isnumeric()] + COUNTING.findall(piece) + re.findall(r"{\w+}|%", piece)


def test_no_number_about_a_person(visits: Visits, town: Town) -> None:
    looked, found = 0, []
    for page in filter(at_home_or_in_the_room, visits.pages):
        looked += 1
        found += [(str(page), piece, hit) for piece in page.pieces if (hit := numbers(town.without_data(piece, " ")))]
    assert found == []
    assert looked > 100


def test_no_gauge_no_new_no_stars(visits: Visits) -> None:
    for page in filter(at_home_or_in_the_room, visits.pages):
        for node in page.root.all():
            assert node.tag not in MEASURES, str(page)
            assert not node.classes & {"new", "count", "badge", "streak", "score", "prog", "ladder"}, str(page)


def test_the_rooms_player_gets_times_of_the_film_only(visits: Visits) -> None:
    looked = 0
    for page in visits.pages:
        for node in page.root.find("script", id="watch"):
            looked += 1
            assert _numbers_in(json.loads(node.raw())) <= CLIP, str(page)
    assert looked >= 20


def _numbers_in(value: object, name: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(_numbers_in(one, key) for key, one in value.items()), set())
    if isinstance(value, list):
        return set().union(*(_numbers_in(one, name) for one in value), set())
    return {name} if isinstance(value, int | float) and not isinstance(value, bool) else set()


@pytest.mark.parametrize(
    "piece", ["3 filmpjes", "Je keek 4 keer", "Al drie weken", "Nieuw", "75 %", "trede 7", "½ van de films", "Beter!"]
)
def test_the_check_sees_a_fault(piece: str) -> None:
    assert numbers(piece)


@pytest.mark.parametrize("piece", ["Van Ann, 24 november 2026", "0:08", "Een filmpje van 8 seconden", "Langzaam ½"])
def test_days_and_lengths_of_time_are_free(piece: str) -> None:
    assert numbers(piece) == []
