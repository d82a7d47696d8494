"""A copy of a film that is made, read again and handed over while the film is still being measured."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from vbg.video import commands, lasting, packets, run
from vbg.video.commands import Streams
from vbg.video.errors import ToolError
from vbg.video.packets import Packets
from vbg.video.source import Source, of

PLAY = "play.mp4"


@dataclass(frozen=True)
class Copy:
    """A copy stands; ``told`` is what its packets say, None when they are not clear."""

    told: Packets | None


@dataclass
class Ahead:
    """play.mp4 in ``folder``: a copy of ``original``, made in a thread of ``pool``. ``hear`` gets each one that stands,
    before it is known whether it will be kept.
    """

    original: Path | Source
    folder: Path
    tools: run.Tools
    cancel: Callable[[], bool]
    hear: Callable[[Path], None]
    pool: ThreadPoolExecutor
    streams: Streams | None = None
    under_way: Future[Copy | None] | None = None
    unwanted: threading.Event = field(default_factory=threading.Event)

    def begin(self, streams: Streams) -> None:
        """Begin with these streams; whoever says others later is too late."""
        if self.under_way is None:
            self.streams = streams
            self.under_way = self.pool.submit(self._copy, streams, lambda: self.unwanted.is_set() or self.cancel())

    def made(self, streams: Streams) -> Copy | None:
        """Wait for the copy of these streams; None when none can be made. Raises ToolError and what ``hear`` does."""
        if self.under_way is not None and self.streams == streams:
            return self.under_way.result()
        self.end()
        return self._copy(streams, self.cancel)

    def end(self) -> None:
        """Let go of a copy that is not wanted any more."""
        self.unwanted.set()
        if self.under_way is not None:
            self.under_way.exception()

    def _copy(self, streams: Streams, cancel: Callable[[], bool]) -> Copy | None:
        quota = of(self.original).path.stat().st_size * 5 // 4 + 16_000_000

        def build(source: str, target: Callable[[str], str]) -> list[str]:
            return commands.copy(source, target(PLAY), streams, quota=quota, threads=self.tools.threads)

        cpu_s = 60 + quota // 10_000_000
        try:
            run.ffmpeg(self.tools, self.original, self.folder, build, cpu_s=cpu_s, file_bytes=quota, cancel=cancel)
        except ToolError as error:
            if error.code != "failed":
                raise
            return None
        told = packets.read(self.folder / PLAY, self.tools, cancel)
        if told is not None and not told.lasting:
            told = self._evened(told, cancel)
            if told is None:
                return None
        if not cancel():
            self.hear(self.folder / PLAY)
        return Copy(told)

    def _evened(self, told: Packets, cancel: Callable[[], bool]) -> Packets | None:
        """The copy's packets once each picture lasts as it is shown; None when they will not."""
        if not lasting.write(self.folder / PLAY):
            return None
        again = packets.read(self.folder / PLAY, self.tools, cancel)
        return again if again == replace(told, lasting=True) else None


@contextmanager
def ahead(
    original: Path | Source,
    folder: Path,
    tools: run.Tools,
    cancel: Callable[[], bool],
    hear: Callable[[Path], None],
) -> Iterator[Ahead]:
    """For the time that the film is measured; a copy that nobody took is ended with the block."""
    with ThreadPoolExecutor(1) as pool:
        one = Ahead(original, folder, tools, cancel, hear, pool)
        try:
            yield one
        finally:
            one.end()
