"""Reason codes and values become sentences here, in the request's language."""

from typing import Any

from flask_babel import format_decimal, gettext

from vbg.web.sentences import REASONS

_PYDANTIC = {
    "missing": "missing", "extra_forbidden": "unknown_field", "int_type": "not_a_number", "int_parsing": "not_a_number",
    "int_from_float": "not_a_number", "string_type": "not_text", "date_from_datetime_parsing": "not_a_date",
    "date_parsing": "not_a_date", "date_type": "not_a_date", "uuid_parsing": "not_an_id", "uuid_type": "not_an_id",
    "string_too_long": "too_long", "string_too_short": "too_short", "too_long": "too_long", "too_short": "too_short",
    "greater_than_equal": "too_small", "greater_than": "too_small", "less_than_equal": "too_big",
    "less_than": "too_big", "literal_error": "not_a_choice",
    "string_pattern_mismatch": "not_in_pattern", "multiple_of": "not_a_step", "enum": "not_a_choice",
}  # fmt: skip


def say(code: str, **values: object) -> str:
    """The sentence of a reason code; `values` fill its braces, numbers as the language writes them.

    An unknown code is our mistake, said calmly.
    """
    told = {name: format_decimal(value) if isinstance(value, float) else value for name, value in values.items()}
    return str(gettext(REASONS.get(code, REASONS["unclear"])).format_map(_Known(told)))


def say_field(found: Any) -> str:
    """One of pydantic's findings as a sentence; our own validators raise ValueError(code)."""
    code, values = code_of(found)
    return say(code, **values)


def code_of(found: Any) -> tuple[str, dict[str, object]]:
    """The reason code of one of pydantic's findings, and the values of its sentence."""
    kind = found["type"]
    if kind == "value_error":
        return str(found["ctx"]["error"]), {}
    return _PYDANTIC.get(kind, "unclear"), found.get("ctx", {})


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
