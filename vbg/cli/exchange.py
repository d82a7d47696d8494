"""`vbg import`, `vbg export` and `vbg erase`: moments in, a family's file out, a family gone for good."""

import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import CliError, _, language, reason
from vbg.house import House

PATIENCE_SECONDS = 60.0


def add(commands: Commands, shared: Parser) -> None:
    """The three commands."""
    taken = command(commands, shared, "import", bring_in, _("bring moments onto a film (.json, .vtt, .csv)"))
    taken.add_argument("file", type=Path, help=_("the file with moments"))
    taken.add_argument("--film", required=True, type=UUID, help=_("the film's id"))
    given = command(commands, shared, "export", export, _("write all that is kept of a family into one ZIP"))
    given.add_argument("file", type=Path, metavar="FILE.zip", help=_("the new file"))
    given.add_argument("--family", required=True, help=_("the family's code name or id"))
    given.add_argument("--without-films", action="store_true", help=_("leave the films themselves out"))
    given.add_argument("--for", dest="receiver", default="", metavar="NAME", help=_("with the answers of this parent"))
    given.add_argument("--with-notes", action="store_true", help=_("with the notes of talks and observations"))
    given.add_argument("--with-concerns", action="store_true", help=_("with the register of concerns"))
    gone = command(commands, shared, "erase", erase, _("erase a family for good: films, words, accounts"))
    gone.add_argument("--family", required=True, help=_("the family's code name or id"))
    gone.add_argument("--yes", action="store_true", help=_("do not ask"))


def bring_in(options: Options) -> dict[str, Any]:
    """Bring moments onto a film as its family's counselor; all of the file or nothing."""
    from vbg.exchange import arrival
    from vbg.exchange.rows import LineError
    from vbg.films import cli as films

    house = opening.current(settings_of(options))
    try:
        viewer = films.in_name_of(house, options.film)
        taken = arrival.take(house, viewer, options.film, options.file)
    except LineError as error:
        why = reason(error.code, **error.values)
        raise CliError(_("Line {line}: {why} Nothing was brought in.", line=error.line, why=why)) from None
    finally:
        house.database.close()
    say(options, _("{new} moments are new, {there} were there already.", new=taken.new, there=taken.there))
    return {"film": str(options.film), "new": taken.new, "there": taken.there}


def export(options: Options) -> dict[str, Any]:
    """Write the family file, for its owner's eyes alone."""
    from vbg.reasons import NotFoundError
    from vbg.retention import family_file

    house = opening.current(settings_of(options))
    with_films = not options.without_films
    chosen = [name for name, wanted in (("notes", options.with_notes), ("concerns", options.with_concerns)) if wanted]
    try:
        told = family_file.write(
            house, options.family, options.file, _, language(), with_films, options.receiver, chosen
        )
    except NotFoundError:
        raise CliError(_("No family is called {family} here.", family=options.family)) from None
    finally:
        house.database.close()
    say(options, _("{file}: {films} films and {moments} moments. Anybody can open it: hand it over safely.", **told))
    return told


def erase(options: Options) -> dict[str, Any]:
    """Erase a family after asking; typed again it goes on where it was."""
    house = opening.current(settings_of(options))
    try:
        family_id = _asked(options, house)
        _finish(house, family_id)
    finally:
        house.database.close()
    say(options, _("The family is erased. One line in the log stays, without content."))
    say(options, _("Older backups still hold it. Make a new one now: vbg backup"))
    return {"family": str(family_id), "erased": True}


def _asked(options: Options, house: House) -> UUID:
    """The family that is to go. Its erasure is written down, so that nothing can be forgotten half-way."""
    from vbg import ids
    from vbg.reasons import NotFoundError
    from vbg.retention import actions, queries

    with house.database.unit(write=False) as session:
        known = ids.parse(options.family)
        if known and queries.erasure(session, known):
            return known
        try:
            family = queries.named(session, options.family)
        except NotFoundError:
            raise CliError(_("No family is called {family} here.", family=options.family)) from None
        begun = queries.erasure(session, family.id) is not None
        told = queries.belongings(session, family.id)
    if not begun:
        _tell(options, family.code, told)
    with house.database.unit() as session:
        actions.ask_erasure(session, None, session.get_one(type(family), family.id))
    return family.id


def _tell(options: Options, code: str, told: Any) -> None:
    say(options, _(
        "{family}: {films} films, {moments} moments, {goals} goals, {watched} times watched together, "
        "{members} people, {accounts} accounts.",
        family=code, films=told.films, moments=told.moments, goals=told.goals, watched=told.reviews,
        members=told.members, accounts=told.accounts,
    ))  # fmt: skip
    say(options, _("All of it goes for good. This cannot be undone."))
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise CliError(_("Nothing was erased. Say --yes to erase {family}.", family=code))
    if input(_("Type {family} to erase it: ", family=code)).strip() != code:
        raise CliError(_("Nothing was erased."))


def _finish(house: House, family_id: UUID) -> None:
    """Do it here; a page that is just being read can hold the last step up for a moment."""
    from vbg import worker
    from vbg.retention import queries

    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        worker.at_once(house, "retention.erase", family_id)
        with house.database.unit(write=False) as session:
            asked = queries.erasure(session, family_id)
            if asked and asked.done_at:
                return
        if time.monotonic() > until:
            raise CliError(_("The last step waits: the database is in use. Type the command again in a moment."))
        time.sleep(0.5)
