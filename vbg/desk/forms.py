"""What the sheet of a moment's card sends: its words in a second language, which are kept nowhere."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from vbg.cards import rules

MAX_LETTERS = 300


def _lines(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _head(code: str) -> str:
    if code and code not in rules.HEADS["when"]:
        raise ValueError("not_a_choice")
    return code


Words = Annotated[str, BeforeValidator(_lines), Field(max_length=MAX_LETTERS)]


class Beside(BaseModel):
    """The same card in the language `beside`; without one there is no second language."""

    model_config = ConfigDict(frozen=True)

    beside: Annotated[str, AfterValidator(_head)] = ""
    words: Words = ""
    when: Words = ""
    what: Words = ""
    what_for: Words = ""
    step: Words = ""
