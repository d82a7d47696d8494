"""A practice's whole journey by the real commands and over HTTP, with kills; everything that is said is a mark."""

import base64
import contextlib
import http.client
import http.cookiejar
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.trust import planted

PATIENCE_S = 240
TUS = {"Tus-Resumable": "1.0.0"}
NAMES = (
    "practice", "counselor", "code", "question", "child", "parent", "file", "title", "goal", "words", "note", "theme",
    "prompt", "next", "said", "answer", "talk", "place", "fact", "meaning", "thought", "way", "step",
)  # fmt: skip
SECRETS = ("password", "pin")


class Practice:
    """A practice in `folder`: its data, its log, its temporary files; served by `vbg serve`, which may be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.log = folder, folder / "data", folder / "out" / "serve.log"
        self.temporary, self.began = folder / "temporary", planted.now()
        self.names = {name: planted.mark(name) for name in NAMES}
        self.secrets = {name: planted.mark(name) for name in SECRETS}
        self.email, self.parents_email = f"{self.names['counselor']}@linde.test", f"{self.names['parent']}@thuis.test"
        self.told: list[str] = []  # tokens and one-use codes
        self.heard = b""
        self.process: subprocess.Popen[bytes] | None = None
        for one in (self.temporary, self.log.parent):
            one.mkdir()

    def vbg(self, *words: str) -> dict[str, Any]:
        """The JSON of a command that ends well."""
        done = subprocess.run(self._command(*words), env=self._environment(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def serve(self) -> None:
        """Start `vbg serve`; back when it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.port = port
        with self.log.open("ab") as log:
            command = self._command("serve", "--no-browser", "--port", str(port))
            self.process = subprocess.Popen(command, env=self._environment(), stdout=log, stderr=log)
        self.until(self._answers, "serve does not answer")

    def kill_worker(self) -> None:
        """End the worker at once; serve starts another."""
        for pid in planted.children(self._pid()):
            self._kill(pid)

    def kill_all(self) -> None:
        """End serve and its worker at once."""
        worker = planted.children(self._pid())
        self._kill(self._pid())
        assert self.process
        self.process.wait()
        for pid in worker:
            self._kill(pid)
        for pid in worker:
            self.until(lambda pid=pid: not Path(f"/proc/{pid}").exists(), "the worker lives")

    def stop(self) -> None:
        """End serve as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def until(self, met: Callable[[], object], otherwise: str) -> None:
        """Wait, and listen meanwhile to what is said to the tools."""
        limit = time.monotonic() + PATIENCE_S
        while not met():
            assert time.monotonic() < limit, otherwise
            if self.process:
                self.heard += planted.overheard(self.process.pid)
            time.sleep(0.1)

    def api(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> Any:
        """JSON of a program's request."""
        sent = None if body is None else json.dumps(body).encode()
        told = self.bearer | ({"Content-Type": "application/json"} if sent else {}) | headers
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1{path}", sent, told, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            data = answer.read()
        return json.loads(data) if answer.headers["Content-Type"] == "application/json" else data

    @property
    def bearer(self) -> dict[str, str]:
        """How a program signs in."""
        return {"Authorization": f"Bearer {self.told[0]}"}

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, self.log.read_text()
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5).status == 200
        return False

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "vbg.cli", words[0], "--data", str(self.data), "--json", *words[1:]]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VBG_", "PYTEST"))}
        return kept | {"TMPDIR": str(self.temporary)}

    def _pid(self) -> int:
        assert self.process
        return self.process.pid

    @staticmethod
    def _kill(pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class Browser:
    """Somebody's browser without the picture: cookies, pages, and the forms on them."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._open = urllib.request.build_opener(jar).open

    def get(self, path: str) -> str:
        """A page."""
        with self._open(f"http://127.0.0.1:{self._practice.port}{path}", timeout=60) as answer:
            return answer.read().decode("utf-8", "replace")

    def send(self, page: str, path: str, **fields: str) -> tuple[str, str]:
        """Fill in a form on `page`: the address and the page where that leads."""
        token = found(r'name="csrf_token" value="([^"]+)"', self.get(page))
        body = urllib.parse.urlencode(fields | {"csrf_token": token}).encode()
        with self._open(f"http://127.0.0.1:{self._practice.port}{path}", body, timeout=60) as answer:
            return answer.url, answer.read().decode()


def found(pattern: str, page: str) -> str:
    """What the pattern's group matches in the page."""
    hit = re.search(pattern, page)
    assert hit, pattern
    return hit[1]


def settle(practice: Practice) -> tuple[Browser, Browser, str]:
    """Practice, family, question, child, parent with an account, a yes to all. Both browsers, and the family's id."""
    names, password = practice.names, practice.secrets["password"]
    made = practice.vbg(
        "init", "--practice", names["practice"], "--name", names["counselor"], "--email", practice.email
    )
    practice.told += [practice.vbg("token", practice.email)["token"], made["code"]]
    practice.serve()
    ine, dilan = Browser(practice), Browser(practice)
    ine.send(f"/code?c={made['code']}", "/code", code=made["code"], password=password)
    family = ine.send("/families/new", "/families", code=names["code"])[0].rsplit("/", 1)[-1]
    edit = f"/families/{family}/edit"
    ine.send(edit, f"/families/{family}/question", question=names["question"], question_authors=names["parent"])
    for kind in ("child", "adult"):
        call_name = names["child" if kind == "child" else "parent"]
        ine.send(edit, f"/families/{family}/members", call_name=call_name, kind=kind, authority="yes")
    member = found(r"/members/([0-9a-f-]{36})/account", ine.get(edit))
    page = ine.send(edit, f"/members/{member}/account", email=practice.parents_email)[1]
    code = found(r">\s*([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})\s*<", page)
    practice.told.append(code)
    said = {"filming": "yes", "review": "yes", "take_home": "yes", "way": "spoken", "member_id": member}
    ine.send(f"/families/{family}/consent", f"/families/{family}/consent", **said)
    dilan.send("/code", "/code", code=code, password=practice.secrets["pin"])
    return ine, dilan, family


def upload(practice: Practice, family: str, path: Path, kill_at: float | None = None) -> str:
    """Send a film by tus; serve is killed when this share of it is on the line, and the rest sent to the next one."""
    data = path.read_bytes()
    told = {"family": family, "filename": f"{practice.names['file']}{path.suffix}"}
    coded = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
    headers = practice.bearer | TUS | {"Upload-Length": str(len(data)), "Upload-Metadata": coded}
    _, said = _exchange(practice, "POST", "/api/v1/uploads", headers)
    where, offset = urlsplit(said["Location"]).path, 0
    if kill_at is not None:
        _send_part(practice, where, data, int(len(data) * kill_at))
        practice.kill_all()
        practice.serve()
        _, said = _exchange(practice, "HEAD", where, practice.bearer | TUS)
        offset = int(said["Upload-Offset"])
    more = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    status, said = _exchange(practice, "PATCH", where, practice.bearer | TUS | more, data[offset:])
    assert status == 204, status
    return said["Vbg-Film"]


def _send_part(practice: Practice, where: str, data: bytes, until: int) -> None:
    """Announce all of it, send some, and leave the line open."""
    lines = [f"PATCH {where} HTTP/1.1", "Host: vbg", "Upload-Offset: 0", f"Content-Length: {len(data)}"]
    lines += ["Content-Type: application/offset+octet-stream"]
    lines += [f"{name}: {value}" for name, value in (practice.bearer | TUS).items()]
    line = socket.create_connection(("127.0.0.1", practice.port), 20)
    line.sendall("\r\n".join([*lines, "", ""]).encode() + data[:until])
    time.sleep(0.2 + random.random() / 2)
    line.close()


def _exchange(
    practice: Practice, method: str, path: str, headers: dict[str, str], body: bytes | None = None
) -> tuple[int, Any]:
    line = http.client.HTTPConnection("127.0.0.1", practice.port, timeout=120)
    line.request(method, path, body, headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.headers


def state(practice: Practice, film: str) -> str:
    """How far a film is."""
    return str(practice.api(f"/films/{film}")["state"])


def work(practice: Practice, ine: Browser, film: str, family: str) -> str:
    """Title, goal, a moment with words and note, a closed review, a share, what is written beside. The moment's id."""
    names = practice.names
    practice.api(f"/films/{film}", "PATCH", {"title": names["title"]})
    goal = practice.api(f"/families/{family}/goals", "POST", {"text": names["goal"]})["id"]
    marks = [{"tag": "house/shows", "at_ms": 1500}, {"tag": "house/waits", "at_ms": 2500}]
    moment = practice.api(
        f"/films/{film}/moments", "POST",
        {"start_ms": 1000, "end_ms": 3000, "words": names["words"], "goals": [goal], "marks": marks, "chosen": True},
    )["id"]  # fmt: skip
    practice.api(f"/moments/{moment}/note", "PUT", {"text": names["note"]})
    practice.api(f"/families/{family}/hypotheses", "POST", {"statement": names["thought"], "moment": moment})
    way = practice.api(f"/goals/{goal}/strategies", "POST", {"text": names["way"]})["id"]
    practice.api(f"/strategies/{way}/steps", "POST", {"text": names["step"]})
    review = ine.send("/families/new", "/reviews", film=film)[0].partition("/reviews/")[2]
    page = f"/reviews/{review}"
    ine.send(page, page, theme=names["theme"])
    ine.send(page, f"{page}/moments/{moment}/prompt", prompt=names["prompt"])
    ine.send(page, f"{page}/start")
    ine.send(f"{page}/leave", f"{page}/return", password=practice.secrets["password"])
    ine.send(f"{page}/closing", f"{page}/closure", next_step=names["next"], notes=names["said"])
    form = f"/moments/{moment}/shares/new"
    person = found(r'name="people"[^>]*value="([0-9a-f-]{36})"', ine.get(form))
    ine.send(form, f"/moments/{moment}/shares", people=person)
    write(practice, ine, family)
    return str(moment)


def write(practice: Practice, ine: Browser, family: str) -> None:
    """A talk, found again by its words; a fact with what it might mean, and a step."""
    names, notes, concerns = practice.names, f"/families/{family}/notes", f"/families/{family}/concerns"
    ine.send(f"{notes}/new", notes, text=names["talk"], place=names["place"])
    assert names["place"] in ine.send(notes, f"{notes}/search", words=names["talk"])[1]
    ine.send(concerns, f"{concerns}/facts", fact=names["fact"], meaning=names["meaning"])
    assert names["step"] in ine.send(concerns, f"{concerns}/steps", code="team", words=names["step"])[1]


def answer(practice: Practice, dilan: Browser) -> str:
    """The parent sees what was shared and answers. The share's id."""

    def there() -> bool:
        return "/portal/moments/" in dilan.get("/portal/")

    practice.until(there, "nothing was shared")
    share = found(r"/portal/moments/([0-9a-f-]{36})", dilan.get("/portal/"))
    page = f"/portal/moments/{share}"
    assert practice.names["words"] in dilan.get(page)
    dilan.send(page, f"{page}/answer", reactions="proud", words=practice.names["answer"])
    return share


def bytes_of(practice: Practice, film: str) -> list[bytes]:
    """What is made of a film, as it plays: its pieces, its poster, its filmstrip, a still."""
    play = b"".join([practice.api(f"/films/{film}/media")])
    practice.until(lambda: practice.api(f"/films/{film}/waveform"), "no waveform")
    practice.until(lambda: practice.api(f"/films/{film}/still?at_ms=1500"), "no still")
    pictures = [practice.api(f"/films/{film}/{kind}") for kind in ("poster", "filmstrip", "still?at_ms=1500")]
    return [play, *pictures]
