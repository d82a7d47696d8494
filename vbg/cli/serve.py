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
    parser.add_argument(
        "--lan", nargs="?", const="", metavar=_("ADDRESS"),
        help=_("let your own phone on the same Wi-Fi send films, over HTTPS; ADDRESS: which, when there are more"),
    )  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help=_("do not open the browser"))


def serve(options: Options) -> None:
    """Serve the practice until Ctrl-C."""
    settings = settings_of(options)
    opening.current(settings).database.close()
    keep_serving(options, settings, [])


def keep_serving(options: Options, settings: Settings, lines: list[str], extra: dict[str, Any] | None = None) -> None:
    """Serve until Ctrl-C; once it answers, say its address and `lines`, or the address and `extra` as JSON."""
    from vbg import serving

    def ready(address: str, for_phones: str) -> None:
        if options.json:
            told = {"address": address} | ({"lan": for_phones} if for_phones else {})
            print(json.dumps(told | (extra or {})), flush=True)
        for line in [
            _("vbg is ready: {address}", address=address),
            *([_("For your phone: {address}", address=for_phones)] if for_phones else []),
            *lines,
            _("Stop with Ctrl-C. Nothing is lost."),
        ]:
            say(options, line)
        if not options.no_browser:
            webbrowser.open(address)

    try:
        serving.serve(settings, ready, options.lan)
    except serving.ServeError as error:
        raise CliError(_refusal(error.code, settings, options.lan)) from None


def _refusal(code: str, settings: Settings, asked: str | None) -> str:
    return {
        "already_serving": _("This practice is being served already. Use that window, or stop it first."),
        "no_port": _("No port is free near {port}. Say another with --port.", port=settings.port),
        "no_network": _("This computer is in no network. Join the Wi-Fi of your phone first, or leave out --lan."),
        "not_mine": _(
            "{address} is no address of this computer. Say --lan alone, and it finds its own.", address=asked
        ),
        "host_is_open": _(
            "With --lan plain HTTP stays on this computer. Take away VBG_HOST, which says {host}.", host=settings.host
        ),
    }[code]


def work(options: Options) -> None:
    """Do the slow work until told to stop."""
    from vbg import worker

    worker.main(settings_of(options), options.parent)
