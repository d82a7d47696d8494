"""`vbg signin` and `vbg token`: a way in for a person, and one for a program."""

import argparse
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import CliError, _
from vbg.config import Settings
from vbg.reasons import NotFoundError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vbg.people.models import ApiToken, Person


def add(commands: Commands, shared: Parser) -> None:
    """Both commands."""
    way_in = command(commands, shared, "signin", sign_in, _("print a link with which somebody can sign in again"))
    way_in.add_argument("email", help=_("who"))
    made = command(commands, shared, "token", token, _("print a token with which a program can sign in"))
    made.add_argument("email", help=_("who"))
    made.add_argument("--scope", choices=("read", "write"), default="write", help=_("what it may do"))
    made.add_argument("--days", type=_days, help=_("after how many days it stops working"))
    instead = made.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help=_("show the tokens there are, make none"))
    instead.add_argument("--revoke", type=UUID, metavar="ID", help=_("end the token with this id, make none"))


def _days(text: str) -> timedelta:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= 3650):
        raise argparse.ArgumentTypeError(_("a whole number from 1 to 3650"))
    return timedelta(days=int(text))


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


def token(options: Options) -> dict[str, Any]:
    """A bearer token, shown once; or the tokens there are; or the end of one."""
    with opening.current(settings_of(options)).database.unit() as session:
        person = _person(session, options.email)
        if options.list:
            return _list(options, session, person)
        if options.revoke:
            return _revoke(options, session, person)
        return _make(options, session, person)


def _make(options: Options, session: "Session", person: "Person") -> dict[str, Any]:
    from vbg.people import actions, rules

    made = actions.make_token(session, person, rules.Scope(options.scope), options.days)
    say(options, made)
    return {"token": made}


def _list(options: Options, session: "Session", person: "Person") -> dict[str, Any]:
    from vbg.people import queries

    rows = [_shown(one) for one in queries.tokens_of(session, person)]
    for row in rows:
        until = row["expires_at"] or "-"
        say(options, f"{row['id']}  {row['scope']:5}  {row['state']:7}  {row['created_at']}  {until}")
    if not rows:
        say(options, _("No token was made for {email} yet.", email=options.email))
    return {"items": rows, "next": None}


def _shown(token: "ApiToken") -> dict[str, Any]:
    from vbg.people import queries

    return {
        "id": str(token.id), "scope": token.scope, "state": queries.token_state(token),
        "created_at": _instant(token.created_at), "expires_at": _instant(token.expires_at),
    }  # fmt: skip


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _revoke(options: Options, session: "Session", person: "Person") -> dict[str, Any]:
    from vbg.people import actions

    try:
        ended = actions.revoke_token(session, person, options.revoke)
    except NotFoundError:
        raise CliError(
            _(
                "{email} has no token {id}. See them with: vbg token EMAIL --list",
                email=options.email,
                id=options.revoke,
            )
        ) from None
    say(options, _("This token is refused from now on."))
    return _shown(ended)


def _person(session: "Session", email: str) -> "Person":
    from vbg.people import queries

    person = queries.by_email(session, email)
    if person is None:
        raise CliError(_("Nobody signs in with {email} here.", email=email))
    return person
