"""`vbg serve`: one process that answers, one beside it that works; one practice, one lock."""

import errno
import fcntl
import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flask import Flask

from vbg import engine, log
from vbg.app import create_app
from vbg.config import CLONE, Settings
from vbg.house import enter
from vbg.web.wire import Server

if TYPE_CHECKING:
    from vbg.lan import Door

RESTART_SECONDS = 2.0
LET_GO_SECONDS = 20.0


class ServeError(Exception):
    """Serving cannot begin; `code` says why: already_serving, no_port, no_network, not_mine, host_is_open."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def serve(settings: Settings, ready: Callable[[str, str], None], lan: str | None = None) -> None:
    """Serve until Ctrl-C. `ready` gets the address, and the one for phones or '', once requests are answered.

    With `lan` phones in the same network come in over HTTPS at that IPv4 address; '' is the one the network gave.
    Raises ServeError before anything is answered.
    """
    log.set_up()
    with _alone(settings.data) as lock:
        house = enter(settings)
        house.store.wipe_scratch()
        engine.attach(house)
        app = create_app(settings, house)
        server, port = _listen(settings, app, lan is not None)
        door = None if lan is None else _open(settings, app, lan, port + 1)
        worker = _Worker(settings.data, lock.fileno())
        try:
            server.prepare()
            if door:
                door.start()
            worker.start()
            ready(f"http://{settings.host}:{port}", door.url() if door else "")
            gc.freeze()  # what is loaded stays: searching it for garbage would hold up an answer for 50 ms now and then
            server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            worker.stop()
            if door:
                door.stop()
            server.stop()
            house.database.close()


def _listen(settings: Settings, app: Flask, beside_lan: bool) -> tuple[Server, int]:
    """The server on the asked port, or on the next free one. ServeError: no_port, host_is_open."""
    answers: Callable[..., object] = app
    if beside_lan:
        from vbg.lan import HOME, at_home

        if settings.host not in HOME:
            raise ServeError("host_is_open")
        answers = at_home(app, lambda: HOME)
    port = _free(settings.host, settings.port)
    server = Server((settings.host, port), answers, numthreads=settings.threads, server_name="vbg", timeout=60)
    server.max_request_body_size = 0
    return server, port


def _open(settings: Settings, app: Flask, asked: str, port: int) -> "Door":
    """The door for phones on the next free port. ServeError: no_network, not_mine, no_port."""
    from vbg.lan import Door, LanError

    try:
        door = Door(app, settings.data / "keys", asked)
        door.port = _free(door.host, port)
    except LanError as error:
        raise ServeError(error.code) from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise ServeError("not_mine") from None
        raise
    app.extensions["vbg_lan"] = door
    return door


def _free(host: str, first: int) -> int:
    """The first port from `first` on that nobody has. ServeError('no_port')."""
    for port in range(first, first + 50):
        if _is_free(host, port):
            return port
    raise ServeError("no_port")


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


@contextmanager
def _alone(data: Path) -> Iterator[IO[str]]:
    """Hold the folder's lock: a second `serve` on it is refused.

    The worker holds it too: after a kill of its `serve` it lets go of its tools, and the next one waits for that.
    """
    with (data / "serve.lock").open("a+", encoding="ascii") as lock:
        until = time.monotonic() + LET_GO_SECONDS
        while not _is_locked(lock):
            if time.monotonic() > until or _is_alive(data):
                raise ServeError("already_serving")
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock


def _is_locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_alive(data: Path) -> bool:
    """Whether the process that wrote its number into the lock still runs."""
    told = (data / "serve.lock").read_text("ascii")
    try:
        os.kill(int(told), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass
    return True


class _Worker:
    """The worker process, started again when it dies."""

    def __init__(self, data: Path, lock: int) -> None:
        self._lock = lock
        self._command = [
            sys.executable,
            "-m",
            "vbg.cli",
            "worker",
            "--data",
            str(data),
            "--parent",
            str(os.getpid()),
        ]
        self._stopping = threading.Event()
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        """Start it and keep it running."""
        self._thread.start()

    def stop(self) -> None:
        """End it and wait until it let go of its tools."""
        with self._guard:
            self._stopping.set()
            if self._process:
                self._process.terminate()
        if self._thread.is_alive():
            self._thread.join(LET_GO_SECONDS)

    def _keep(self) -> None:
        while (process := self._begin()) is not None:
            process.wait()
            if not self._stopping.is_set():
                log.line("worker", state="died", code=process.returncode)
                self._stopping.wait(RESTART_SECONDS)

    def _begin(self) -> subprocess.Popen[bytes] | None:
        """A new process, unless told to stop. None is begun that `stop` does not see, however early that comes."""
        with self._guard:
            if self._stopping.is_set():
                return None
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, start_new_session=True, cwd=CLONE, pass_fds=(self._lock,)
            )
            return self._process
