"""What the pages of an appointment send. Only a day is needed."""

from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from vbg.visits import rules


def _blank_is_none(value: Any) -> Any:
    return None if value == "" else value


def _time(value: Any) -> time | None:
    """`10:30`, as a browser sends it, or `9:00` as it is typed; seconds are not asked."""
    text = str(value or "").strip()
    if not text:
        return None
    try:
        found = time.fromisoformat(f"0{text}" if text[1:2] == ":" else text)
    except ValueError:
        raise ValueError("not_a_time") from None
    return found.replace(second=0, microsecond=0, tzinfo=None)


def _day(value: Any) -> Any:
    if value in ("", None):
        raise ValueError("missing")
    return value


def _roles(told: list[str]) -> list[str]:
    rules.read_roles(told)
    return told


Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time | None, BeforeValidator(_time)]
Place = Annotated[str, Field(max_length=rules.MAX_PLACE)]
What = Annotated[str, Field(max_length=rules.MAX_WHAT)]


class VisitIn(BaseModel):
    """An appointment. `roles`: `<member id> <role>` for each of whom something was said."""

    model_config = ConfigDict(frozen=True)

    kind: rules.Kind = rules.Kind.FILMING
    on: Day
    at: Clock = None
    place: Place = ""
    what: What = ""
    roles: Annotated[list[str], Field(max_length=rules.MAX_ROLES), AfterValidator(_roles)] = []

    @property
    def filmed(self) -> dict[str, str]:
        """By member id how they are filmed."""
        return rules.read_roles(self.roles)


class NoteIn(BaseModel):
    """The counselor's own words of after it."""

    note: str = Field("", max_length=rules.MAX_NOTE)


class AfterIn(NoteIn):
    """What a counselor says after a visit; all of it optional. With a day, there is a next time."""

    next_step: str = Field("", max_length=rules.MAX_NOTE)
    next_kind: rules.Kind = rules.Kind.FILMING
    next_on: Annotated[date | None, BeforeValidator(_blank_is_none)] = None
    next_at: Clock = None
    next_what: What = ""
