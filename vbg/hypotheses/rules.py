"""What a working hypothesis may be: where it comes from, how it stands, on which side a moment speaks."""

from typing import Final, Literal

from vbg.reasons import ReasonError

MAX_TEXT: Final = 500
MAX_ASKED: Final = 280
"""Letters of a question; with its opening it fits as a prompt in samen kijken."""
Source = Literal["observation", "talk"]
Status = Literal["new", "testing", "holds", "fails"]
Side = Literal["for", "against"]
Answer = Literal["", "yes", "some", "no"]
"""What somebody of the family says when asked: yes, a bit, or no, it is different; empty: words alone."""
STATUSES: Final[tuple[Status, ...]] = ("new", "testing", "holds", "fails")
SIDES: Final[tuple[Side, ...]] = ("for", "against")


def check_turn(status: str, stands: str, reason: str) -> None:
    """Refuse a change that changes nothing, or says no reason. Codes: same_status, reason_needed."""
    if status == stands:
        raise ReasonError("same_status", "status")
    if not reason.strip():
        raise ReasonError("reason_needed", "reason")
