"""Reason codes and values become sentences here, in the request's language."""

from typing import Any

from flask_babel import gettext


def N_(text: str) -> str:
    """Mark a sentence for the catalogues without translating it yet."""
    return text


REASONS: dict[str, str] = {
    "sign_in_first": N_("Sign in first."),
    "not_allowed_here": N_("This request did not come from our own page. Reload the page and try again."),
    "not_found": N_("We cannot find this. Maybe it was removed, or it is not shared with you."),
    "method_not_allowed": N_("This address does not do that."),
    "bad_request": N_("We do not understand this request. Reload the page and try again."),
    "stale": N_("Somebody changed this meanwhile. Look at both versions and choose."),
    "needs_if_match": N_("Say which version you changed: send its ETag in If-Match."),
    "wrong_precondition": N_("The version or the protocol does not match."),
    "too_large": N_("This is too large."),
    "wrong_type": N_("This kind of content is not taken here."),
    "no_such_range": N_("The film has no such part."),
    "too_many": N_("Too many tries. Wait a moment and try again."),
    "our_fault": N_("Something went wrong on our side. Nothing of yours was lost."),
    "disk_full": N_("The disk is full. Nothing was kept of this. Make room and try again."),
    "not_json": N_("Send JSON."),
    "broken_json": N_("This is no valid JSON."),
    "not_an_object": N_("Send a JSON object."),
    "check_fields": N_("Look at the fields named here."),
    "missing": N_("This is needed."),
    "unknown_field": N_("This field is not known here."),
    "not_a_number": N_("A whole number goes here."),
    "not_text": N_("Text goes here."),
    "not_a_date": N_("This day does not exist. Choose another."),
    "not_an_id": N_("This is no id."),
    "too_long": N_("This is too long: at most {max_length} characters."),
    "too_short": N_("This is too short: at least {min_length} characters."),
    "too_small": N_("This is too small."),
    "too_big": N_("This is too big."),
    "not_a_choice": N_("Choose one of the possibilities."),
    "unclear": N_("We do not understand this value."),
}

_PYDANTIC = {
    "missing": "missing", "extra_forbidden": "unknown_field", "int_type": "not_a_number", "int_parsing": "not_a_number",
    "int_from_float": "not_a_number", "string_type": "not_text", "date_from_datetime_parsing": "not_a_date",
    "date_parsing": "not_a_date", "date_type": "not_a_date", "uuid_parsing": "not_an_id", "uuid_type": "not_an_id",
    "string_too_long": "too_long", "string_too_short": "too_short", "too_long": "too_long", "too_short": "too_short",
    "greater_than_equal": "too_small", "greater_than": "too_small", "less_than_equal": "too_big",
    "less_than": "too_big", "literal_error": "not_a_choice", "enum": "not_a_choice",
}  # fmt: skip


def say(code: str, **values: object) -> str:
    """The sentence of a reason code; `values` fill its braces. An unknown code is our mistake, said calmly."""
    return str(gettext(REASONS.get(code, REASONS["unclear"])).format_map(_Known(values)))


def say_field(found: Any) -> str:
    """One of pydantic's findings as a sentence; our own validators raise ValueError(code)."""
    kind = found["type"]
    if kind == "value_error":
        return say(str(found["ctx"]["error"]))
    return say(_PYDANTIC.get(kind, "unclear"), **found.get("ctx", {}))


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
