"""What is worth saying about a measured film, as codes with values; the edges turn codes into sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from vbg import timecode

if TYPE_CHECKING:
    from vbg.video.probe import Measured

_SOUND_US = 400_000
_GAP_US = 2_000_000
_GAP_TIMES = 5
_MANY = 100
_LENGTHS = {"by", "lasts"}


@dataclass(frozen=True)
class Note:
    """One thing: ``code`` and its ``values`` (whole numbers: ms, degrees, pictures a second, how many)."""

    code: str
    values: Mapping[str, int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The reason code of its sentence."""
        return f"film_note_{self.code}"

    @property
    def spoken(self) -> dict[str, str]:
        """Its values as a sentence wants them: places as m:ss, lengths in whole seconds (at least 1)."""
        said = {}
        for name, value in self.values.items():
            bare = name.removesuffix("_ms")
            if bare in _LENGTHS:
                said[bare] = str(max(1, round(value / 1000)))
            else:
                said[bare] = str(value) if bare == name else timecode.clock(value)
        return said


def notes_on(film: Measured) -> tuple[Note, ...]:
    """All that is to be said, the gravest first.

    cut_off {end_ms}, wrong_length {declared_ms, true_ms}, damaged, same_times, size_changes,
    gap {at_ms, lasts_ms, count}, silent, sound_unread, sound_starts_earlier {by_ms}, sound_starts_later {by_ms},
    sound_stops_earlier {by_ms}, sound_goes_on {by_ms}, more_sounds {count}, turned {degrees}, interlaced, hdr,
    slow_motion {fps}, many_frames {fps}.
    """
    return (*_damage(film), *_gaps(film.times_us), *_sound(film), *_look(film), *_pace(film))


def _damage(film: Measured) -> Sequence[Note]:
    said = []
    if film.cut:
        said.append(Note("cut_off", {"end_ms": film.duration_ms}))
    elif film.incomplete:
        said.append(Note("wrong_length", {"declared_ms": film.declared_ms or 0, "true_ms": film.duration_ms}))
    said += [Note("damaged")] if film.broken and not film.cut else []
    said += [Note("same_times")] if film.same_times else []
    return said + ([Note("size_changes")] if film.size_changes else [])


def _gaps(times_us: Sequence[int]) -> Sequence[Note]:
    steps = [after - before for before, after in pairwise(times_us)]
    least = max(_GAP_US, _GAP_TIMES * median_low(steps)) if len(steps) > 1 else _GAP_US
    gaps = [(step, index) for index, step in enumerate(steps) if step >= least]
    if not gaps:
        return ()
    longest, index = max(gaps)
    return [Note("gap", {"at_ms": times_us[index] // 1000, "lasts_ms": longest // 1000, "count": len(gaps)})]


def _sound(film: Measured) -> Sequence[Note]:
    if film.sound_start_us is None or film.sound_end_us is None:
        return [Note("sound_unread" if film.sounds_unread else "silent")]
    late, early = film.sound_start_us, film.duration_ms * 1000 - film.sound_end_us
    said = []
    if abs(late) >= _SOUND_US:
        said.append(Note("sound_starts_later" if late > 0 else "sound_starts_earlier", {"by_ms": abs(late) // 1000}))
    if abs(early) >= _SOUND_US:
        said.append(Note("sound_stops_earlier" if early > 0 else "sound_goes_on", {"by_ms": abs(early) // 1000}))
    return said + ([Note("more_sounds", {"count": film.sounds})] if film.sounds > 1 else [])


def _look(film: Measured) -> Sequence[Note]:
    said = [Note("turned", {"degrees": film.rotation})] if film.rotation else []
    said += [Note("interlaced")] if film.interlaced else []
    return said + ([Note("hdr")] if film.hdr else [])


def _pace(film: Measured) -> Sequence[Note]:
    fps = round(film.frame_count * 1000 / max(1, film.duration_ms))
    if film.capture_fps and film.capture_fps >= 1.5 * fps:
        return [Note("slow_motion", {"fps": film.capture_fps})]
    return [Note("many_frames", {"fps": fps})] if fps >= _MANY and film.frame_count > 1 else []
