"""What sharing and answering send."""

import uuid
from typing import Literal

from pydantic import BaseModel, Field


class NewShare(BaseModel):
    """With whom."""

    people: list[uuid.UUID] = Field(min_length=1)


class Reply(BaseModel):
    """A parent's reactions and own words; both may be empty."""

    reactions: list[Literal["recognise", "beautiful", "proud", "talk"]] = Field(default_factory=list)
    words: str = Field("", max_length=2000)
