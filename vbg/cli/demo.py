"""`vbg demo`: the drawn practice."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, bar, command, say
from vbg.cli.serve import add_serving, keep_serving
from vbg.cli.words import CliError, _
from vbg.config import CLONE, Settings, load
from vbg.house import House, HouseError, enter, found, is_demo


def add(commands: Commands, shared: Parser) -> None:
    """The command."""
    served = command(commands, shared, "demo", demo, _("start with a drawn practice to look around in"))
    served.add_argument("--fresh", action="store_true", help=_("begin the demo anew"))
    served.add_argument("--yes", action="store_true", help=_("do not ask"))
    add_serving(served)


def demo(options: Options) -> None:
    """The demo practice: made when it is not there, then served."""
    from vbg.demo import practice

    settings = _settings(options)
    if options.fresh and settings.data.exists():
        _begin_anew(options, settings.data)
    house = _filled(options, settings)
    people = practice.sign_ins(house)
    house.database.close()
    lines = [f"  {one['email']}   {one['password']}   {_(one['role'])}" for one in people]
    lines += [
        _("Try this: open the film of Gezin Merel, press the space bar, and press N when you see something beautiful.")
    ]
    lines += [_("This is a demo: signing in needs no second factor here.")]
    keep_serving(options, settings, lines, {"sign_ins": people})


def _settings(options: Options) -> Settings:
    folder = options.data or (CLONE / "media" / "demo" if (CLONE / "pyproject.toml").is_file() else None)
    settings = replace(load(folder or load().data.parent / "demo"), demo=True)
    return replace(settings, port=options.port) if options.port is not None else settings


def _filled(options: Options, settings: Settings) -> House:
    """The demo's house with all that belongs in it; one that was broken off is taken up again."""
    from vbg import worker
    from vbg.demo import practice
    from vbg.migrations import run as migrations

    try:
        found(settings, demo=True)
    except HouseError as error:
        if error.code != "demo_there":
            raise
    house = opening.current(settings) if (settings.data / "vbg.db").exists() else enter(settings)
    migrations.upgrade(house.database)
    if not practice.is_filled(house):
        say(options, _("Drawing two films, about half a minute..."))
        practice.fill(house, worker.work_off, bar(options))
    return house


def _begin_anew(options: Options, folder: Path) -> None:
    from vbg.demo import practice

    if not is_demo(folder):
        raise CliError(_("{folder} is not a demo. Nothing was erased.", folder=folder))
    house = enter(load(folder))
    added = practice.films_added(house)
    house.database.close()
    if added and not options.yes:
        if not sys.stdin.isatty():
            raise CliError(_("You added {n} films to this demo. Say --yes to erase them.", n=added))
        said = input(_("You added {n} films to this demo. Erase them? (yes/no) ", n=added)).strip().lower()
        if said not in ("yes", "y", "ja", "j"):
            raise CliError(_("Nothing was erased."))
    shutil.rmtree(folder)
