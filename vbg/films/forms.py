"""What may be said about a film, by a page or by a program."""

import uuid
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator

from vbg import clock
from vbg.films import rules
from vbg.films.rules import Device

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Sum = Annotated[str, StringConstraints(to_lower=True, pattern=r"^([0-9a-fA-F]{64})?$")]
Day = Annotated[date | None, BeforeValidator(lambda value: value or None)]


class NewUpload(BaseModel):
    """A film that is about to arrive: whose it is (id or code), from which kind of device, and how many bytes.

    `length` is 0 while it is `growing`: it is being filmed. `sha256` (hex) is the sender's word for the whole film,
    `told` all that the sender said of it, as it came. `plays`: which of hevc, vp9 and av1 the
    sender's browser plays; any other word says nothing.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    family: str = Field(min_length=1, max_length=60)
    length: int = Field(ge=0)
    growing: bool = False
    filename: str = ""
    recorded_on: Day = None
    situation: str = ""
    title: str = ""
    sha256: Sum = ""
    device: Device = Device.COUNSELOR
    plays: str = ""
    told: str = ""

    @field_validator("family")
    @classmethod
    def _spelled(cls, value: str) -> str:
        # PostgreSQL cannot even look for a NUL; no family is spelled with one.
        return value.replace("\x00", "")

    @field_validator("filename")
    @classmethod
    def _name(cls, value: str) -> str:
        return rules.clean_name(value)

    @field_validator("title")
    @classmethod
    def _title(cls, value: str) -> str:
        return rules.clean_title(value)

    @field_validator("plays")
    @classmethod
    def _codecs(cls, value: str) -> str:
        return rules.playing(value)

    @field_validator("situation")
    @classmethod
    def _situation(cls, value: str) -> str:
        return rules.situation(value)

    @field_validator("recorded_on")
    @classmethod
    def _past(cls, value: date | None) -> date | None:
        # A camera with a wrong clock is no reason to refuse its film.
        return None if value and value > clock.today() else value

    @property
    def family_id(self) -> uuid.UUID | None:
        """The family's id when that is what was sent."""
        try:
            return uuid.UUID(self.family)
        except ValueError:
            return None


class WipingIn(BaseModel):
    """What became of a film where it came from; '' = not said (any more)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer: Literal["", "done", "theirs"] = ""


class Description(BaseModel):
    """What a counselor says about a film."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text = ""
    situation: str = ""
    recorded_on: Day = None

    @field_validator("situation")
    @classmethod
    def _known(cls, value: str) -> str:
        if value and not rules.situation(value):
            raise ValueError("not_a_choice")
        return value

    @field_validator("recorded_on")
    @classmethod
    def _past(cls, value: date | None) -> date | None:
        if value and value > clock.today():
            raise ValueError("day_to_come")
        return value


class Changes(Description):
    """A part of the description: what is not sent stays as it is."""

    def over(self, film: Any) -> Description:
        """The film's description with these changes."""
        now = {name: getattr(film, name) for name in Description.model_fields}
        return Description(**(now | self.model_dump(exclude_unset=True)))
