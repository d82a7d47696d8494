"""Film time: whole milliseconds on the film's own timeline, 0 = the first picture shown."""

from dataclasses import dataclass


def floor_ms(microseconds: int) -> int:
    """Microseconds to whole ms, always down: rounding up would name the next frame."""
    return microseconds // 1000


def stamp(ms: int) -> str:
    """`mm:ss.mmm`, with hours in front only when there are any."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{rest:03}" if hours else f"{minutes:02}:{seconds:02}.{rest:03}"


def clock(ms: int) -> str:
    """`m:ss`, as people say it."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


@dataclass(frozen=True, slots=True)
class Span:
    """[start_ms, end_ms) on a film; `end_ms` None is a point."""

    start_ms: int
    end_ms: int | None = None

    def overlaps(self, from_ms: int, to_ms: int) -> bool:
        """Whether any part lies in [from_ms, to_ms)."""
        end = self.start_ms + 1 if self.end_ms is None else self.end_ms
        return self.start_ms < to_ms and end > from_ms
