"""A real server that can be killed, and a line to it that is cut: what real clients have to live with."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

STEP = 64 * 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """`vbg serve` on a port of its own, in a session of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "vbg.cli", "serve", "--data", str(self.data), "--port", str(self.port),
                   "--no-browser", "--json"]  # fmt: skip
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        self.process = subprocess.Popen(
            command, start_new_session=True, env=os.environ | {"VBG_LANGUAGE": "en"}, **quiet
        )
        assert self.process.stdout is not None
        assert json.loads(self.process.stdout.readline())["address"].endswith(f":{self.port}")

    def kill(self) -> None:
        """As a power switch does: the web process is gone in the middle of whatever it did."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self._gone(self.process)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self._gone(self.process)

    @staticmethod
    def _gone(process: subprocess.Popen[str]) -> None:
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()

    def rss(self) -> int:
        """Bytes of memory that the web process holds now."""
        assert self.process is not None
        told = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in told.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024

    def peak(self) -> int:
        """The most that it ever held."""
        assert self.process is not None
        told = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in told.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


@contextmanager
def running(data: Path) -> Iterator[Server]:
    server = Server(data)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class CutLine:
    """A TCP line to a port that breaks, both ways and without a word, each time so many more bytes went up.

    `went` counts what was sent up in all, `cuts` how often it broke. At the places in `at_cut` something is done.
    `promised` is the most that an answer ever said is safe, `place` where the upload is.
    """

    def __init__(self, to: int, every: int, cuts: int) -> None:
        self._to, self._every, self._left = to, every, cuts
        self.went, self.cuts, self.at_cut = 0, 0, {}
        self.promised, self.place = 0, ""
        self._lock, self._pairs = threading.Lock(), set()
        self._next = every
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._to), timeout=60)
                except OSError:  # nobody is there just now
                    near.close()
                    continue
                for one in (near, far):
                    one.settimeout(None)
                self._pairs.add((near, far))
                threading.Thread(target=self._up, args=(near, far), daemon=True).start()
                threading.Thread(target=self._carry, args=(far, near), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(STEP):
                far.sendall(data)
                with self._lock:
                    self.went += len(data)
                    if self._left and self.went >= self._next:
                        self._cut()
        self._end(near, far)

    def _carry(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(STEP):
                for said in re.findall(rb"Upload-Offset: (\d+)\r\n", data):
                    self.promised = max(self.promised, int(said))
                for said in re.findall(rb"Location: (\S+)\r\n", data):
                    self.place = said.decode("ascii")
                near.sendall(data)
        self._end(near, far)

    def _cut(self) -> None:
        self._left, self.cuts, self._next = self._left - 1, self.cuts + 1, self.went + self._every
        self.at_cut.get(self.cuts, lambda: None)()
        for pair in list(self._pairs):
            self._end(*pair)

    def _end(self, near: socket.socket, far: socket.socket) -> None:
        self._pairs.discard((near, far))
        for one in (near, far):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def random_film(path: Path, size: int) -> Path:
    """Bytes that cannot be mistaken for others."""
    with path.open("wb") as out:
        for start in range(0, size, 1 << 20):
            out.write(os.urandom(min(1 << 20, size - start)))
    return path
