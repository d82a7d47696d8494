"""One exact frame as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vbg.video import commands, run
from vbg.video.footage import Footage

_SHORT, _LONG = 540, 960
_CPU_S = 120
_BYTES = 20_000_000


def still(footage: Footage, at_ms: int, out: Path, tools: run.Tools, *, cancel: Callable[[], bool] = run.never) -> None:
    """Write the first frame at or after ``at_ms`` (the last when there is none) to ``out`` as JPEG. ToolError."""
    cut = footage.cut(at_ms, at_ms + 1)
    size = commands.fit(footage.width, footage.height, short=_SHORT, long=_LONG)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.still(source, target(out.name), cut, size=size, threads=tools.threads)

    run.ffmpeg(tools, footage.path, out.parent, build, cpu_s=_CPU_S, file_bytes=_BYTES, cancel=cancel)
