"""The walls stand in the tree as it is, and each of them is seen to catch a fault put into a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import reading
from tests.architecture.reading import CLONE

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def contracts(root: Path, *chosen: str) -> subprocess.CompletedProcess[str]:
    only = [part for name in chosen for part in ("--contract", name)]
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-logo", "--no-cache", "--config", "pyproject.toml", *only],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("vbg", "templates", "static"):
        if (CLONE / folder).is_dir():
            shutil.copytree(CLONE / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(CLONE / "pyproject.toml", tmp_path)
    return tmp_path


def inject(root: Path, where: str, text: str) -> None:
    path = root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n" + text + "\n", encoding="utf-8")


def test_import_contracts_are_kept() -> None:
    done = contracts(CLONE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "where", "text"),
    [
        ("floors", "vbg/utils.py", '"""Things."""'),
        ("floors", "vbg/films/models.py", "from vbg.moments import models as upstairs"),
        ("floors", "vbg/goals/models.py", "from vbg.films import models as sibling"),
        ("floors", "vbg/desk/views.py", "from vbg.retention import queries as upstairs"),
        ("rooms", "vbg/retention/queries.py", "from vbg.retention import actions as room"),
        ("rooms", "vbg/films/rules.py", "from vbg.films import models as room"),
        ("rooms", "vbg/films/queries.py", "from vbg.films import actions as room"),
        ("purity", "vbg/moments/rules.py", "import sqlalchemy"),
        ("purity", "vbg/video/commands.py", "import subprocess"),
        ("purity", "vbg/timecode.py", "import flask"),
        ("one-edge", "vbg/films/actions.py", "from vbg.web import api as edge"),
        ("one-edge", "vbg/goals/queries.py", "import flask"),
        ("no-request-waits", "vbg/films/views.py", "from vbg.video import run as tool"),
        ("private-rooms", "vbg/desk/views.py", "from vbg.films import views as theirs"),
        ("private-rooms", "vbg/reviews/views.py", "from vbg.films import api as theirs"),
        ("private-jobs", "vbg/films/actions.py", "from vbg.films import jobs as slow"),
        ("parents-verbs", "vbg/portal/views.py", "from vbg.films import actions as verbs"),
        ("parents-view", "vbg/portal/views.py", "from vbg.moments import queries as windows"),
    ],
)
def test_contract_catches_a_fault(copy: Path, contract: str, where: str, text: str) -> None:
    before = contracts(copy, contract)
    assert before.returncode == 0, before.stdout + before.stderr
    inject(copy, where, text)
    after = contracts(copy, contract)
    assert after.returncode == 1, after.stdout + after.stderr
    assert "BROKEN" in after.stdout or "exhaustive" in after.stdout.lower() or "not listed" in after.stdout.lower()


Check = Callable[[Path], list[str]]

FAULTS: list[tuple[Check, str, str]] = [
    (reading.second_commits, "vbg/goals/actions.py", "def close(session):\n    session.commit()"),
    (reading.process_starts, "vbg/films/actions.py", "import subprocess"),
    (reading.process_starts, "vbg/films/jobs.py", "import os\nos.system('ffmpeg')"),
    (reading.picture_imports, "vbg/films/views.py", "def show():\n    import cv2"),
    (reading.picture_imports, "vbg/films/jobs.py", "from av import open as read"),
    (reading.hidden_imports, "vbg/films/views.py", "import importlib\nimportlib.import_module('av')"),
    (reading.vague_modules, "vbg/films/helpers.py", '"""Things."""'),
    (reading.vague_modules, "static/js/elements/utils.js", "export {};"),
    (reading.eighth_rooms, "vbg/goals/cellar.py", '"""A room without a reason."""'),
    (reading.code_in_inits, "vbg/goals/__init__.py", "from vbg import clock"),
    (reading.web_words_below_the_edge, "vbg/goals/rules.py", "from flask_babel import gettext"),
    (reading.silent_actions, "vbg/goals/actions.py", "def forget(session, viewer):\n    session.flush()"),
    (reading.template_faults, "templates/goals/fault.html", "{{ goal.text | safe }}"),
    (reading.template_faults, "templates/goals/fault.html", "<script>alert(1)</script>"),
    (reading.template_faults, "templates/goals/fault.html", '<p style="color: red">no</p>'),
    (reading.template_faults, "templates/goals/fault.html", "<style>p { color: red }</style>"),
    (reading.template_faults, "templates/goals/fault.html", '<button onclick="go()">no</button>'),
    (reading.template_faults, "templates/goals/fault.html", '<img src="https://elsewhere.example/a.png">'),
    (reading.script_faults, "static/js/elements/fault.js", "this.innerHTML = words;"),
    (reading.script_faults, "static/js/elements/fault.js", 'fetch("https://elsewhere.example/");'),
    (reading.script_faults, "static/js/elements/fault.js", "eval(words);"),
    (reading.python_below_static, "static/img/fault.py", "print()"),
    (reading.film_files, "docs/fault.mp4", "no film"),
    (reading.registry_names, "docs/fault.txt", "index = https://" + "pypi" + ".org/simple"),
]


@pytest.mark.parametrize("check", sorted({check for check, _, _ in FAULTS}, key=lambda check: check.__name__))
def test_tree_is_clean(check: Check) -> None:
    assert check(CLONE) == []


@pytest.mark.parametrize(("check", "where", "text"), FAULTS)
def test_check_catches_a_fault(copy: Path, check: Check, where: str, text: str) -> None:
    before = check(copy)
    inject(copy, where, text)
    assert set(check(copy)) - set(before), f"{check.__name__} did not see: {text}"
