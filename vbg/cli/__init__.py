"""The command line: words at the edge, exit codes 0 done, 1 failed, 2 wrong use.

A command is a function `run(options)` in a module with `add(commands, shared)`; the module stands in `GROUPS`.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from vbg.cli import check, demo, exchange, films, keep, options, parked, people, practice, proofs, serve
from vbg.cli.words import TOLD, CliError, _, sentence_of

GROUPS = (demo, proofs, practice, serve, people, films, keep, exchange, check, parked)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Never a traceback for what a person can mend."""
    asked = _asked(argv)
    try:
        answer = asked.run(asked)
    except CliError as error:
        return _fail(asked, str(error))
    except BrokenPipeError:
        return 1
    except TOLD as error:
        return _fail(asked, sentence_of(error))
    except KeyboardInterrupt:
        return 130
    if asked.json and answer is not None:
        print(json.dumps(answer))
    return 1 if isinstance(answer, dict) and answer.get("fit") is False else 0


def _asked(argv: Sequence[str] | None) -> argparse.Namespace:
    """What was typed. Only `test` takes words that are not ours, and hands them on to pytest, options first or not."""
    parser = _parser()
    asked, others = parser.parse_known_args(argv)
    if asked.command != "test":
        return parser.parse_args(argv)
    asked.rest = [*others, *asked.rest]
    return asked


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("vbg", description=_("Look together at what already works."))
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("command"))
    shared = options.shared()
    for group in GROUPS:
        group.add(commands, shared)
    return parser


def _fail(asked: argparse.Namespace, sentence: str) -> int:
    if asked.json:
        print(json.dumps({"error": sentence}))
    print(f"vbg: {sentence}", file=sys.stderr)
    return 1
