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


def _there(value: str) -> str:
    """Something is written: kept as it is."""
    _not_blank(value)
    return value


Name = Annotated[str, Field(max_length=60), AfterValidator(_not_blank)]
Maybe = BeforeValidator(_blank_is_none)
Day = Annotated[date | None, Maybe]
Names = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=500), AfterValidator(_there)]
Answer = Literal["yes", "no", "unknown"]


class NewFamily(BaseModel):
    """One field: the code name."""

    code: Name
    question: str = Field("", max_length=2000)
    question_authors: str = Field("", max_length=200)
    country: Literal["BE", "NL"] = "BE"


class NewQuestion(BaseModel):
    """The question in their own words, and whose words: of one home, or of all together."""

    question: str = Field("", max_length=2000)
    question_authors: str = Field("", max_length=200)
    household: Annotated[uuid.UUID | None, Maybe] = None


class Asking(BaseModel):
    """The question was asked again and is still right; without a day it is today."""

    household: Annotated[uuid.UUID | None, Maybe] = None
    on: Day = None


class FirstWords(BaseModel):
    """What has to change, what may stay: one of them is enough."""

    change: str = Field("", max_length=1000)
    keep: str = Field("", max_length=1000)
    authors: Names = ""
    on: Day = None


class Matters(BaseModel):
    """One line of what matters to them."""

    text: Words
    authors: Names = ""


class Wish(BaseModel):
    """What a child wants: its own words, how it was said, who wrote it down."""

    text: Words
    how: Names = ""
    written_by: Names = ""


class Portrait(BaseModel):
    """Who a child is, in the words of who knows it best."""

    likes: str = Field("", max_length=2000)
    tempo: str = Field("", max_length=2000)
    signals: str = Field("", max_length=2000)
    senses: str = Field("", max_length=2000)
    portrait_authors: Names = ""
    written_together: Literal["yes", ""] = ""


class Supporter(BaseModel):
    """Somebody around the family, and whether they may look along."""

    call_name: Name
    relation: Names = ""
    may_watch: Answer = "unknown"
    said_by: Names = ""
    until_on: Day = None


class NewMember(BaseModel):
    """Somebody of the family, as the child calls them."""

    call_name: Name
    kind: Literal["child", "adult"] = "adult"
    born_on: Day = None
    authority: Answer = "unknown"
    household: str = Field("", max_length=60)


class MemberEdit(NewMember):
    """What is known of somebody: authority and caring are two things, and so is how they are filmed."""

    kind: Literal["child", "adult", ""] = ""  # type: ignore[assignment]
    authority_on: Day = None
    cares: Answer = "unknown"
    on_film: Literal["", "seen", "hands", "unseen", "films"] = ""


class HomeName(BaseModel):
    """What a home is called."""

    name: Name


class NewAccount(BaseModel):
    """A parent's own way in."""

    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


class NewColleague(BaseModel):
    """A colleague who joins the care team."""

    person_id: uuid.UUID
