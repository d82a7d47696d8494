"""What the page of an own card sends."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from vbg.cards import rules


def _line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _lines(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _drawing(name: str) -> str:
    if name not in rules.DRAWINGS:
        raise ValueError("not_a_choice")
    return name


def _language(code: str) -> str:
    if code not in rules.LANGUAGES:
        raise ValueError("not_a_choice")
    return code


class CardIn(BaseModel):
    """An own card: a title, a text in which a dash begins a line of a list, a picture, its kind and language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, BeforeValidator(_line), Field(min_length=1, max_length=rules.MAX_TITLE)]
    text: Annotated[str, BeforeValidator(_lines), Field(max_length=rules.MAX_TEXT)] = ""
    drawing: Annotated[str, AfterValidator(_drawing)] = rules.DRAWINGS[0]
    kind: Literal["info", "activity"] = "info"
    language: Annotated[str, AfterValidator(_language)] = "nl"
