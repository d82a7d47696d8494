"""What the pages of supervision send."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _day(value: object) -> object:
    return None if value == "" else value


class BagIn(BaseModel):
    """A bag: moments, one's own question, the last day. Without a day it stays two weeks."""

    model_config = ConfigDict(frozen=True)

    moments: Annotated[list[uuid.UUID], Field(max_length=40)] = []
    question: str = Field("", max_length=2000)
    until_on: Annotated[date | None, BeforeValidator(_day)] = None


class AnswerIn(BaseModel):
    """What one adult said about this bag, and how."""

    model_config = ConfigDict(frozen=True)

    member_id: uuid.UUID
    said: Literal["yes", "no", "later"]
    way: Literal["spoken", "paper", "screen"] = "spoken"


class HeldIn(BaseModel):
    """The day of a supervision; none is today."""

    model_config = ConfigDict(frozen=True)

    held_on: Annotated[date | None, BeforeValidator(_day)] = None
