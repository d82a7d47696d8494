"""What the workspace sends about where somebody is."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from vbg.places import rules


class PlaceIn(BaseModel):
    """The facts to keep; those not sent stay.

    `at_ms` is ms of film time; `seen`: the first look is over; `whole`: it was played to its end; `hints`: show them;
    `tag_set`: the set whose labels are shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_ms: Annotated[StrictInt, Field(ge=0, le=rules.LARGEST)] = 0
    seen: StrictBool = False
    whole: StrictBool = False
    hints: StrictBool = False
    tag_set: Annotated[StrictStr, Field(pattern=r"^[a-z0-9_-]{0,40}$")] = ""
    stand: rules.Stand = rules.FIRST
