"""What all commands share: how one is added, its settings, what it says while it runs."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from vbg.cli.words import _
from vbg.config import Settings, load

Options: TypeAlias = argparse.Namespace
Parser: TypeAlias = argparse.ArgumentParser
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # its only name
Run: TypeAlias = Callable[[argparse.Namespace], Any]


def shared() -> Parser:
    """The options that each command takes."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, help=_("the folder with database, films and keys"))
    parser.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    return parser


def command(commands: Commands, common: Parser, name: str, run: Run, words: str) -> Parser:
    """A new command; what `run(options)` answers is printed with `--json`, None prints nothing."""
    made = commands.add_parser(name, parents=[common], help=words, description=words)
    made.set_defaults(run=run)
    return made


def settings_of(options: Options) -> Settings:
    """The settings of the named data folder, with the port that was asked for."""
    settings = load(options.data)
    return replace(settings, port=options.port) if getattr(options, "port", None) is not None else settings


def say(options: Options, sentence: str = "") -> None:
    """A line for a person; nothing with `--json`."""
    if not options.json:
        print(sentence, flush=True)


def bar(options: Options) -> Callable[[float], None]:
    """A bar of 30 steps for parts from 0 to 1 on a terminal; nothing elsewhere."""
    shown = not options.json and sys.stderr.isatty()

    def show(part: float) -> None:
        if shown:
            full = round(part * 30)
            end = "\n" if part >= 1 else ""
            print(f"\r  [{'#' * full}{'.' * (30 - full)}] {part:4.0%}", end=end, file=sys.stderr, flush=True)

    return show
