"""What the three questions send."""

import uuid
from typing import Literal

from pydantic import BaseModel


class Answer(BaseModel):
    """One member's answers to the three first questions, and how they were given. None leaves it open."""

    member_id: uuid.UUID
    filming: Literal["yes", "no", "later"] | None = None
    review: Literal["yes", "no", "later"] | None = None
    take_home: Literal["yes", "no", "later"] | None = None
    way: Literal["spoken", "paper", "screen"] = "spoken"
