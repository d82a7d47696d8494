"""No page escapes the checks: each route is visited, or named with the reason why nobody reads it."""

from flask import Flask

from tests.rules.pages import NOT_A_PAGE, PROGRAMS, Visits, routes


def test_every_route_is_visited_or_named(town_app: Flask, visits: Visits) -> None:
    for language in ("nl", "en"):
        seen = {page.endpoint for page in visits.pages if page.status == 200 and page.language == language}
        missing = {rule.endpoint for rule in routes(town_app)} - seen
        assert missing == set(), f"visit them, or give the reason in NOT_A_PAGE: {missing}"


def test_what_is_no_page_still_exists_and_really_is_none(town_app: Flask) -> None:
    known = {rule.endpoint for rule in town_app.url_map.iter_rules()}
    assert set(NOT_A_PAGE) <= known
    nobody = town_app.test_client()
    for address in ("/healthz", "/readyz", "/api/v1/openapi.json"):
        assert nobody.get(address).mimetype != "text/html", address
    assert any(rule.rule.startswith(PROGRAMS) for rule in town_app.url_map.iter_rules())


def test_every_reader_was_there(visits: Visits) -> None:
    readers = {page.reader for page in visits.pages}
    assert {
        "nobody",
        "Ann",
        "Gus",
        "the room",
        "Ann's phone",
        "Dilan",
        "Hanne",
        "Marek",
        "Tania",
        "Greet",
        "Karel",
        "Olga",
    } <= readers
    assert len(visits.pages) > 400


def test_hints_are_a_counselors_and_on_no_page_of_a_parent(visits: Visits) -> None:
    said = ("film-hints", "/hints", "Toon hints", "Show hints", "Stemmen om de beurt", "Voices in turn")
    told = [page for page in visits.pages if any(words in page.html for words in said)]
    assert {page.endpoint for page in told} == {"desk.workspace"}
    assert not [str(page) for page in told if page.for_parents]
