"""`vbg check`: the doctor, in words that can be read out on the phone."""

from typing import Any

from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import _


def add(commands: Commands, shared: Parser) -> None:
    """The command."""
    command(commands, shared, "check", check, _("look whether everything is fit"))


def check(options: Options) -> dict[str, Any]:
    """One line for each thing; `fit` False makes the exit code 1."""
    from vbg import doctor

    findings = doctor.look(settings_of(options))
    for one in findings:
        mark = _("good") if one.fit else _("not good")
        say(options, f"{mark:9} {_words(one.what, one.code)}")
    fit = all(one.fit for one in findings)
    say(options, _("Everything is fit.") if fit else _("Read the lines above that say: not good."))
    return {
        "fit": fit,
        "findings": [{"what": one.what, "code": one.code, "fit": one.fit} for one in findings],
    }


def _words(what: str, code: str) -> str:
    from vbg.doctor_words import SENTENCES

    return _(SENTENCES.get((what, code)) or SENTENCES[(what, "")], code=code)
