"""The web edge put together: every endpoint says whom it opens to; the web process reads no pictures."""

from __future__ import annotations

import subprocess
import sys
import uuid

import pytest
from flask import Flask

from tests.architecture.reading import CLONE, address_of
from vbg.app import create_app
from vbg.house import House
from vbg.web import access


@pytest.fixture
def bare_app(sqlite_house: House) -> Flask:
    return create_app(sqlite_house.settings, sqlite_house)


def undeclared(app: Flask) -> list[str]:
    return sorted(
        {rule.endpoint for rule in app.url_map.iter_rules() if access.audiences_of(app, rule.endpoint) is None}
    )


def test_every_endpoint_declares_its_audiences(bare_app: Flask) -> None:
    assert undeclared(bare_app) == []


def test_an_endpoint_that_declares_nothing_is_seen_and_closed(bare_app: Flask) -> None:
    bare_app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    assert undeclared(bare_app) == ["forgotten"]
    assert bare_app.test_client().get("/forgotten").status_code == 404


def test_addresses_are_kebab_case_and_typed(bare_app: Flask) -> None:
    crooked = []
    for rule in bare_app.url_map.iter_rules():
        fixed = [part for part in rule.rule.split("/") if part and "<" not in part]
        crooked += [rule.rule for part in fixed if part != part.lower() or "_" in part]
        if rule.endpoint != "static":
            crooked += [
                rule.rule
                for name, kind in rule._converters.items()
                if name.endswith("id") and "UUID" not in type(kind).__name__
            ]
    assert sorted(set(crooked)) == []


def test_nobody_gets_a_thing_by_its_id_without_signing_in(bare_app: Flask) -> None:
    client = bare_app.test_client()
    answered = []
    for rule in bare_app.url_map.iter_rules():
        audiences = access.audiences_of(bare_app, rule.endpoint)
        if not rule.arguments or not audiences:
            continue
        address = address_of(rule.rule, {}, str(uuid.uuid4()))
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            status = client.open(address, method=method).status_code
            if status not in {302, 303, 400, 401, 403, 404, 415, 428}:
                answered.append(f"{method} {rule.rule}: {status}")
    assert answered == []


@pytest.mark.parametrize("entry", ["vbg.app", "vbg.cli", "vbg.web.access"])
def test_the_web_process_reads_no_pictures(entry: str) -> None:
    told = f"import sys, {entry}; print(sorted({{'cv2', 'av', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], cwd=CLONE, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_a_made_app_reads_no_pictures(sqlite_house: House) -> None:
    told = (
        "import sys, pathlib; from vbg import config; from vbg.app import create_app;"
        f"create_app(config.load(pathlib.Path({str(sqlite_house.settings.data)!r})));"
        "print(sorted({'cv2', 'av', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=CLONE, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
