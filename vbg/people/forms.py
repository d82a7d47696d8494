"""What the sign-in pages send."""

from pydantic import BaseModel, Field


class SignIn(BaseModel):
    """E-mail and password."""

    email: str = Field(max_length=254)
    password: str = Field(max_length=1000)


class Redeem(BaseModel):
    """A one-use code and the password to come."""

    code: str = Field(max_length=40)
    password: str = Field(max_length=1000)
