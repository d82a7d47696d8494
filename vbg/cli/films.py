"""`vbg ingest`: bring in a film."""

import time
from pathlib import Path
from typing import Any

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, bar, command, say, settings_of
from vbg.cli.words import CliError, _, reason
from vbg.house import House


def add(commands: Commands, shared: Parser) -> None:
    """The command."""
    taken = command(commands, shared, "ingest", ingest, _("bring in a film file"))
    taken.add_argument("file", type=Path, help=_("the film"))
    taken.add_argument("--family", required=True, help=_("the family's code name or id"))
    taken.add_argument("--situation", default="", help=_("what is done: meal, free_play, ..."))
    taken.add_argument("--wait", action="store_true", help=_("wait until it can be labelled"))


def ingest(options: Options) -> dict[str, Any]:
    """Bring in a film as the family's first counselor; done when it is safely received."""
    from vbg import engine
    from vbg.films import cli as films

    if not options.file.is_file():
        raise CliError(_("There is no file {file}.", file=options.file))
    house = opening.current(settings_of(options))
    engine.attach(house)
    film = films.take(house, options.file, options.family, options.situation)
    if film is None:
        raise CliError(_("No family is called {family} here.", family=options.family))
    if options.wait:
        film = _wait(options, house, film["id"])
    say(options, f"{film['id']}  {film['state']}  {_reason_of(film)}".rstrip())
    return {"id": film["id"], "state": film["state"]}


def _reason_of(film: dict[str, Any]) -> str:
    return reason(film["reason"], **film["values"]) if film.get("reason") else ""


def _wait(options: Options, house: House, film_id: str) -> dict[str, Any]:
    from vbg import engine, worker
    from vbg.films import cli as films

    show = bar(options)
    while (film := films.state(house, film_id))["state"] in ("received", "preparing"):
        show(film["progress"])
        if not engine.is_beating(house.settings.data):
            worker.work_off(house)
        time.sleep(0.2)
    show(1.0)
    if film["state"] == "failed":
        raise CliError(_reason_of(film) or _("This film could not be prepared."))
    return film
