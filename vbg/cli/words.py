"""The sentences of the command line: chosen here, from the same catalogues as the pages."""

import os
from functools import lru_cache
from pathlib import Path
from tomllib import TOMLDecodeError

from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from sqlalchemy.exc import DatabaseError

from vbg.config import SettingsError
from vbg.house import HouseError
from vbg.reasons import ReasonError
from vbg.store import StoreError

TOLD = (SettingsError, HouseError, ReasonError, TOMLDecodeError, OSError, DatabaseError)
"""What a person can mend: each has a sentence in `sentence_of`."""


class CliError(Exception):
    """Ends the command with exit code 1 and this sentence."""


@lru_cache
def _catalogue() -> NullTranslations:
    asked = os.environ.get("VBG_LANGUAGE") or "nl"
    return Translations.load(Path(__file__).parents[1] / "translations", [asked])


def language() -> str:
    """nl, or what VBG_LANGUAGE says."""
    return "en" if os.environ.get("VBG_LANGUAGE") == "en" else "nl"


def _(text: str, **values: object) -> str:
    return _catalogue().gettext(text).format(**values)


def reason(code: str, **values: object) -> str:
    """The sentence of a reason code; one that is not known says that it is unclear."""
    from vbg.web.sentences import REASONS

    told = {name: _number(value) if isinstance(value, float) else value for name, value in values.items()}
    return _(REASONS.get(code, REASONS["unclear"]), **told)


def _number(value: float) -> str:
    """As the language writes it: 1,5 or 1.5."""
    return format_decimal(value, locale=language())


def stored(code: str) -> str:
    """The sentence of a store that refuses, as the doctor says it."""
    from vbg.doctor_words import SENTENCES

    return _(SENTENCES.get(("store", code)) or SENTENCES[("store", "")], code=code)


def sentence_of(error: Exception) -> str:
    """What went wrong and what to do, for an error of `TOLD`."""
    match error:
        case HouseError():
            return _house(error)
        case StoreError():
            return stored(error.code)
        case ReasonError():
            return reason(error.code, **error.values)
        case TOMLDecodeError():
            return _("vbg.toml cannot be read: {why}.", why=error)
        case OSError():
            return _("{file} cannot be used: {why}.", file=error.filename or "vbg", why=error.strerror)
        case DatabaseError():
            return _("The database cannot be used. Look what is wrong with: vbg check")
    return str(error)


def _house(error: HouseError) -> str:
    return {
        "no_practice": _("There is no practice in {folder} yet. Make one with: vbg init", folder=error.folder),
        "practice_there": _("There is a practice in {folder} already. Nothing was changed.", folder=error.folder),
        "demo_there": _("{folder} holds the demo. Choose another folder with --data.", folder=error.folder),
    }[error.code]
