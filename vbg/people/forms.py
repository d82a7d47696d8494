"""What the sign-in pages send."""

from typing import Literal

from pydantic import BaseModel, Field


class SignIn(BaseModel):
    """E-mail and password."""

    email: str = Field(max_length=254)
    password: str = Field(max_length=1000)


class Redeem(BaseModel):
    """A one-use code and the password to come."""

    code: str = Field(max_length=40)
    password: str = Field(max_length=1000)


class Reading(BaseModel):
    """How somebody likes to read; which settings, and never why."""

    language: Literal["nl", "en"] = "nl"
    short_text: Literal["yes", "no"] = "no"
    read_aloud: Literal["yes", "no"] = "no"
    one_at_a_time: Literal["yes", "no"] = "no"
