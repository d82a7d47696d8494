"""`vbg init` and `vbg migrate`: a practice's beginning, and its tables after an update."""

import sys
from typing import Any

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.people import link_of
from vbg.cli.words import CliError, _
from vbg.house import enter, found


def add(commands: Commands, shared: Parser) -> None:
    """Both commands."""
    made = command(commands, shared, "init", init, _("make a practice and its first counselor"))
    made.add_argument("--practice", help=_("the practice's name"))
    made.add_argument("--name", help=_("the counselor's name"))
    made.add_argument("--email", help=_("the counselor's e-mail address"))
    made.add_argument("--country", choices=("BE", "NL"), default="BE", help=_("the country whose rules apply"))
    command(commands, shared, "migrate", migrate, _("bring the database to this version"))


def init(options: Options) -> dict[str, Any]:
    """Make a practice and its first counselor, and print her one-use link."""
    from vbg.migrations import run as migrations
    from vbg.people import actions, queries

    settings = settings_of(options)
    asked = {
        name: getattr(options, name) or _ask(question)
        for name, question in (
            ("practice", _("Name of the practice: ")), ("name", _("Your name: ")), ("email", _("Your e-mail: ")),
        )
    }  # fmt: skip
    practice_id = found(settings)
    house = enter(settings)
    migrations.upgrade(house.database)
    zone = "Europe/Amsterdam" if options.country == "NL" else "Europe/Brussels"
    with house.database.unit() as session:
        actions.found_practice(session, practice_id, asked["practice"], options.country, zone)
        person = actions.add_person(session, None, practice_id, asked["name"], asked["email"], "counselor")
        code = actions.make_code(session, queries.viewer_of(person), person)
    link = link_of(settings, code)
    say(options, _("The practice is ready in {folder}.", folder=settings.data))
    say(options, _("1. Start it: vbg serve    2. Choose your password: {link}", link=link))
    say(
        options,
        _("Keep a copy of {keys} in a safe place: without it no film can be opened.", keys=settings.data / "keys"),
    )
    return {"data": str(settings.data), "link": link, "code": code}


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise CliError(_("Say --practice, --name and --email."))
    return input(question).strip()


def migrate(options: Options) -> dict[str, Any]:
    """Bring the database to this version."""
    house = enter(settings_of(options))
    opening.bring_up(house)
    say(options, _("The database is of this version."))
    return {"state": opening.not_newer(house)}
