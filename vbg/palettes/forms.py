"""What a browser or program sends about a palette: only what changes; null gives it back to the set."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from vbg.palettes import rules
from vbg.tagsets.rules import MAX_REACH_MS, without_version


def _words(words: str) -> str:
    words = " ".join(words.split())
    if any(not letter.isprintable() for letter in words):
        raise ValueError("bad_text")
    if len(words) > rules.MAX_WORDS:
        raise ValueError("too_long_label")
    return words


Label = Annotated[StrictStr, Field(max_length=100), AfterValidator(without_version)]
"""A label of any version of its set: what she arranges outlives a new one."""
Words = Annotated[StrictStr, AfterValidator(_words)]
Place = Annotated[StrictStr, Field(max_length=24)]
Time = Annotated[StrictInt, Field(ge=0, le=MAX_REACH_MS)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OwnLabelIn(_Form):
    """What changes of one label: words for oneself, place, key (`event.code`, "" none), lead and lag in ms."""

    words: Words = ""
    pinned: StrictBool = False
    hidden: StrictBool = False
    position: Annotated[StrictInt, Field(ge=0, le=rules.MAX_POSITION)] | None = None
    key_code: Place | None = None
    lead_ms: Time | None = None
    lag_ms: Time | None = None
    asked_lead: StrictBool = False
    asked_lag: StrictBool = False

    def sent(self) -> dict[str, Any]:
        """The fields that were sent."""
        return self.model_dump(exclude_unset=True)


class PalettePatch(_Form):
    """Changes by label (`set/key`, or `does/name` for a command's key), and whether to be asked about corrections."""

    labels: Annotated[dict[Label, OwnLabelIn], Field(max_length=rules.MAX_LABELS)] = {}
    asks: StrictBool | None = None


class ShiftIn(_Form):
    """She moved the begin or end of a moment by `by_ms` from where the press put it; 0: it is back there."""

    moment: UUID
    label: Label
    edge: rules.Edge
    by_ms: Annotated[StrictInt, Field(ge=-600_000, le=600_000)]
    time_ms: Time
