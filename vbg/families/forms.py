"""What the family pages send. Only the code name and call names are ever needed."""

import uuid
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field


def _blank_is_none(value: Any) -> Any:
    return None if value == "" else value


def _not_blank(value: str) -> str:
    if not (kept := value.strip()):
        raise ValueError("missing")
    return kept


Name = Annotated[str, Field(max_length=60), AfterValidator(_not_blank)]
Maybe = BeforeValidator(_blank_is_none)


class NewFamily(BaseModel):
    """One field: the code name."""

    code: Name
    question: str = Field("", max_length=2000)
    question_authors: str = Field("", max_length=200)
    country: Literal["BE", "NL"] = "BE"


class NewQuestion(BaseModel):
    """The question in their own words, and whose words."""

    question: str = Field("", max_length=2000)
    question_authors: str = Field("", max_length=200)


class NewMember(BaseModel):
    """Somebody of the family, as the child calls them."""

    call_name: Name
    kind: Literal["child", "adult"] = "adult"
    born_on: Annotated[date | None, Maybe] = None
    authority: Literal["yes", "no", "unknown"] = "unknown"
    household: str = Field("", max_length=60)


class NewAccount(BaseModel):
    """A parent's own way in."""

    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


class NewColleague(BaseModel):
    """A colleague who joins the care team."""

    person_id: uuid.UUID
