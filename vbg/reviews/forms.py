"""What preparing, watching and closing a review send."""

import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

Text = Annotated[str, Field(max_length=5000)]


class Start(BaseModel):
    """A new review over a film; no moments named = the starred ones."""

    film: uuid.UUID


class Prepare(BaseModel):
    """The review's own words; all optional."""

    theme: str = Field("", max_length=120)


class Place(BaseModel):
    """A moment's prompt; blank is fine."""

    prompt: str = Field("", max_length=300)


class Put(Place):
    """A moment for the row: at its end, or at `at` (0 is the first)."""

    at: int | None = Field(None, ge=0, le=10_000)


class Close(BaseModel):
    """What came out of watching together, and to which goal the step belongs; all optional."""

    notes: Text = ""
    next_step: Text = ""
    next_filming: str = Field("", max_length=200)
    then: Literal["", "card"] = ""
    goal: Annotated[uuid.UUID | None, BeforeValidator(lambda value: None if value == "" else value)] = None


class Return(BaseModel):
    """The counselor's way back from the room."""

    password: str = Field(max_length=1000)


class ProudIn(BaseModel):
    """A press on 'trots' at this film time, ms."""

    model_config = ConfigDict(extra="forbid")
    film_id: uuid.UUID
    at_ms: Annotated[StrictInt, Field(ge=0)]
    id: uuid.UUID | None = None


class FoundIn(BaseModel):
    """'Mooi moment' at a pause: only a time is needed."""

    model_config = ConfigDict(extra="forbid")
    at_ms: Annotated[StrictInt, Field(ge=0)]
    id: uuid.UUID | None = None
