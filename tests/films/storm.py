"""A real server and its worker, killed again and again, and senders of films who do not let that stop them."""

import base64
import hashlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.films.aftermath import command, descendants, until

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 16 * 1024
PATIENCE_S = 180
BROKEN = (OSError, http.client.HTTPException)


class Ground:
    """`vbg serve` over a data folder; `kill` ends it or its worker as a power cut would."""

    def __init__(self, data: Path) -> None:
        port = str(_free_port())
        self._line = [sys.executable, "-m", "vbg.cli", "serve", "--data", str(data), "--no-browser", "--json"]
        self._line += ["--port", port]
        self.kills = {"web": 0, "worker": 0}
        self.back_s: list[float] = []
        self._rise()

    def _rise(self) -> None:
        began = time.monotonic()
        self.process = subprocess.Popen(self._line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        told = self.process.stdout.readline()
        assert told, "the server did not come back"
        self.address = json.loads(told)["address"]
        self.back_s.append(time.monotonic() - began)

    def worker(self) -> int | None:
        """The number of the worker's process, when there is one just now."""
        return next((pid for pid, words in descendants(self.process.pid).items() if " worker --data" in words), None)

    def kill(self, whom: str) -> None:
        """kill -9; the server is started again at once, the worker by the server."""
        if whom == "worker":
            pid = until_found(self.worker)
            os.kill(pid, signal.SIGKILL)
        else:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self._rise()
        self.kills[whom] += 1

    def end(self) -> None:
        """End both, and wait until they have."""
        below = descendants(self.process.pid)
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()
        until(lambda: not any(command(pid) for pid in below))


def _free_port() -> int:
    """A port that nobody else is likely to take while the server is down."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_found(look):
    """What `look` finds, as soon as it finds something."""
    found = []
    until(lambda: found.append(look()) or found[-1])
    return found[-1]


class Sender(threading.Thread):
    """Sends films one after another, each in small pieces, and goes on where the server says it is.

    `sent`: (film id, sha256) of each film that arrived. `lost`: bytes once acknowledged that the server did not
    have any more. `resent`: bytes that were sent again.
    """

    def __init__(self, ground: Ground, sign_in: dict[str, str], films: list[Path], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._ground, self._sign_in, self._films, self._enough = ground, sign_in, films, stop
        self.sent: list[tuple[str, str]] = []
        self.lost = self.resent = 0
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._enough.is_set():
                for film in self._films:
                    body = film.read_bytes()
                    self.sent.append((self._send(body), hashlib.sha256(body).hexdigest()))
        except BaseException as error:
            self.error = error
            raise

    def _send(self, body: bytes) -> str:
        family = base64.b64encode(b"Gezin Merel").decode()
        begun = TUS | {"Upload-Length": str(len(body)), "Upload-Metadata": f"family {family}"}
        where = urlsplit(self._ask("POST", "/api/v1/uploads", begun)["Location"]).path
        acknowledged = sent = 0
        while True:
            stands = self._ask("HEAD", where, TUS)
            offset = int(stands["Upload-Offset"])
            self.lost += max(0, acknowledged - offset)
            self.resent += max(0, sent - offset)
            acknowledged = sent = offset
            if "Vbg-Film" in stands:
                return stands["Vbg-Film"]
            try:
                while acknowledged < len(body):
                    piece = body[acknowledged : acknowledged + PIECE]
                    sent = acknowledged + len(piece)
                    told = TUS | {"Upload-Offset": str(acknowledged), "Content-Type": "application/offset+octet-stream"}
                    acknowledged = int(self._once("PATCH", where, told, piece)["Upload-Offset"])
                    time.sleep(0.02)
            except BROKEN:
                time.sleep(0.1)

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> dict[str, str]:
        """Ask until there is an answer: a server that was just killed comes back."""
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._once(method, path, headers)
            except BROKEN:
                assert time.monotonic() < end, f"{method}: no answer"
                time.sleep(0.1)

    def _once(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> dict[str, str]:
        line = http.client.HTTPConnection(urlsplit(self._ground.address).netloc, timeout=60)
        try:
            line.request(method, path, body, self._sign_in | headers)
            answer = line.getresponse()
            answer.read()
            if answer.status == 409:  # the killed server had taken more than it could say
                raise http.client.HTTPException
            assert answer.status < 300, answer.status
            return dict(answer.getheaders())
        finally:
            line.close()


def rage(ground: Ground, kills: int, seed: int, longest_s: float) -> None:
    """Kill web or worker at `kills` random moments, up to `longest_s` after the one before."""
    dice = random.Random(seed)
    victims = ["web", "worker"] * (kills // 2)
    dice.shuffle(victims)
    for whom in victims:
        time.sleep(dice.uniform(0.05, longest_s))
        ground.kill(whom)
