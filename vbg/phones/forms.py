"""What a phone sends before it is let in."""

from pydantic import BaseModel, Field


class Enter(BaseModel):
    """A one-use code."""

    code: str = Field(max_length=40)
