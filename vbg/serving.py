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
from typing import IO

from vbg import engine, log
from vbg.app import create_app
from vbg.config import CLONE, Settings
from vbg.house import enter
from vbg.web.wire import Server

RESTART_SECONDS = 2.0
LET_GO_SECONDS = 20.0


class ServeError(Exception):
    """Serving cannot begin; `code` says why: already_serving, no_port."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. `ready` gets the address once requests are answered. ServeError before that."""
    log.set_up()
    with _alone(settings.data) as lock:
        house = enter(settings)
        house.store.wipe_scratch()
        engine.attach(house)
        server, port = _listen(settings, create_app(settings, house))
        worker = _Worker(settings.data, lock.fileno())
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
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, start_new_session=True, cwd=CLONE, pass_fds=(self._lock,)
            )
            self._process.wait()
            if not self._stopping.is_set():
                log.line("worker", state="died", code=self._process.returncode)
                time.sleep(RESTART_SECONDS)
