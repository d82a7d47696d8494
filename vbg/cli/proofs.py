"""`vbg test`: everything that is proven."""

import argparse
import sys

from vbg.cli.options import Commands, Options, Parser, command
from vbg.cli.words import _


def add(commands: Commands, shared: Parser) -> None:
    """The command."""
    tested = command(commands, shared, "test", test, _("prove that everything works"))
    tested.add_argument("--full", action="store_true", help=_("with the long proofs"))
    tested.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def test(options: Options) -> None:
    """Run the tests; ends with pytest's exit code."""
    from vbg import testing

    sys.exit(testing.run(options.full, [one for one in options.rest if one != "--"]))
