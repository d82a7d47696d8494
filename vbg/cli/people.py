"""`vbg signin` and `vbg token`: a way in for a person, and one for a program."""

from typing import TYPE_CHECKING

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import CliError, _
from vbg.config import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vbg.people.models import Person


def add(commands: Commands, shared: Parser) -> None:
    """Both commands."""
    for name, run, words in (
        ("signin", sign_in, _("print a link with which somebody can sign in again")),
        ("token", token, _("print a token with which a program can sign in")),
    ):
        command(commands, shared, name, run, words).add_argument("email", help=_("who"))


def link_of(settings: Settings, code: str) -> str:
    """Where a one-use code is used."""
    return f"http://{settings.host}:{settings.port}/code?c={code}"


def sign_in(options: Options) -> dict[str, str]:
    """A one-use link for somebody who lost everything; written in the log of the practice."""
    from vbg.people import actions, rules

    settings = settings_of(options)
    with opening.current(settings).database.unit() as session:
        code = actions.make_code(session, None, _person(session, options.email), rules.LINK_LIFE)
    link = link_of(settings, code)
    say(options, _("This link works once, for half an hour: {link}", link=link))
    return {"link": link}


def token(options: Options) -> dict[str, str]:
    """A bearer token, shown once."""
    from vbg.people import actions

    with opening.current(settings_of(options)).database.unit() as session:
        made = actions.make_token(session, _person(session, options.email))
    say(options, made)
    return {"token": made}


def _person(session: "Session", email: str) -> "Person":
    from vbg.people import queries

    person = queries.by_email(session, email)
    if person is None:
        raise CliError(_("Nobody signs in with {email} here.", email=email))
    return person
