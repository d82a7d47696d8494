"""A piece of a film as a film of its own: only its frames, nothing of its neighbours, no place or device data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vbg.video import commands, run
from vbg.video.footage import Footage

_SHORT, _LONG = 480, 854
_CPU_S = 120


def clip(
    footage: Footage,
    start_ms: int,
    end_ms: int,
    out: Path,
    tools: run.Tools,
    *,
    cancel: Callable[[], bool] = run.never,
) -> None:
    """Write the frames whose time lies in [start_ms, end_ms) to ``out`` (MP4, at most 480 high, about 0.1 MB/s).

    In a gap without a frame the frame after it is taken. Raises ValueError for an empty span, ToolError.
    """
    cut = footage.cut(start_ms, end_ms)
    size = commands.fit(footage.width, footage.height, short=_SHORT, long=_LONG)
    seconds = (end_ms - start_ms) // 1000 + 1
    quota = 20_000_000 + 500_000 * seconds

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.clip(
            source, target(out.name), cut, size=size, sound=footage.sound, quota=quota, threads=tools.threads
        )

    cpu_s = _CPU_S + 10 * seconds
    run.ffmpeg(tools, footage.path, out.parent, build, cpu_s=cpu_s, file_bytes=quota, cancel=cancel)
