"""`vbg check`: the doctor, in words that can be read out on the phone."""

from typing import TYPE_CHECKING, Any

from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import CliError, _

if TYPE_CHECKING:
    from vbg.doctor import Finding
    from vbg.house import House


def add(commands: Commands, shared: Parser) -> None:
    """The command."""
    made = command(commands, shared, "check", check, _("look whether everything is fit"))
    one = made.add_mutually_exclusive_group()
    one.add_argument("--scrub", action="store_true", help=_("read every film's files again, set aside what is damaged"))
    one.add_argument("--put-back", metavar="NUMBER", help=_("put a file that stands apart back in its place"))
    one.add_argument("--let-go", action="store_true", help=_("delete what stands apart for 30 days"))


def check(options: Options) -> dict[str, Any]:
    """One line for each thing; `fit` False makes the exit code 1."""
    from vbg import doctor

    settings = settings_of(options)
    if options.put_back or options.let_go:
        return _act(options)
    findings = doctor.look_closely(settings) if options.scrub else doctor.look(settings)
    for one in findings:
        mark = _("good") if one.fit else _("not good")
        say(options, f"{mark:9} {_words(one)}")
    asides = [{"number": one.number, "since": str(one.since), "name": one.name} for one in doctor.asides(settings)]
    for aside in asides:
        say(options, "{:9} {number}  {since}  {name}".format("", **aside))
    fit = all(one.fit for one in findings)
    say(options, _("Everything is fit.") if fit else _("Read the lines above that say: not good."))
    return {
        "fit": fit,
        "findings": [
            {"what": one.what, "code": one.code, "fit": one.fit, "count": one.count, "films": one.films}
            for one in findings
        ],
        "asides": asides,
    }


def _act(options: Options) -> dict[str, Any]:
    """What a person decides about files that stand apart."""
    from vbg.films import scrub
    from vbg.house import enter

    house = enter(settings_of(options))
    try:
        if options.let_go:
            gone = scrub.let_go(house)
            say(options, _("Files deleted: {count}.", count=len(gone)))
            return {"deleted": [aside.number for aside in gone]}
        return _put_back(options, house)
    finally:
        house.database.close()


def _put_back(options: Options, house: "House") -> dict[str, Any]:
    from vbg.films import scrub

    found = [aside for aside in house.store.asides() if aside.number == options.put_back]
    if not found:
        raise CliError(_("No file with this number stands apart. See the numbers with: vbg check"))
    if not scrub.put_back(house, found[0]):
        raise CliError(_("Another file has that place by now. This one stays where it stands."))
    say(options, _("The file is back in its place."))
    return {"back": found[0].number}


def _words(one: "Finding") -> str:
    from vbg.doctor_words import SENTENCES

    sentence = SENTENCES.get((one.what, one.code)) or SENTENCES[(one.what, "")]
    return _(sentence, code=one.code, count=one.count, films=", ".join(one.films))
