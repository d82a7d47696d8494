"""Scripts go out short, and say the same."""

import subprocess
from pathlib import Path

import pytest
from flask import url_for

from vbg.testing import node_command
from vbg.web.scripts import short

ROOT = Path(__file__).resolve().parents[2] / "static"
SCRIPTS = sorted((ROOT / "js").rglob("*.js"))


@pytest.fixture
def get(app):
    def ask(name):
        with app.test_request_context():
            return app.test_client().get(url_for("static", filename=name), buffered=True)

    return ask


def test_a_script_goes_out_without_its_comments(get):
    sent = get("js/elements/film-player.js")
    assert "/**" not in sent.text
    assert "class FilmPlayer" in sent.text
    assert sent.content_length == len(sent.data) < (ROOT / "js/elements/film-player.js").stat().st_size * 0.8


def test_what_others_wrote_goes_out_as_it_is(get):
    for path in (ROOT / "vendor").rglob("*.js"):
        assert get(path.relative_to(ROOT).as_posix()).data == path.read_bytes()


def test_words_and_patterns_stay_as_they_are():
    script = 'const a = "// no /* comment */", b = `of\n  lines // too`, c = /[/*]"\\/\\//g; // gone\n'
    assert short(script).strip() == 'const a="// no /* comment */",b=`of\n  lines // too`,c=/[/*]"\\/\\//g;'


def test_every_script_is_one_to_a_browser_still(tmp_path):
    made = []
    for number, path in enumerate(SCRIPTS):
        made.append(tmp_path / f"{number}.mjs")
        made[-1].write_text(short(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert len(made) > 50
    checks = [
        "import { readFileSync } from 'node:fs';", "import { SourceTextModule } from 'node:vm';",
        "for (const path of process.argv.slice(2)) new SourceTextModule(readFileSync(path, 'utf8'));",
    ]  # fmt: skip
    check = tmp_path / "check.mjs"
    check.write_text("\n".join(checks))
    command = [*node_command(), "--experimental-vm-modules", "--no-warnings", str(check), *map(str, made)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
