"""`vbg serve` and `vbg worker`: the processes that stay."""

import argparse
import json
import webbrowser
from typing import Any

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import CliError, _
from vbg.config import Settings


def add(commands: Commands, shared: Parser) -> None:
    """Both commands."""
    add_serving(command(commands, shared, "serve", serve, _("serve the practice on this computer")))
    worked = command(commands, shared, "worker", work, _("do the slow work; serve starts one itself"))
    worked.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def add_serving(parser: Parser) -> None:
    """The options of whatever serves."""
    parser.add_argument("--port", type=int, help=_("the port to listen on"))
    parser.add_argument("--no-browser", action="store_true", help=_("do not open the browser"))


def serve(options: Options) -> None:
    """Serve the practice until Ctrl-C."""
    settings = settings_of(options)
    opening.current(settings).database.close()
    keep_serving(options, settings, [])


def keep_serving(options: Options, settings: Settings, lines: list[str], extra: dict[str, Any] | None = None) -> None:
    """Serve until Ctrl-C; once it answers, say its address and `lines`, or the address and `extra` as JSON."""
    from vbg import serving

    def ready(address: str) -> None:
        if options.json:
            print(json.dumps({"address": address} | (extra or {})), flush=True)
        for line in [
            _("vbg is ready: {address}", address=address),
            *lines,
            _("Stop with Ctrl-C. Nothing is lost."),
        ]:
            say(options, line)
        if not options.no_browser:
            webbrowser.open(address)

    try:
        serving.serve(settings, ready)
    except serving.ServeError as error:
        raise CliError(
            _("This practice is being served already. Use that window, or stop it first.")
            if error.code == "already_serving"
            else _("No port is free near {port}. Say another with --port.", port=settings.port)
        ) from None


def work(options: Options) -> None:
    """Do the slow work until told to stop."""
    from vbg import worker

    worker.main(settings_of(options), options.parent)
