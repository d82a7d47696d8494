"""What the workspace sends about where somebody is."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from vbg.places import rules


class PlaceIn(BaseModel):
    """The facts to keep; those not sent stay.

    `at_ms` is ms of film time; `seen`: the first look is over; `whole`: it was played to its end; `hints`: show them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_ms: Annotated[StrictInt, Field(ge=0, le=rules.LARGEST)] = 0
    seen: StrictBool = False
    whole: StrictBool = False
    hints: StrictBool = False
    stand: rules.Stand = rules.FIRST
