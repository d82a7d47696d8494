"""HTML forms through pydantic: a value, or sentences by field."""

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from vbg.reasons import ReasonError
from vbg.web.api import errors_of
from vbg.web.words import say

Form = TypeVar("Form", bound=BaseModel)


def read(form: type[Form]) -> tuple[Form | None, dict[str, str]]:
    """The posted form as a value, or None with a sentence for each field that is wrong."""
    many = {name for name, field in form.model_fields.items() if "list" in str(field.annotation)}
    data: dict[str, str | list[str]] = {}
    for name in form.model_fields:
        if name in many:
            data[name] = request.form.getlist(name)
        elif name in request.form:
            data[name] = request.form[name].replace("\r\n", "\n")
    # No database keeps this one sign, and no keyboard sends it.
    if blank := {name: say("bad_text") for name, value in data.items() if "\0" in "".join(value)}:
        return None, blank
    try:
        return form.model_validate(data), {}
    except ValidationError as error:
        return None, errors_of(error)


def refused(reason: ReasonError) -> dict[str, str]:
    """A rule's refusal as an error by its field ('' is the form itself)."""
    return {reason.field: say(reason.code, **reason.values)}
