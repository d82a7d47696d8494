"""The zoo: films as phones, cameras, browsers and old discs make them, and what each has to become.

``ZOO`` is a table: name, how it is made, what is expected. Each picture carries its number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.video import cages
from tests.video.camera import AAC, FLASH, X264, again, shoot

X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M")
AV1 = ("-c:v", "libsvtav1", "-preset", "12")
AV1_CLEAR = ("-c:v", "libsvtav1", "-preset", "8", "-crf", "8")
OPUS = ("-c:a", "libopus")
PCM = ("-c:a", "pcm_s16le")
MP3 = ("-c:a", "libmp3lame")
FIELDS = "tinterlace=interleave_{0},setfield={1}"
WIDE_COLOUR = "format=yuv420p10le,setparams=color_primaries=bt2020:colorspace=bt2020nc:color_trc="
# not two by two: where one field always shows the same bit, no filter can tell it from a thing that stands still
FIELD_NUMBERS = [index * 3 // 2 for index in range(100)]
FIFTY = {"fps": "50", "numbers": FIELD_NUMBERS, "flash_s": 0.28}
WOVEN = ("-flags", "+ilme+ildct")
UNEVEN_MS = [index * 40 + (index % 3) * 11 + (index // 20) * 300 for index in range(50)]
UNEVEN = r"settb=1/1000,setpts=N*40+mod(N\,3)*11+floor(N/20)*300"
GAP = r"settb=1/1000,setpts=N*40+gte(N\,25)*3000"
FREE = ("-fps_mode", "passthrough", "-enc_time_base:v", "1:1000")
DV = ("-s", "720x576", "-pix_fmt", "yuv420p", "-c:v", "dvvideo")
AMR = ("-c:a", "libopencore_amrnb", "-ar", "8000")
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "3")


@dataclass(frozen=True)
class Beast:
    """One film and what it has to become.

    ``make`` writes it into a folder. ``numbers``: the pictures that must play, in order; ``step_ms`` apart unless
    ``times_ms``; ``span_ms`` within one of them. ``size`` as shown, before it is made smaller. ``sound`` from, to
    in ms of film time, None for none. ``copied``: the pictures stay as they are. ``says``: what is told of it.
    ``refused``: the reason instead of all that. ``full``: only in the long proof.
    """

    make: Callable[[Path], Path]
    size: tuple[int, int] = (320, 240)
    numbers: Sequence[int] = range(50)
    step_ms: float = 40.0
    times_ms: Sequence[int] | None = None
    span_ms: float = 2000.0
    sound: tuple[int, int] | None = (0, 2000)
    copied: bool = False
    says: tuple[str, ...] = ()
    refused: str = ""
    full: bool = False

    def up_to(self, count: int) -> "Beast":
        """The same film, cut off after ``count`` pictures: more than a quarter of it, less than all."""
        assert len(self.numbers) // 4 < count < len(self.numbers)
        span = count * self.step_ms
        sound = None if self.sound is None else (self.sound[0], round(span))
        return replace(self, numbers=list(self.numbers)[:count], span_ms=span, sound=sound)

    @property
    def shown_ms(self) -> list[float]:
        """When each picture comes, on the film's own timeline."""
        if self.times_ms is not None:
            return [float(time) for time in self.times_ms]
        return [index * self.step_ms for index in range(len(self.numbers))]


def film(name: str, *encode: str, **how) -> Callable[[Path], Path]:
    """A film named ``name``, encoded so."""
    return lambda folder: shoot(folder / name, encode or X264, **how)


def rewrapped(name: str, *options: str, before: Sequence[str] = (), source: str = "whole.mp4", **how):
    """A plain film, copied into another wrapping."""

    def make(folder: Path) -> Path:
        whole = shoot(folder / source, how.pop("encode", X264), **how)
        return again(whole, folder / name, *options, before=before)

    return make


def changed(name: str, change: Callable[[bytes], bytes], *encode: str, **how) -> Callable[[Path], Path]:
    """A film whose bytes were ``change``d afterwards."""

    def make(folder: Path) -> Path:
        path = shoot(folder / name, encode or X264, **how)
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


BFRAMES = (*X264[:4], "-crf", "20", "-g", "25", "-bf", "3", "-b_strategy", "0", "-pix_fmt", "yuv420p")
TURNED = {
    f"turned_{turn}": Beast(film("film.mov", turn=turn, size=size), size=size, copied=True, says=("turned",))
    for turn, size in ((90, (240, 320)), (180, (320, 240)), (270, (240, 320)))
}
SHAPES = {
    "plain": Beast(film("film.mp4"), copied=True),
    "wide_pixels": Beast(film("film.mp4", "-vf", "setsar=4/3", *X264), size=(427, 240), copied=True),
    "narrow_pixels": Beast(film("film.mov", "-vf", "setsar=8/9", *X264), size=(284, 240), copied=True),
    "wide_disc": Beast(film("film.mpg", *MPEG2, "-aspect", "16:9", speak=("-c:a", "ac3")), size=(427, 240)),
    "turned_wide_pixels": Beast(
        film("film.mov", "-vf", "setsar=4/3", *X264, turn=90, size=(240, 320)), size=(240, 427), copied=True,
        says=("turned",),
    ),
    "odd_size": Beast(film("film.mkv", *VP9, size=(321, 241), speak=OPUS), size=(321, 241)),
    "odd_size_jpeg": Beast(film("film.avi", "-c:v", "mjpeg", size=(333, 247), speak=PCM), size=(333, 247)),
    "four_k": Beast(
        film("film.mp4", size=(3840, 2160), frames=2, sound=None), size=(3840, 2160), numbers=range(2), span_ms=80,
        sound=None, copied=True, says=("silent",),
    ),
    "one_frame": Beast(
        film("film.mp4", frames=1, sound=None), numbers=range(1), span_ms=40, sound=None, copied=True, says=("silent",)
    ),
    "two_frames": Beast(
        film("film.mp4", frames=2, sound=None), numbers=range(2), span_ms=80, sound=None, copied=True, says=("silent",)
    ),
    "size_changes": Beast(cages.size_changes, sound=None, says=("size_changes", "silent")),
    "size_changes_late": Beast(
        cages.size_changes_late, numbers=range(400), span_ms=16_000, sound=None, says=("size_changes", "silent")
    ),
}  # fmt: skip
CODECS = {
    "hevc": Beast(film("film.mov", *X265)),
    "hevc_10_bit": Beast(film("film.mp4", *X265, "-pix_fmt", "yuv420p10le")),
    "vp8": Beast(film("film.webm", *VP8, speak=OPUS)),
    "vp9": Beast(film("film.webm", *VP9, speak=OPUS)),
    "av1": Beast(film("film.mp4", *AV1)),
    "mpeg4": Beast(film("film.avi", "-c:v", "mpeg4", "-q:v", "3", speak=PCM)),
    "mpeg4_mp3": Beast(
        film("film.avi", "-c:v", "mpeg4", "-q:v", "3", speak=MP3), times_ms=[0, *range(80, 2001, 40)], span_ms=2040
    ),
    "msmpeg4": Beast(film("film.avi", "-c:v", "msmpeg4", "-q:v", "3", speak=PCM)),
    "mjpeg": Beast(film("film.mov", "-c:v", "mjpeg", "-q:v", "3", speak=PCM)),
    "mpeg2": Beast(film("film.mpg", *MPEG2, speak=("-c:a", "ac3"))),
    "dv": Beast(
        film("film.dv", *DV, "-aspect", "4:3", speak=PCM, channels=2),
        size=(768, 576), says=("interlaced",),
    ),
    "wmv": Beast(film("film.wmv", "-c:v", "wmv2", "-q:v", "3", speak=("-c:a", "wmav2"))),
    "h263": Beast(
        film("film.3gp", "-c:v", "h263", "-q:v", "3", size=(352, 288), speak=AMR),
        size=(384, 288),
    ),
    "theora": Beast(film("film.ogv", "-c:v", "libtheora", "-q:v", "7", speak=("-c:a", "libvorbis"))),
    **{
        f"{name}_long": Beast(
            film(f"film.{suffix}", *encode, frames=400, sound=(0.0, 16.0), speak=speak), numbers=range(400),
            span_ms=16_000, sound=(0, 16_000),
        )
        for name, suffix, encode, speak in (
            ("hevc", "mov", X265, AAC), ("vp9", "webm", VP9, OPUS), ("av1", "mp4", AV1_CLEAR, AAC)
        )
    },
    "h264_10_bit": Beast(film("film.mp4", *X264[:-1], "yuv420p10le")),
    "h264_444": Beast(film("film.mkv", *X264[:-1], "yuv444p")),
    "full_range": Beast(film("film.mp4", *X264[:-1], "yuvj420p"), copied=True),
    "hdr_hlg": Beast(film("film.mov", *X265, "-vf", WIDE_COLOUR + "arib-std-b67"), says=("hdr",)),
    "hdr_pq": Beast(film("film.mp4", *X265, "-vf", WIDE_COLOUR + "smpte2084"), says=("hdr",)),
}  # fmt: skip
RATES = {
    "tff": Beast(
        film("film.mp4", "-vf", FIELDS.format("top", "tff"), *WOVEN, *X264, **FIFTY),
        numbers=FIELD_NUMBERS[::2], says=("interlaced",),
    ),
    "bff": Beast(
        film("film.mpg", "-vf", FIELDS.format("bottom", "bff"), *WOVEN, *MPEG2, speak=("-c:a", "ac3"), **FIFTY),
        numbers=FIELD_NUMBERS[::2], says=("interlaced",),
    ),
    "uneven": Beast(
        film("film.mp4", "-vf", UNEVEN, *FREE, *X264, flash_s=UNEVEN_MS[FLASH] / 1000, sound=(0.0, 2.9)),
        times_ms=UNEVEN_MS, span_ms=UNEVEN_MS[-1] + 40, sound=(0, 2900), copied=True,
    ),
    "uneven_hevc": Beast(
        film("film.mkv", "-vf", UNEVEN, *FREE, *X265, flash_s=UNEVEN_MS[FLASH] / 1000, sound=(0.0, 2.9)),
        times_ms=UNEVEN_MS, span_ms=UNEVEN_MS[-1] + 40, sound=(0, 2900),
    ),
    "gap_of_3_s": Beast(
        film("film.mp4", "-vf", GAP, *FREE, *X264, sound=(0.0, 5.0)),
        times_ms=[n * 40 + (3000 if n >= 25 else 0) for n in range(50)], span_ms=5000, sound=(0, 5000), copied=True,
        says=("gap",),
    ),
    "an_hour_between": Beast(
        film("film.mkv", "-vf", "settb=1/1000,setpts=N*40+gte(N\\,2)*3600000", *FREE, *X264, frames=3, sound=None),
        numbers=range(3), times_ms=[0, 40, 3_600_080], span_ms=3_600_120, sound=None, copied=True,
        says=("gap", "silent"),
    ),
    "same_time_twice": Beast(
        cages.same_time_twice, times_ms=[n // 2 * 80 for n in range(50)], span_ms=2000, copied=False,
        says=("same_times",),
    ),
    "fps_23.976": Beast(
        film("film.mp4", fps="24000/1001"), step_ms=1001 / 24, span_ms=50 * 1001 / 24, copied=True
    ),
    "fps_29.97": Beast(
        film("film.mp4", fps="30000/1001"), step_ms=1001 / 30, span_ms=50 * 1001 / 30, copied=True,
        sound=(0, 2000), says=(),
    ),
    "fps_50": Beast(film("film.mp4", fps="50", frames=100), numbers=range(100), step_ms=20, copied=True),
    "fps_60": Beast(film("film.mov", *X265, fps="60", frames=120), numbers=range(120), step_ms=1000 / 60),
    "fps_240": Beast(
        film("film.mov", fps="240", frames=240, sound=(0.0, 1.0)), numbers=range(240), step_ms=1000 / 240,
        span_ms=1000, sound=(0, 1000), copied=True, says=("many_frames",),
    ),
    "slow_motion": Beast(
        film("film.mp4", *X264, "-metadata", "com.android.capture.fps=240.0", "-movflags", "use_metadata_tags"),
        copied=True, says=("slow_motion",),
    ),
    "one_a_second": Beast(
        film("film.mp4", fps="1", frames=5, sound=None), numbers=range(5), step_ms=1000, span_ms=5000, sound=None,
        copied=True, says=("silent",), full=True,
    ),
    "one_key_frame": Beast(
        film("film.mp4", *X264[:7], "1000", *X264[8:], frames=400, sound=(0.0, 16.0)), numbers=range(400),
        span_ms=16_000, sound=(0, 16_000), copied=True,
    ),
}  # fmt: skip
CLOCKS = {
    "edit_list": Beast(
        rewrapped("film.mp4", before=("-ss", "0.6"), encode=BFRAMES), numbers=range(15, 50), span_ms=1400,
        sound=(0, 1400), copied=True,
    ),
    "below_zero": Beast(
        rewrapped("film.mp4", "-avoid_negative_ts", "disabled", "-output_ts_offset", "-0.4"), numbers=range(10, 50),
        span_ms=1600, sound=(0, 1600), copied=True,
    ),
    "b_frames_late": Beast(film("film.mp4", *BFRAMES, "-use_editlist", "0"), copied=True),
    "b_frames": Beast(film("film.mp4", *BFRAMES), copied=True),
    "sound_before": Beast(
        film("film.mp4", sound=(-0.5, 2.0)), sound=(-500, 2000), copied=True, says=("sound_starts_earlier",)
    ),
    "sound_after": Beast(film("film.mp4", sound=(0.5, 2.0)), sound=(500, 2000), copied=True,
                         says=("sound_starts_later",)),
    "sound_shorter": Beast(
        film("film.mp4", frames=125, sound=(0.0, 2.0)), numbers=range(125), span_ms=5000, copied=True,
        says=("sound_stops_earlier",),
    ),
    "sound_longer": Beast(film("film.mp4", sound=(0.0, 4.0)), sound=(0, 4000), copied=True, says=("sound_goes_on",)),
    "sound_before_hevc": Beast(
        film("film.mov", *X265, sound=(-0.5, 2.0)), sound=(-500, 2000), says=("sound_starts_earlier",)
    ),
    "sound_after_webm": Beast(
        film("film.webm", *VP8, sound=(0.7, 2.0), speak=OPUS), sound=(700, 2000), says=("sound_starts_later",)
    ),
    "ts_after_2_hours": Beast(
        film("film.ts", *BFRAMES, "-output_ts_offset", "7200"), copied=True,
    ),
    "ts_clock_wraps": Beast(
        film("film.ts", *X264, "-output_ts_offset", "95442.6", "-mpegts_copyts", "1"), copied=True
    ),
    "ts_below_zero": Beast(
        film("film.ts", *X264, "-output_ts_offset", "-1", "-avoid_negative_ts", "disabled", "-mpegts_copyts", "1",
             "-muxdelay", "0"),
        copied=True,
    ),
}  # fmt: skip
TRACKS = {
    "sound_we_cannot_read": Beast(
        film("film.mkv", speak=("-c:a", "flac")), sound=None, copied=True, says=("sound_unread",)
    ),
    "sound_of_layer_2": Beast(film("film.mpg", *MPEG2, speak=("-c:a", "mp2"))),
    "silent": Beast(film("film.mp4", sound=None), sound=None, copied=True, says=("silent",)),
    "two_sounds": Beast(
        film("film.mov", "-map", "1:a", *X264), copied=True, says=("more_sounds",)
    ),
    "empty_second_picture": Beast(cages.empty_second_picture, sound=(0, 2000), copied=True),
    "cover_art": Beast(cages.cover_art, copied=True),
    "cover_art_first": Beast(cages.cover_art_mkv, copied=True),
    "only_sound": Beast(rewrapped("film.m4a", "-vn"), refused="no_picture"),
    "only_sound_and_cover": Beast(cages.song, refused="no_picture"),
    "timecode_track": Beast(film("film.mov", *X264, "-timecode", "10:00:00:00"), copied=True),
    "subtitles": Beast(cages.subtitles, copied=True),
    "chapters": Beast(cages.chapters, copied=True),
    "place_and_names": Beast(
        film("film.mov", *X264, "-metadata", "location=+52.0907+005.1214/", "-metadata", "comment=Kitchen of Ann",
             "-metadata:s:v", "handler_name=Kitchen of Ann"),
        copied=True,
    ),
    "opus_in_mp4": Beast(film("film.mp4", speak=OPUS)),
    "mp3_in_mp4": Beast(film("film.mp4", speak=MP3), copied=True, full=True),
}  # fmt: skip
WRAPPINGS = {
    "fragmented": Beast(
        film("film.mp4", *X264, "-movflags", "frag_keyframe+delay_moov+default_base_moof"), copied=True
    ),
    "moov_first": Beast(film("film.mp4", *X264, "-movflags", "+faststart"), copied=True),
    "mkv_without_length": Beast(film("film.mkv", *X264, "-live", "1"), copied=True),
    "webm_without_length": Beast(film("film.webm", *VP9, "-live", "1", speak=OPUS)),
    "header_too_long": Beast(changed("film.mkv", cages.declare(100_000.0)), copied=True, says=("wrong_length",)),
    "header_too_short": Beast(changed("film.mkv", cages.declare(120.0)), copied=True, says=("wrong_length",)),
    "no_moov": Beast(changed("film.mp4", lambda data: data[: len(data) // 2]), refused="cut_off"),
    "cut_at_60": Beast(
        changed("film.mp4", lambda data: data[: len(data) * 6 // 10], *X264, "-movflags", "+faststart", frames=150,
                sound=(0.0, 6.0)),
        numbers=range(150), span_ms=6000, sound=(0, 6000), says=("cut_off",),
    ),
    "cut_at_60_webm": Beast(
        changed("film.webm", lambda data: data[: len(data) * 6 // 10], *VP8, frames=150, sound=(0.0, 6.0), speak=OPUS),
        numbers=range(150), span_ms=6000, sound=(0, 6000), says=("cut_off",),
    ),
    "cut_at_60_avi": Beast(
        changed("film.avi", lambda data: data[: len(data) * 6 // 10], "-c:v", "mpeg4", "-q:v", "3", frames=150,
                sound=(0.0, 6.0), speak=PCM),
        numbers=range(150), span_ms=6000, sound=(0, 6000), says=("cut_off",),
    ),
    "avi": Beast(film("film.avi", *X264, speak=PCM)),
    "mpegts": Beast(film("film.ts", *BFRAMES), copied=True),
    "mpegts_hevc": Beast(film("film.ts", *X265[:-2])),
}  # fmt: skip
ZOO: dict[str, Beast] = {**SHAPES, **TURNED, **CODECS, **RATES, **CLOCKS, **TRACKS, **WRAPPINGS}
