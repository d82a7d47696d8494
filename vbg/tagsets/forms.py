"""What a browser, a file or a program sends about a tag set. Strict: no field that is not known, no guessed types."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from vbg.tagsets import rules
from vbg.tagsets.shape import ICONS, KEYS, Colour, Supports, Who


def _icon(name: str) -> str:
    if name not in ICONS:
        raise ValueError("not_a_choice")
    return name


def _code(place: str) -> str:
    if place and place not in KEYS:
        raise ValueError("not_a_choice")
    return place


def _clean(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) and value.isprintable() else value


def _tenths(value: object) -> object:
    """Seconds with one digit behind the comma, as a person types them, in ms."""
    text = value.strip().replace(",", ".") if isinstance(value, str) else ""
    whole, _, tenth = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 4 and len(tenth) < 2 and (tenth or "0").isdigit()):
        raise ValueError("not_tenths")
    return int(whole) * 1000 + int(tenth or "0") * 100


Key = Annotated[StrictStr, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Name = Annotated[StrictStr, Field(min_length=1, max_length=rules.MAX_NAME)]
Sentence = Annotated[StrictStr, Field(max_length=rules.MAX_SENTENCE)]
Reach = Annotated[StrictInt, Field(ge=0, le=rules.MAX_REACH_MS, multiple_of=100)]
Icon = Annotated[StrictStr, AfterValidator(_icon)]
Code = Annotated[StrictStr, AfterValidator(_code)]
Typed = Annotated[Name, BeforeValidator(_clean)]
TypedSentence = Annotated[Sentence, BeforeValidator(_clean)]
Seconds = Annotated[Reach, BeforeValidator(_tenths)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GroupIn(_Form):
    """A group of labels in a colour of the house."""

    key: Key
    nl: Name
    en: Name
    colour: Colour


class TagIn(_Form):
    """A label; times in ms, in steps of a tenth of a second. `code` is a place on the keyboard, or empty."""

    key: Key
    nl: Name
    en: Name
    who: Who | None
    group: Key
    supports: Supports | None
    lead_ms: Reach
    lag_ms: Reach
    code: Code
    icon: Icon
    plain_nl: Sentence
    plain_en: Sentence
    retired: StrictBool = False


class SetIn(_Form):
    """A tag set as a file: `format` is vbg-tag-set, `format_version` 1."""

    format: Literal["vbg-tag-set"]
    format_version: Literal[1]
    nl: Name
    en: Name
    source: Annotated[StrictStr, Field(max_length=200)] = ""
    join_ms: Annotated[StrictInt, Field(ge=1000, le=30_000)] = 5000
    max_ms: Annotated[StrictInt, Field(ge=1000, le=120_000)] = 20_000
    groups: Annotated[list[GroupIn], Field(max_length=rules.MAX_GROUPS)]
    tags: Annotated[list[TagIn], Field(max_length=rules.MAX_TAGS)]


class NewSet(_Form):
    """A new set by its name; `copy_of` names the set whose labels it begins with, or is empty."""

    nl: Typed
    copy_of: Annotated[str, Field(max_length=80)] = ""


class Heads(_Form):
    """A set's names and those of its groups, in their order, with a colour each."""

    nl: Typed
    en: Typed
    source: Annotated[str, Field(max_length=200), BeforeValidator(_clean)] = ""
    group_nl: list[Typed] = []
    group_en: list[Typed] = []
    group_colour: list[Colour] = []


class Label(_Form):
    """A label as its page sends it. `group` is a group's key, or empty for a new one called `new_group`."""

    nl: Typed
    en: Annotated[str, Field(max_length=rules.MAX_NAME), BeforeValidator(_clean)] = ""
    who: Literal["", "child", "parent", "both"] = ""
    supports: Literal["", "support", "stimulate", "steer"] = ""
    group: Annotated[str, Field(max_length=40)] = ""
    new_group: Annotated[str, Field(max_length=rules.MAX_NAME), BeforeValidator(_clean)] = ""
    colour: Colour = "together"
    lead: Seconds = 4000
    lag: Seconds = 4000
    code: Code = ""
    icon: Icon = "mooi-moment"
    plain_nl: TypedSentence = ""
    plain_en: TypedSentence = ""


class Choice(_Form):
    """The sets that a family uses, in their order."""

    sets: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=8)] = []


class Order(Choice):
    """The same from the page, where one of them may go a place up or down: `move` is its name and where to."""

    move: Annotated[str, Field(pattern=r"^([a-z0-9_-]{1,40}[.](up|down))?$")] = ""
