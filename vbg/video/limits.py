"""The lists and limits under which media tools open an upload (closed by default)."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,dv,asf,ogg"
VIDEO_CODECS = frozenset(
    "h264 hevc mpeg4 h263 vp8 vp9 av1 mjpeg mpeg2video dvvideo theora wmv1 wmv2 wmv3 msmpeg4v3".split()
)
AUDIO_CODECS = frozenset(
    "aac aac_latm mp2 mp3 amrnb amrwb amr_nb amr_wb opus vorbis pcm_s16le pcm_s16be pcm_u8 ac3 wmav1 wmav2".split()
)
# The tool's list names decoders, ours above names codecs: libdav1d decodes av1, msmpeg4 decodes msmpeg4v3 and so on.
_OTHER_NAMES = {"libdav1d", "mp2float", "mp3float", "libopus", "amrnb", "amrwb", "msmpeg4"}
DECODERS = ",".join(sorted(VIDEO_CODECS | AUDIO_CODECS | _OTHER_NAMES))
# what some browsers play as it is and others do not; H.264 they all play
SOME_PLAY = frozenset({"hevc", "vp9", "av1"})
SOME_HEAR = frozenset({"opus"})
MAX_STREAMS = 32
MAX_PIXELS = 40_000_000
PROBE_BYTES = 20_000_000


@dataclass(frozen=True)
class Limits:
    """How much one film may ask of this machine."""

    duration_ms: int = 4 * 3600 * 1000
    probe_s: int = 900
    memory_bytes: int = 3 * 1024**3
