"""People who watch, as a process of its own: plays films as a browser does and counts where the picture stood still.

Run: python -m tests.bench.viewers SPEC, which is the JSON of `Crowd`; one JSON object comes out.
"""

import asyncio
import json
import random
import socket
import sys
import time
from dataclasses import asdict, dataclass, field, replace

AHEAD_S = 15.0  # how far a browser reads ahead of the picture before it lets the line wait
START_S = 1.0  # what it wants in hand before the picture moves
STALL_S = 1.0
BLINK_S = 0.05
SLOW_STEP_BYTES = 8192
SMALL_WINDOW = 16 * 1024
# Packets as on a real wire: the loopback's own of 64 KiB let the kernel take a whole piece from the server at once.
WIRE_BYTES = 1400


@dataclass(frozen=True)
class Crowd:
    """Who watches `path` on a server of this machine, and for how long.

    `watching` play at `bits` per second; `slow` take `slow_bytes` per second; every `pause_s` a newcomer asks for the
    first byte over a new line, and one for that of the bare server at `plain_port` (0: nobody does).
    """

    port: int
    path: str
    headers: dict[str, str]
    seconds: float
    watching: int = 0
    bits: float = 2e6
    slow: int = 0
    slow_bytes: float = 32768
    pause_s: float = 0.25
    plain_port: int = 0

    def to_json(self) -> str:
        """As the command line takes it."""
        return json.dumps(asdict(self))


@dataclass
class Tally:
    """What they saw. Times in seconds, first bytes in ms."""

    played_s: float = 0.0
    stalls: int = 0
    longest_stall_s: float = 0.0
    started: int = 0
    pieces: int = 0
    refused: int = 0
    slow_bytes: int = 0
    first_byte_ms: list[float] = field(default_factory=list)
    newcomer_ms: list[float] = field(default_factory=list)
    plain_ms: list[float] = field(default_factory=list)


@dataclass
class Screen:
    """The picture of one viewer: what is in hand is played as time goes by; where nothing is left it stands still."""

    tally: Tally
    in_hand_s: float = 0.0
    stood_s: float = 0.0
    plays: bool = False
    at: float = 0.0

    def go_on(self, more_s: float = 0.0) -> None:
        """Time has passed, then `more_s` of film came in."""
        now = time.monotonic()
        passed, self.at = now - self.at, now
        if self.plays:
            shown = min(passed, self.in_hand_s)
            self.in_hand_s -= shown
            self.tally.played_s += shown
            self.stood_s += passed - shown
            self.tally.longest_stall_s = max(self.tally.longest_stall_s, self.stood_s)
        self.in_hand_s += more_s
        if more_s and self.stood_s:
            self.tally.stalls += self.stood_s > STALL_S
            self.stood_s = 0.0
        if not self.plays and self.in_hand_s >= START_S:
            self.plays = True
            self.tally.started += 1

    def end(self) -> None:
        """The last stall counts too, and so does a picture that never came."""
        self.go_on()
        self.tally.stalls += self.stood_s > STALL_S or not self.plays


class Line:
    """A line to the server, kept open for as long as the server likes; with a small receive window when asked for."""

    def __init__(self, crowd: Crowd, window: int = 0) -> None:
        self._crowd, self._window, self._open = crowd, window, False
        self._writer: asyncio.StreamWriter | None = None

    async def _connect(self) -> None:
        wire = socket.socket()
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, WIRE_BYTES)
        if self._window:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._window)
        wire.setblocking(False)
        await asyncio.get_running_loop().sock_connect(wire, ("127.0.0.1", self._crowd.port))
        self.reader, self._writer = await asyncio.open_connection(sock=wire, limit=self._window or 2**17)
        self._open = True

    async def ask(self, start: int) -> tuple[int, int, int, float]:
        """Ask for all from `start` on: status, bytes that come, size of the film, ms until the first byte."""
        told = {"Host": "vbg", "Range": f"bytes={start}-"} | self._crowd.headers
        lines = [f"GET {self._crowd.path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        began = time.monotonic()
        head = await self._exchange("\r\n".join(lines).encode())
        took = (time.monotonic() - began) * 1000
        said = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        if said.get("connection") == "close":
            self._open = False
        size = int(said.get("content-range", "/0").rpartition("/")[2])
        return int(head[0].split()[1]), int(said["content-length"]), size, took

    async def _exchange(self, sent: bytes) -> list[str]:
        """The answer's head. A line that the server let go of is opened anew, as a browser does."""
        for kept in (self._open, False):
            if not kept:
                self.close()
                await self._connect()
            self._writer.write(sent)
            try:
                return (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                if not kept:
                    raise
        raise ConnectionError

    def close(self) -> None:
        """Hang up."""
        if self._writer:
            self._writer.close()


async def watch(crowd: Crowd, tally: Tally, until: float) -> None:
    """Play from the beginning, over and over; the next piece is asked for as soon as there is room for it."""
    screen, at, line = Screen(tally, at=time.monotonic()), 0, Line(crowd)
    while time.monotonic() < until:
        status, left, size, took = await line.ask(at)
        tally.first_byte_ms.append(took)
        tally.pieces += 1
        tally.refused += status != 206
        at = (at + left) % size if status == 206 else 0
        while left and time.monotonic() < until:
            while screen.in_hand_s > AHEAD_S and time.monotonic() < until:
                await asyncio.sleep(BLINK_S)
                screen.go_on()
            data = await line.reader.read(2**16)
            assert data, "the server hung up"
            left -= len(data)
            screen.go_on(len(data) * 8 / crowd.bits)
    screen.end()
    line.close()


async def crawl(crowd: Crowd, tally: Tally, until: float) -> None:
    """Take what comes at a crawl, through a small window, as over a bad line."""
    line, at = Line(crowd, SMALL_WINDOW), 0
    while time.monotonic() < until:
        status, left, size, _ = await line.ask(at)
        tally.refused += status != 206
        at = (at + left) % size
        while left and time.monotonic() < until:
            data = await line.reader.read(min(left, SLOW_STEP_BYTES))
            assert data, "the server hung up"
            left -= len(data)
            tally.slow_bytes += len(data)
            await asyncio.sleep(len(data) / crowd.slow_bytes)
    line.close()


async def come_in(crowd: Crowd, tally: Tally, until: float) -> None:
    """Somebody new, every now and then; in turns here and at the bare server."""
    ways = [(crowd, tally.newcomer_ms)]
    ways += [(replace(crowd, port=crowd.plain_port), tally.plain_ms)] if crowd.plain_port else []
    while time.monotonic() < until:
        for where, times in ways:
            line = Line(where)
            began = time.monotonic()
            status, *_ = await line.ask(0)
            times.append((time.monotonic() - began) * 1000)
            tally.refused += status != 206
            line.close()
        await asyncio.sleep(crowd.pause_s)


async def _all(crowd: Crowd) -> Tally:
    tally, until = Tally(), time.monotonic() + crowd.seconds
    jobs = [watch(crowd, tally, until) for _ in range(crowd.watching)]
    jobs += [crawl(crowd, tally, until) for _ in range(crowd.slow)]
    random.shuffle(jobs)
    await asyncio.gather(*(_after(job, random.random()) for job in jobs), come_in(crowd, tally, until))
    return tally


async def _after(job, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await job


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_all(Crowd(**json.loads(sys.argv[1])))))))
