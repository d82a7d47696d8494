"""The faces for programs: the described interface is the real one, and each promise has a test that exists."""

import ast
import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import World
from vbg import clock
from vbg.app import create_app
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.house import House
from vbg.hypotheses.models import Hypothesis
from vbg.moments.models import Moment
from vbg.plans.models import Step, Strategy
from vbg.web.access import opens_to

CLONE = Path(__file__).resolve().parents[2]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TUS = {"Tus-Resumable": "1.0.0"}
Told = dict[str, Any]
LEAST: dict[tuple[str, str], Told] = {
    ("POST", "/films/{film_id}/moments"): {"start_ms": 0},
    ("POST", "/families/{family_id}/goals"): {"text": "Samen lachen"},
    ("PUT", "/moments/{moment_id}/note"): {"text": ""},
    ("PUT", "/films/{film_id}/place"): {},
}

LINES = {
    "demo prints its address and sign-ins": "cli/test_demo.py::test_it_tells_its_address_and_who_can_sign_in",
    "demo: Ctrl-C loses nothing": "cli/test_demo.py::test_ctrl_c_is_a_calm_end",
    "demo: the next start continues": "cli/test_demo.py::test_the_next_start_continues_and_is_quick",
    "demo --fresh begins anew, and asks first": "cli/test_demo.py::test_fresh_asks_before_it_erases_a_film_of_yours",
    "demo --fresh erases a demo only": "cli/test_demo.py::test_fresh_erases_nothing_but_a_demo",
    "init makes a practice and its first counselor": "cli/test_init.py::test_init_makes_a_practice_and_a_way_in",
    "init leaves the demo alone": "cli/test_demo.py::test_init_refuses_a_demos_folder",
    "serve answers": "cli/test_serve.py::test_it_is_alive_ready_and_described",
    "serve: one server a folder": "cli/test_serve.py::test_a_second_serve_on_the_folder_is_refused",
    "serve: a taken port": "cli/test_serve.py::test_a_taken_port_goes_to_the_next",
    "worker": "cli/test_ingest.py::test_received_then_a_worker_makes_it_ready",
    "token EMAIL, revocable": "cli/test_token.py::test_made_used_listed_and_ended",
    "token EMAIL, scoped": "cli/test_token.py::test_a_token_that_reads_until_a_day",
    "ingest FILE --family CODE": "cli/test_ingest.py::test_received_then_a_worker_makes_it_ready",
    "a bar on long work": "cli/test_ingest.py::test_with_wait_it_ends_ready",
    "ingest --wait": "cli/test_ingest.py::test_with_wait_it_ends_ready",
    "ingest --wait beside a server": "cli/test_ingest.py::test_while_a_server_runs_its_worker_does_the_work",
    "check": "cli/test_check.py::test_a_fresh_practice_is_fit",
    "jobs, jobs --restart": "cli/test_jobs.py::test_it_is_listed_and_started_again",
    "backup DIR, restore DIR": "cli/test_keep.py::test_a_practice_comes_back_and_its_films_open",
    "import": "cli/test_exchange.py::test_moments_come_in_once_and_a_wrong_line_is_named",
    "export": "cli/test_exchange.py::test_what_is_exported_can_be_brought_in_again",
    "erase": "cli/test_exchange.py::test_erase_asks_first_and_then_nothing_is_left",
    "signin EMAIL": "cli/test_init.py::test_a_sign_in_link_works_once",
    "migrate": "cli/test_init.py::test_an_older_practice_is_copied_then_migrated",
    "migrate, serve: a newer practice": "cli/test_init.py::test_a_newer_practice_is_refused",
    "--data DIR or VBG_DATA": "cli/test_init.py::test_the_folder_may_stand_in_the_environment",
    "exit code 2": "cli/test_init.py::test_wrong_use_is_2",
    "exit code 1, errors say what to do": "cli/test_init.py::test_without_a_practice_every_command_says_so",
    "Authorization: Bearer": "signin/test_token.py::test_it_sees_what_its_person_sees",
    "or the browser session": "moments/test_api.py::test_a_moment_is_made_shown_changed_and_removed",
    "GET families": "cli/test_serve.py::test_a_token_opens_the_interface",
    "GET families/{id}/films": "films/test_media.py::test_a_film_is_ready_and_says_what_it_is",
    "tus at uploads": "films/test_upload.py::test_a_real_client_sends_a_film_by_token",
    "the last 204 and HEAD carry Vbg-Film": "films/test_upload.py::test_a_film_in_two_pieces",
    "without consent the film is held": "films/test_held.py::test_no_yes_means_on_hold",
    "GET films/{id}": "films/test_media.py::test_a_film_is_ready_and_says_what_it_is",
    "state failed has a reason": "films/test_prepare.py::test_what_is_no_film_ends_with_a_sentence",
    "GET media, at most 2 MiB": "films/test_media.py::test_a_piece_is_at_most_two_mebibytes",
    "GET media, ranges": "films/test_media.py::test_ranges",
    "GET frames": "films/test_media.py::test_what_belongs_to_it",
    "GET, POST moments": "moments/test_api.py::test_a_moment_is_made_shown_changed_and_removed",
    "the window": "moments/test_window.py::test_it_returns_what_overlaps",
    "409 with both versions": "moments/test_api.py::test_a_stale_change_gets_both_versions",
    "428 without If-Match": "moments/test_api.py::test_without_if_match_nothing_changes",
    "422 when it cannot be": "moments/test_api.py::test_bad_input_names_its_field",
    "undo and redo": "moments/test_api.py::test_undo_and_redo",
    "undo, changed since": "moments/test_api.py::test_undo_after_anothers_change_is_409_with_both",
    "GET, PATCH palette": "palettes/test_api.py::test_what_is_arranged_is_there_on_another_machine",
    "repeating a POST makes no twin": "moments/test_api.py::test_the_same_post_makes_no_twin_and_another_is_refused",
}


@pytest.mark.parametrize("line", LINES)
def test_each_promise_has_its_test(line: str) -> None:
    file, _, name = LINES[line].partition("::")
    tree = ast.parse((CLONE / "tests" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.fixture
def house(sqlite_house: House) -> House:
    """The edge is the same over both databases."""
    return sqlite_house


@pytest.fixture
def described(app: Flask) -> Told:
    """The interface as it describes itself, to nobody in particular."""
    told: Told = app.test_client().get("/api/v1/openapi.json").get_json()
    return told


@pytest.fixture
def things(house: House, world: World) -> dict[str, str]:
    """Ids of what is Merel's, by the name they have in an address."""
    family = world.families["merel"].id
    with house.database.unit() as session:
        film = Film(family_id=family, number=1, by_id=world.people["ann"].id, state="ready", duration_ms=60_000)
        goal = Goal(family_id=family, text="Samen lachen")
        session.add_all([film, goal])
        session.flush()
        moment = Moment(film_id=film.id, start_ms=0, end_ms=500)
        thought = Hypothesis(
            family_id=family, statement="Wachten helpt", source="talk", source_on=clock.today(),
            by_id=world.people["ann"].id,
        )  # fmt: skip
        way = Strategy(goal=goal, text="Eerst wachten", by_id=thought.by_id)
        step = Step(strategy=way, text="Tel tot drie", by_id=thought.by_id)
        session.add_all([moment, thought, way, step])
        session.flush()
        made = {"film_id": film, "moment_id": moment, "hypothesis_id": thought, "goal_id": goal, "strategy_id": way}
        made |= {"step_id": step}
        return {"family_id": str(family), **{name: str(one.id) for name, one in made.items()}}


def operations(described: Told) -> Iterator[tuple[str, str, Told]]:
    """Each (method, path, operation)."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def address(path: str, things: dict[str, str] | None = None) -> str:
    """A real address; an id that is not in `things` is nobody's."""
    known = {"noun": "film", **(things or {})}
    return "/api/v1" + re.sub(r"{(\w+)}", lambda part: known.get(part[1], str(uuid.uuid4())), path)


def refs(part: object) -> Iterator[str]:
    """Every `$ref` below a part of the document."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from refs(value)
    elif isinstance(part, list):
        for value in part:
            yield from refs(value)


def problem(answer: Any, status: int | None = None) -> Told:
    """The problem details of an answer, whole as RFC 9457 has them."""
    where = f"{answer.request.method} {answer.request.path}: {answer.status_code}"
    assert answer.content_type == "application/problem+json", where
    told: Told = json.loads(answer.data)
    assert told["status"] == answer.status_code == (status or answer.status_code), where
    assert told["type"] == "about:blank"
    assert told["title"].endswith("."), where
    assert told["instance"] == f"urn:vbg:request:{answer.headers['Vbg-Request']}"
    assert all(isinstance(one, str) and " " in one for one in told.get("errors", {}).values()), where
    return told


def test_the_description_is_openapi_3_1(described: Told) -> None:
    assert re.fullmatch(r"3\.1\.\d+", described["openapi"])
    assert {"title", "version"} <= set(described["info"])
    ways = set(described["components"]["securitySchemes"])
    assert {way for one in described["security"] for way in one} == ways
    named = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(set(named)) == len(named)
    for method, path, operation in operations(described):
        assert path.startswith("/")
        assert method in {*METHODS, "HEAD", "OPTIONS"}
        assert operation["summary"].endswith("."), path
        places = [(one["in"], one["name"]) for one in operation["parameters"]]
        assert len(set(places)) == len(places)
        assert {name for place, name in places if place == "path"} == set(re.findall(r"{(\w+)}", path))
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        assert all(re.fullmatch(r"[1-5](\d\d|XX)|default", status) for status in operation["responses"])
        assert all("description" in one for one in operation["responses"].values())


def test_what_the_description_refers_to_is_in_it(described: Told) -> None:
    found = set(refs(described))
    assert found
    for ref in found:
        part: Any = described
        for step in ref.removeprefix("#/").split("/"):
            part = part[step]
        assert part["type"] == "object"


def test_a_method_answers_just_when_it_is_described(client_for: Callable[[str], FlaskClient], described: Told) -> None:
    ann = client_for("ann")
    for path, methods in described["paths"].items():
        for method in METHODS:
            answer = ann.open(address(path), method=method)
            assert (answer.status_code == 405) == (method.lower() not in methods), f"{method} {path}"
            if answer.status_code == 405:
                problem(answer)
                assert set(answer.headers["Allow"].lower().split(", ")) >= set(methods) - {"options"}


def test_every_route_is_described(app: Flask, described: Told) -> None:
    routes = {re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert {f"/api/v1{path}" for path in described["paths"]} == {one for one in routes if one.startswith("/api/")}


def test_every_refusal_is_problem_details(
    app: Flask, client_for: Callable[[str], FlaskClient], described: Told, things: dict[str, str]
) -> None:
    nobody, ann, cas = app.test_client(), client_for("ann"), client_for("cas")
    for method, path, operation in operations(described):
        if operation.get("security") == [] or method == "HEAD":
            continue
        body: Told = {"json": LEAST.get((method, path), {})}
        if "/uploads" in path:
            body = {"data": b"x", "content_type": "application/offset+octet-stream"}
        asked: Told = {"method": method, "headers": TUS | {"Upload-Offset": "0", "If-Match": '"1"'}, **body}
        assert problem(nobody.open(address(path), **asked), 401)["code"] == "sign_in_first"
        if "{" in path:
            assert problem(ann.open(address(path), **asked), 404)["code"] == "not_found"
            assert problem(cas.open(address(path, things), **asked), 404)["code"] == "not_found"
    for unknown in ("/api/v1/nowhere", "/api/v1/films/1", "/api/v2/families"):
        assert problem(ann.get(unknown), 404)


def test_every_body_is_read_or_refused_by_field(
    client_for: Callable[[str], FlaskClient], described: Told, things: dict[str, str]
) -> None:
    ann, seen = client_for("ann"), 0
    for method, path, operation in operations(described):
        if "requestBody" not in operation or "/reviews/" in path:
            continue
        seen += 1
        asked = {"method": method, "path": address(path, things), "headers": {"If-Match": '"1"'}}
        problem(ann.open(**asked, data="x=1", content_type="text/plain"), 415)
        problem(ann.open(**asked, data="{", content_type="application/json"), 400)
        problem(ann.open(**asked, data="[" * 100_000, content_type="application/json"), 400)
        problem(ann.open(**asked, json=[]), 422)
        assert "colour" in problem(ann.open(**asked, json={"colour": "red"}), 422)["errors"] or path.endswith("note")
    assert seen >= 5


def test_a_problem_speaks_the_readers_language(app: Flask) -> None:
    said = {
        language: app.test_client().get("/api/v1/families", headers={"Accept-Language": language}).get_json()["title"]
        for language in ("nl", "en")
    }
    assert said["en"] == "Sign in first."
    assert said["nl"] not in ("", said["en"])


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(sqlite_house: House) -> None:
    def broken() -> str:
        raise ValueError("Pip and Dilan")

    app = create_app(sqlite_house.settings, sqlite_house)
    app.add_url_rule("/api/v1/broken", "broken", opens_to()(broken))
    answer = app.test_client().get("/api/v1/broken")
    assert problem(answer, 500)["code"] == "our_fault"
    assert b"Pip" not in answer.data


@pytest.mark.parametrize(
    "path", ["/families", "/families/{family_id}/films", "/families/{family_id}/goals", "/films/{film_id}/moments",
             "/films/{film_id}/acts", "/families/{family_id}/hypotheses", "/families/{family_id}/plan",
             "/moments/{moment_id}/hypotheses"],
)  # fmt: skip
def test_a_list_is_items_and_next(client_for: Callable[[str], FlaskClient], things: dict[str, str], path: str) -> None:
    told = client_for("ann").get(address(path, things)).get_json()
    assert isinstance(told["items"], list)
    assert told["next"] is None


def test_ready_says_what_is_not(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    assert (client.get("/readyz").status_code, client.get("/readyz").data) == (200, b"ready\n")
    monkeypatch.setattr("vbg.store.depot.LOW_SPACE", 2**62)
    assert house.store.check() == ["low_space"]
    assert client.get("/readyz").status_code == 200
    shutil.rmtree(house.settings.data / "keys")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.data.startswith(b"not ready: ")
    assert client.get("/healthz").data == b"alive\n"
