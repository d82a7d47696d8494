"""`vbg demo`: drawn once for all that is asked here; started, stopped, continued, begun anew."""

import http.cookiejar
import json
import re
import shutil
import signal
import subprocess
import time
import urllib.parse
import urllib.request

import pytest

from tests.cli.conftest import CLONE, Vbg, fetch
from tests.films import numbered


class Demo(Vbg):
    """A demo folder and the process that serves it."""

    def start(self, *words):
        """Begin `vbg demo ...`; its first line of stdout is in `.told`."""
        log = self.data.parent / "demo.log"
        line = self.command("demo", "--no-browser", "--data", self.data, *words)
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                line, cwd=CLONE, env=self.environment, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        self.told = self.process.stdout.readline()
        assert self.told, log.read_text()

    def stop(self):
        """Ctrl-C; the exit code, and what was still said."""
        self.process.send_signal(signal.SIGINT)
        with self.process.stdout:
            said = self.process.stdout.read()
        return self.process.wait(timeout=60), said

    def copy(self, folder):
        """The same demo somewhere else, for what destroys."""
        shutil.copytree(self.data, folder, ignore=shutil.ignore_patterns("serve.lock"))
        return Demo(folder)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo as its first start made it, stopped again; what that start told is in `.first`."""
    made = Demo(tmp_path_factory.mktemp("drawn") / "demo")
    made.start("--json", "--port", "9210")
    made.first = json.loads(made.told)
    made.signed_in = [sign_in(made.first["address"], one) for one in made.first["sign_ins"]]
    made.ready = fetch(made.first["address"] + "/readyz")[::2]
    made.ended = made.stop()
    return made


def sign_in(address, who):
    """Where signing in as a person would leads: (page, its text)."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with opener.open(f"{address}/sign-in", timeout=30) as page:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())[1]
    form = {"email": who["email"], "password": who["password"], "csrf_token": token}
    with opener.open(f"{address}/sign-in", urllib.parse.urlencode(form).encode(), timeout=60) as page:
        return urllib.parse.urlparse(page.url).path, page.read().decode()


def films(demo):
    """The ids of all films, as a program would ask them while nothing serves."""
    inside = demo.house()
    with inside.database.unit(write=False) as session:
        found = session.connection().exec_driver_sql("select id, state from film order by id").all()
    inside.database.close()
    return found


def test_it_tells_its_address_and_who_can_sign_in(demo):
    assert demo.first["address"] == "http://127.0.0.1:9210"
    assert demo.first["sign_ins"][0]["role"] == "counselor"
    assert {one["role"] for one in demo.first["sign_ins"]} == {"counselor", "parent"}
    assert all({"email", "password", "role"} <= set(one) for one in demo.first["sign_ins"])
    assert demo.ready == (200, b"ready\n")
    pages = [page for page, _ in demo.signed_in]
    assert pages == ["/today", *["/portal/"] * (len(pages) - 1)]
    assert "Gezin Merel" in demo.signed_in[0][1]


def test_ctrl_c_is_a_calm_end(demo):
    code, _ = demo.ended
    assert code == 0
    assert "Traceback" not in (demo.data.parent / "demo.log").read_text()


def test_the_next_start_continues_and_is_quick(demo):
    before = films(demo)
    assert [state for _, state in before] == ["ready", "ready"]
    began = time.monotonic()
    demo.start("--port", "9211")
    took = time.monotonic() - began
    first = said = demo.told
    while "Ctrl-C" not in said:  # it tells all of it before it is stopped
        line = demo.process.stdout.readline()
        assert line, said
        said += line
    code, _ = demo.stop()
    assert code == 0
    assert "http://127.0.0.1:9211" in first
    for one in demo.first["sign_ins"]:
        assert f"{one['email']}   {one['password']}" in said
    assert films(demo) == before
    print(f"second start: {took:.1f} s")
    assert took < 20


def test_fresh_asks_before_it_erases_a_film_of_yours(demo, tmp_path):
    mine = demo.copy(tmp_path / "demo")
    film = numbered(tmp_path / "own.mp4", frames=25)
    assert mine.json("ingest", film, "--family", "Gezin Merel")["state"] == "received"
    marker = (mine.data / "MARKER").read_text()
    assert "--yes" in mine.refused("demo", "--fresh", "--no-browser")
    assert len(films(mine)) == 3
    line = mine.command("demo", "--fresh", "--yes", "--no-browser", "--port", "9212", "--data", mine.data)
    with subprocess.Popen(line, cwd=CLONE, env=mine.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline()  # that it is drawing: the old folder is gone by then
        assert (mine.data / "MARKER").read_text() != marker
        assert (mine.data / "MARKER").read_text().startswith("vbg demo ")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    assert len(films(mine)) < 2


def test_fresh_erases_nothing_but_a_demo(practice):
    before = sorted(path.name for path in practice.data.iterdir())
    assert str(practice.data) in practice.refused("demo", "--fresh", "--yes", "--no-browser")
    assert practice.refused("demo", "--no-browser")
    assert sorted(path.name for path in practice.data.iterdir()) == before


def test_init_refuses_a_demos_folder(demo):
    before = films(demo)
    said = demo.refused("init", "--practice", "x", "--name", "x", "--email", "x@x.test")
    assert "--data" in said
    assert films(demo) == before
