"""`vbg serve`: one practice, one server; alive, ready, described, and a log without a word of a family."""

import json
import re
import signal
import socket
import uuid

from tests.cli.conftest import fetch


def test_it_is_alive_ready_and_described(serve):
    running = serve("--port", "18600")
    for place, words in (("/healthz", b"alive\n"), ("/readyz", b"ready\n")):
        assert fetch(running.address + place)[::2] == (200, words)
    described = json.loads(fetch(running.address + "/api/v1/openapi.json")[2])
    assert described["openapi"].startswith("3.1")
    operations = [one for path in described["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for path, methods in described["paths"].items():
        named = set(re.findall(r"{([^}]+)}", path))
        for one in methods.values():
            assert {part["name"] for part in one["parameters"] if part["in"] == "path"} == named, path
            assert one["responses"]
    assert {"/families", "/families/{family_id}/films", "/films/{film_id}", "/films/{film_id}/moments",
            "/moments/{moment_id}", "/films/{film_id}/undo"} <= set(described["paths"])  # fmt: skip


def test_a_second_serve_on_the_folder_is_refused(serve, practice):
    serve("--port", "18610")
    assert practice.refused("serve", "--no-browser", "--port", "18611")


def test_a_taken_port_goes_to_the_next(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 18620))
        taken.listen()
        assert serve("--port", "18620").address.endswith(":18621")


def test_without_lan_there_is_one_door(serve, practice):
    assert serve("--port", "18670").lan == ""
    assert not (practice.data / "keys" / "lan.pem").exists()


def test_ctrl_c_ends_it_calmly_and_it_starts_again(serve):
    for _ in range(2):
        running = serve("--port", "18630")
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=10) == 0, "stopped the moment it began, it takes the worker along"
        assert "Traceback" not in running.log.read_text()


def test_a_token_opens_the_interface(serve, practice, family):
    running, token = serve("--port", "18640"), practice.json("token", "ine@praktijk.test")["token"]
    status, _, told = fetch(running.address + "/api/v1/families", {"Authorization": f"Bearer {token}"})
    assert (status, json.loads(told)) == (200, {"items": [{"id": str(family), "code": "Gezin Roos"}], "next": None})


def test_the_log_is_one_json_line_a_request_with_no_word_of_anybody(serve, practice, family):
    running, token = serve("--port", "18650"), practice.json("token", "ine@praktijk.test")["token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    words = json.dumps({"text": "Zwaluw wil lachen", "authors": "Zwaluw"}).encode()
    seen = [
        fetch(running.address + "/healthz"),
        fetch(f"{running.address}/api/v1/families/{family}/goals?zwaluw=Zwaluw", headers, words),
        fetch(f"{running.address}/Zwaluw/ine@praktijk.test"),
        fetch(f"{running.address}/api/v1/films/{uuid.uuid4()}", headers),
        fetch(running.address + "/sign-in", data=b"email=zwaluw@thuis.test&password=Zwaluw"),
    ]
    assert [one[0] for one in seen] == [200, 201, 404, 404, 400]
    log = running.log.read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    requests = {line["request"]: line for line in lines if line["event"] == "request"}
    assert len(requests) == len(seen)
    assert {one[1]["Vbg-Request"] for one in seen} == set(requests)
    assert all({"at", "method", "route", "status", "ms"} <= set(line) for line in requests.values())
    for word in ("zwaluw", "gezin roos", "praktijk.test", "thuis.test", token):
        assert word not in log.lower(), word


def test_a_request_id_is_in_each_error_page_and_problem(serve):
    running = serve("--port", "18660")
    status, headers, page = fetch(running.address + "/nowhere")
    assert status == 404
    assert headers["Vbg-Request"] in page.decode()
    status, headers, told = fetch(running.address + "/api/v1/families")
    assert (status, headers.get_content_type()) == (401, "application/problem+json")
    assert json.loads(told)["instance"].endswith(headers["Vbg-Request"])
