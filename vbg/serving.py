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
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cheroot.wsgi import Server

from vbg import log
from vbg.app import create_app
from vbg.config import CLONE, Settings
from vbg.house import enter

if TYPE_CHECKING:
    from vbg.engine import Engine

RESTART_SECONDS = 2.0


class ServeError(Exception):
    """Serving cannot begin; `code` says why: already_serving, no_port."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. `ready` gets the address once requests are answered. ServeError before that."""
    log.set_up()
    with _alone(settings.data):
        house = enter(settings)
        house.store.wipe_scratch()
        house.database.hand_over = _Queue(settings.data).hand_over
        server, port = _listen(settings, create_app(settings, house))
        worker = _Worker(settings.data)
        try:
            server.prepare()
            worker.start()
            ready(f"http://{settings.host}:{port}")
            gc.freeze()  # what is loaded stays: searching it for garbage would hold up an answer for 50 ms now and then
            server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            worker.stop()
            server.stop()
            house.database.close()


def _listen(settings: Settings, app: Callable[..., object]) -> tuple[Server, int]:
    """The server on the asked port, or on the next free one. ServeError('no_port')."""
    for port in range(settings.port, settings.port + 50):
        if _is_free(settings.host, port):
            server = Server((settings.host, port), app, numthreads=settings.threads, server_name="vbg", timeout=60)
            server.max_request_body_size = 0
            return server, port
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
    """Hold the folder's lock: a second `serve` on it is refused."""
    with (data / "serve.lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServeError("already_serving") from None
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock


class _Queue:
    """Jobs for the worker. The engine is loaded with the first one: it weighs as much as a sixth of a start."""

    def __init__(self, data: Path) -> None:
        self._data = data

    @cached_property
    def _engine(self) -> "Engine":
        from vbg.engine import Engine

        return Engine(self._data)

    def hand_over(self, name: str, ids: list[str]) -> None:
        """Put one job in the queue."""
        self._engine.hand_over(name, ids)


class _Worker:
    """The worker process, started again when it dies."""

    def __init__(self, data: Path) -> None:
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
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        """Start it and keep it running."""
        self._thread.start()

    def stop(self) -> None:
        """End it and wait until it let go of its tools."""
        self._stopping.set()
        if self._process:
            self._process.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=20)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, start_new_session=True, cwd=CLONE)
            self._process.wait()
            if not self._stopping.is_set():
                log.line("worker", state="died", code=self._process.returncode)
                time.sleep(RESTART_SECONDS)
