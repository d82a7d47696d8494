"""`vbg token`: made, scoped, listed and ended from the machine itself; tried on a server that runs."""

import json
import uuid

import pytest

from tests.cli.conftest import fetch

INE = "ine@praktijk.test"


def families(running, token, **more):
    """(status, told) of the list of families with this token."""
    asked = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    status, headers, told = fetch(f"{running.address}/api/v1/families", asked, **more)
    assert headers.get_content_type() == ("application/json" if status == 200 else "application/problem+json")
    return status, json.loads(told)


def test_made_used_listed_and_ended(practice, serve, family):
    told = practice.json("token", INE)
    assert set(told) == {"token"}
    running = serve("--port", 9200)
    assert families(running, told["token"]) == (
        200,
        {"items": [{"id": str(family), "code": "Gezin Roos"}], "next": None},
    )
    listed = practice.json("token", INE, "--list")
    assert (len(listed["items"]), listed["next"]) == (1, None)
    one = listed["items"][0]
    assert (one["scope"], one["state"], one["expires_at"]) == ("write", "live", None)
    assert told["token"] not in json.dumps(listed)
    assert practice.json("token", INE, "--revoke", one["id"])["state"] == "revoked"
    status, problem = families(running, told["token"])
    assert (status, problem["code"]) == (401, "token_refused")
    assert "vbg token" in problem["title"]
    assert [row["state"] for row in practice.json("token", INE, "--list")["items"]] == ["revoked"]


def test_a_token_that_reads_until_a_day(practice, serve, family):
    token = practice.json("token", INE, "--scope", "read", "--days", "30")["token"]
    running = serve("--port", 9201)
    assert families(running, token)[0] == 200
    asked = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    status, _, told = fetch(f"{running.address}/api/v1/families/{family}/goals", asked, b'{"text": "Samen lachen"}')
    assert (status, json.loads(told)["code"]) == (403, "token_reads_only")
    line = practice("token", INE, "--list").stdout.splitlines()
    assert len(line) == 1
    assert line[0].split()[1:3] == ["read", "live"]
    assert not line[0].endswith("-")


def test_what_is_not_there_is_a_sentence(practice):
    assert "--list" in practice.refused("token", INE, "--revoke", uuid.uuid4())
    assert INE in practice("token", INE, "--list").stdout
    assert practice.json("token", INE, "--list") == {"items": [], "next": None}


@pytest.mark.parametrize("words", [("--scope", "all"), ("--days", "0"), ("--days", "x"), ("--revoke", "x"),
                                   ("--list", "--revoke", str(uuid.UUID(int=1)))])  # fmt: skip
def test_wrong_use_is_2(vbg, words):
    vbg.refused("token", INE, *words, code=2)
