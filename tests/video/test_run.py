import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.films.aftermath import command, descendants, until
from vbg.video import run
from vbg.video.errors import ToolError
from vbg.video.sandbox import Cell, Sandbox


def cell(folder: Path, film: Path | None = None, **limits: int) -> Cell:
    programs = run.programs_of_python()
    return Cell(film, folder, programs, limits.get("cpu_s", 20), limits.get("file_bytes", 10**6), 2 * 1024**3)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-c", code]


def says(code: str, tools: run.Tools, place: Cell, **more) -> str:
    lines: list[str] = []
    run.start(python(code), tools.sandbox, place, wall_s=more.pop("wall_s", 20), on_line=lines.append, **more)
    return "".join(lines).strip()


def test_the_box_shows_one_film_and_no_neighbour(tools, films, tmp_path):
    assert tools.sandbox.name == "bwrap"
    neighbour = films["plain"]
    code = (
        f"import os; print(os.path.exists('/w/in'), os.path.exists({str(neighbour)!r}), os.path.exists('/etc/passwd'))"
    )
    assert says(code, tools, cell(tmp_path, films["turned"])) == "True False False"


def test_the_box_has_no_network(tools, tmp_path):
    code = "import socket; print([name for _, name in socket.if_nameindex() if name != 'lo'])"
    assert says(code, tools, cell(tmp_path)) == "[]"


def test_the_box_passes_on_no_environment(tools, tmp_path, monkeypatch):
    monkeypatch.setenv("VBG_SECRET_KEY", "very secret")
    assert says("import os; print('VBG_SECRET_KEY' in os.environ)", tools, cell(tmp_path)) == "False"


def test_the_film_cannot_be_written(tools, tmp_path):
    film = tmp_path / "film"
    film.write_bytes(b"x")
    with pytest.raises(ToolError):
        says("open('/w/in', 'wb')", tools, cell(tmp_path, film))


def test_a_file_beyond_its_quota_is_not_written(tools, tmp_path):
    with pytest.raises(ToolError):
        says("open('/w/out/big', 'wb').write(bytes(3_000_000))", tools, cell(tmp_path))


def test_the_error_carries_the_last_words(tools, tmp_path):
    with pytest.raises(ToolError) as caught:
        says("import sys; sys.exit('the tape is torn')", tools, cell(tmp_path))
    assert caught.value.code == "failed"
    assert "the tape is torn" in str(caught.value.values["words"])


def test_what_takes_too_long_is_stopped(tools, tmp_path):
    began = time.monotonic()
    with pytest.raises(ToolError) as caught:
        says("import time; time.sleep(60)", tools, cell(tmp_path), wall_s=0.5)
    assert caught.value.code == "timed_out"
    assert time.monotonic() - began < 10


def test_what_is_not_wanted_any_more_is_stopped(tools, tmp_path):
    with pytest.raises(ToolError) as caught:
        says("import time; time.sleep(60)", tools, cell(tmp_path), cancel=lambda: True)
    assert caught.value.code == "cancelled"


@pytest.mark.parametrize("line", ["b'x' * 1000 + b'\\n'", "b'x' * 100_000"])
def test_what_talks_without_end_is_not_listened_to(line, tools, tmp_path):
    heard = []
    began = time.monotonic()
    code = f"import sys\nwhile True: sys.stdout.buffer.write({line})"
    with pytest.raises(ToolError) as caught:
        run.start(python(code), tools.sandbox, cell(tmp_path), wall_s=60, on_line=lambda said: heard.append(len(said)))
    assert caught.value.code == "failed"
    assert sum(heard) <= 64 * 1024**2
    assert max(heard) <= 1024**2
    assert time.monotonic() - began < 30


def test_without_a_box_the_limits_still_hold(tmp_path):
    bare = run.Tools(Path("/nowhere"), Sandbox("none", prlimit="prlimit"))
    with pytest.raises(ToolError):
        says(f"open({str(tmp_path / 'big')!r}, 'wb').write(bytes(3_000_000))", bare, cell(tmp_path))


def test_a_missing_tool_is_said_so():
    with pytest.raises(ToolError) as caught:
        run.find("/nowhere/ffmpeg")
    assert caught.value.code == "missing"


def test_tools_give_way_to_who_waits_for_a_page(tools, tmp_path):
    assert says("import os; print(os.nice(0) >= 10)", tools, cell(tmp_path)) == "True"


def test_one_core_is_left_alone(tools, monkeypatch):
    for cores, threads in ((1, 1), (2, 1), (8, 7)):
        monkeypatch.setattr(run.os, "sched_getaffinity", lambda _process, cores=cores: set(range(cores)))
        assert run.spare() == threads


@pytest.mark.parametrize("boxed", [True, False])
def test_a_tool_ends_with_who_started_it(tools, tmp_path, boxed):
    box = tools.sandbox if boxed else replace(tools.sandbox, name="none")
    tool = python("import time; time.sleep(60)")
    code = (
        "from pathlib import Path; from tests.video.test_run import cell; from vbg.video import run\n"
        f"from vbg.video.sandbox import Sandbox; run.start({tool}, {box}, cell(Path({str(tmp_path)!r})), wall_s=60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    until(lambda: any(words.startswith(tool[0]) for words in descendants(starter.pid).values()), 20)
    below = descendants(starter.pid)
    starter.kill()
    starter.wait()
    assert until(lambda: not any(command(pid) for pid in below), 30) < 3
