"""What can go wrong with a film or a tool, as reason codes; the edges turn codes into sentences."""

from vbg.reasons import ReasonError


class VideoError(ReasonError):
    """Base of all errors of this package. ``code`` is a stable reason code, ``values`` its details."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, "", **values)


class UnreadableError(VideoError):
    """The upload is no film we can use: empty, not_a_film, playlist, no_picture, cut_off, too_long, too_heavy,
    timed_out.
    """


class ToolError(VideoError):
    """A tool stopped: failed, timed_out, cancelled or missing. ``values["words"]`` are its last words."""

    def __str__(self) -> str:
        return f"{self.code} {self.values}"
