"""The command line: words at the edge, exit codes 0 done, 1 failed, 2 wrong use."""

import argparse
import json
import os
import shutil
import sys
import time
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from babel.support import NullTranslations, Translations
from sqlalchemy.exc import DatabaseError

from vbg import clock
from vbg.config import CLONE, Settings, SettingsError, load
from vbg.house import House, HouseError, enter, found, is_demo
from vbg.reasons import ReasonError


class CliError(Exception):
    """Ends the command with exit code 1 and this sentence."""


@lru_cache
def _catalogue() -> NullTranslations:
    asked = os.environ.get("VBG_LANGUAGE") or "nl"
    return Translations.load(Path(__file__).parent / "translations", [asked])


def _(text: str, **values: object) -> str:
    return _catalogue().gettext(text).format(**values)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Never a traceback for what a person can mend."""
    options = _parser().parse_args(argv)
    try:
        answer = options.run(options)
    except (CliError, SettingsError) as error:
        return _fail(options, str(error))
    except HouseError as error:
        return _fail(options, _house_words(error))
    except ReasonError as error:
        return _fail(options, _reason(error))
    except BrokenPipeError:
        return 1
    except TOMLDecodeError as error:
        return _fail(options, _("vbg.toml cannot be read: {why}.", why=error))
    except OSError as error:
        return _fail(options, _("{file} cannot be used: {why}.", file=error.filename or "vbg", why=error.strerror))
    except DatabaseError:
        return _fail(options, _("The database cannot be used. Look what is wrong with: vbg check"))
    except KeyboardInterrupt:
        return 130
    if options.json and answer is not None:
        print(json.dumps(answer))
    return 1 if isinstance(answer, dict) and answer.get("fit") is False else 0


def _fail(options: argparse.Namespace, sentence: str) -> int:
    if options.json:
        print(json.dumps({"error": sentence}))
    print(f"vbg: {sentence}", file=sys.stderr)
    return 1


def _reason(error: ReasonError) -> str:
    from vbg.web.sentences import REASONS

    return _(REASONS.get(error.code, REASONS["unclear"]), **error.values)


def _house_words(error: HouseError) -> str:
    return {
        "no_practice": _("There is no practice in {folder} yet. Make one with: vbg init", folder=error.folder),
        "practice_there": _("There is a practice in {folder} already. Nothing was changed.", folder=error.folder),
        "demo_there": _("{folder} holds the demo. Choose another folder with --data.", folder=error.folder),
    }[error.code]


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, help=_("the folder with database, films and keys"))
    shared.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    parser = argparse.ArgumentParser("vbg", description=_("Look together at what already works."))
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("command"))

    def add(name: str, run: Callable[[argparse.Namespace], Any], words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[shared], help=words, description=words)
        command.set_defaults(run=run)
        return command

    served = add("demo", demo, _("start with a drawn practice to look around in"))
    served.add_argument("--fresh", action="store_true", help=_("begin the demo anew"))
    served.add_argument("--yes", action="store_true", help=_("do not ask"))
    tested = add("test", test, _("prove that everything works"))
    tested.add_argument("--full", action="store_true", help=_("with the long proofs"))
    tested.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    made = add("init", init, _("make a practice and its first counselor"))
    made.add_argument("--practice", help=_("the practice's name"))
    made.add_argument("--name", help=_("the counselor's name"))
    made.add_argument("--email", help=_("the counselor's e-mail address"))
    made.add_argument("--country", choices=("BE", "NL"), default="BE", help=_("the country whose rules apply"))
    for command in (served, add("serve", serve, _("serve the practice on this computer"))):
        command.add_argument("--port", type=int, help=_("the port to listen on"))
        command.add_argument("--no-browser", action="store_true", help=_("do not open the browser"))
    worked = add("worker", work, _("do the slow work; serve starts one itself"))
    worked.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    for name, run, words in (
        ("signin", sign_in, _("print a link with which somebody can sign in again")),
        ("token", token, _("print a token with which a program can sign in")),
    ):
        add(name, run, words).add_argument("email", help=_("who"))
    taken = add("ingest", ingest, _("bring in a film file"))
    taken.add_argument("file", type=Path, help=_("the film"))
    taken.add_argument("--family", required=True, help=_("the family's code name or id"))
    taken.add_argument("--situation", default="", help=_("what is done: meal, free_play, ..."))
    taken.add_argument("--wait", action="store_true", help=_("wait until it can be labelled"))
    add("check", check, _("look whether everything is fit"))
    add("migrate", migrate, _("bring the database to this version"))
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    settings = load(options.data)
    return replace(settings, port=options.port) if getattr(options, "port", None) is not None else settings


def _say(options: argparse.Namespace, sentence: str = "") -> None:
    if not options.json:
        print(sentence, flush=True)


def init(options: argparse.Namespace) -> dict[str, Any]:
    """Make a practice and its first counselor, and print her one-use link."""
    from vbg.migrations import run as migrations
    from vbg.people import actions, queries

    settings = _settings(options)
    asked = {
        name: getattr(options, name) or _ask(question)
        for name, question in (
            ("practice", _("Name of the practice: ")), ("name", _("Your name: ")), ("email", _("Your e-mail: ")),
        )
    }  # fmt: skip
    practice_id = found(settings)
    house = enter(settings)
    migrations.upgrade(house.database)
    zone = "Europe/Amsterdam" if options.country == "NL" else "Europe/Brussels"
    with house.database.unit() as session:
        actions.found_practice(session, practice_id, asked["practice"], options.country, zone)
        person = actions.add_person(session, None, practice_id, asked["name"], asked["email"], "counselor")
        code = actions.make_code(session, queries.viewer_of(person), person)
    link = _link(settings, code)
    _say(options, _("The practice is ready in {folder}.", folder=settings.data))
    _say(options, _("1. Start it: vbg serve    2. Choose your password: {link}", link=link))
    _say(
        options,
        _(
            "Keep a copy of {keys} in a safe place: without it no film can be opened.",
            keys=settings.data / "keys",
        ),
    )
    return {"data": str(settings.data), "link": link, "code": code}


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise CliError(_("Say --practice, --name and --email."))
    return input(question).strip()


def _link(settings: Settings, code: str) -> str:
    return f"http://{settings.host}:{settings.port}/code?c={code}"


def _current(settings: Settings) -> House:
    """The house with its database at this version; an older SQLite is copied first, then migrated."""
    from vbg.migrations import run as migrations

    house = enter(settings)
    state = migrations.state(house.database)
    if state == "newer":
        raise CliError(_("This practice was used with a newer vbg. Install that version, or a newer one."))
    if state in ("older", "empty"):
        if not house.database.url.startswith("sqlite"):
            raise CliError(_("The database is of an older version. Run: vbg migrate"))
        _copy(house, settings.data / f"vbg.db.before-{clock.now():%Y%m%d-%H%M%S}")
        migrations.upgrade(house.database)
    return house


def _copy(house: House, copy: Path) -> None:
    """All of an SQLite database, also what stands in its write-ahead log only; for its owner alone."""
    os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
    pooled = house.database.engine.raw_connection()
    source: Any = pooled.driver_connection
    target = type(source)(str(copy))  # of the same driver: pysqlite3 or the stdlib's
    try:
        source.backup(target)
    finally:
        target.close()
        pooled.close()


def migrate(options: argparse.Namespace) -> dict[str, Any]:
    """Bring the database to this version."""
    from vbg.migrations import run as migrations

    house = enter(_settings(options))
    if migrations.state(house.database) == "newer":
        raise CliError(_("This practice was used with a newer vbg. Install that version, or a newer one."))
    migrations.upgrade(house.database)
    _say(options, _("The database is of this version."))
    return {"state": migrations.state(house.database)}


def serve(options: argparse.Namespace) -> None:
    """Serve the practice until Ctrl-C."""
    settings = _settings(options)
    _current(settings).database.close()
    _serve(options, settings, [])


def _serve(
    options: argparse.Namespace, settings: Settings, lines: list[str], extra: dict[str, Any] | None = None
) -> None:
    from vbg import serving

    def ready(address: str) -> None:
        if options.json:
            print(json.dumps({"address": address} | (extra or {})), flush=True)
        for line in [
            _("vbg is ready: {address}", address=address),
            *lines,
            _("Stop with Ctrl-C. Nothing is lost."),
        ]:
            _say(options, line)
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


def demo(options: argparse.Namespace) -> None:
    """The demo practice: made when it is not there, then served."""
    from vbg import worker
    from vbg.demo import practice
    from vbg.migrations import run as migrations

    folder = options.data or (CLONE / "media" / "demo" if (CLONE / "pyproject.toml").is_file() else None)
    settings = replace(load(folder or load().data.parent / "demo"), demo=True)
    settings = replace(settings, port=options.port) if options.port is not None else settings
    if options.fresh and settings.data.exists():
        _begin_anew(options, settings.data)
    try:
        found(settings, demo=True)
    except HouseError as error:
        if error.code != "demo_there":
            raise
    house = _current(settings) if (settings.data / "vbg.db").exists() else enter(settings)
    migrations.upgrade(house.database)
    if not practice.is_filled(house):
        _say(options, _("Drawing two films, about half a minute..."))
        practice.fill(house, worker.work_off, _bar(options))
    people = practice.sign_ins(house)
    house.database.close()
    lines = [f"  {one['email']}   {one['password']}   {_(one['role'])}" for one in people]
    lines += [
        _("Try this: open the film of Gezin Merel, press the space bar, and press N when you see something beautiful.")
    ]
    lines += [_("This is a demo: signing in needs no second factor here.")]
    _serve(options, settings, lines, {"sign_ins": people})


def _begin_anew(options: argparse.Namespace, folder: Path) -> None:
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


def _bar(options: argparse.Namespace) -> Callable[[float], None]:
    """A bar of 30 steps on a terminal; nothing elsewhere."""
    shown = not options.json and sys.stderr.isatty()

    def show(part: float) -> None:
        if shown:
            full = round(part * 30)
            end = "\n" if part >= 1 else ""
            print(f"\r  [{'#' * full}{'.' * (30 - full)}] {part:4.0%}", end=end, file=sys.stderr, flush=True)

    return show


def work(options: argparse.Namespace) -> None:
    """Do the slow work until told to stop."""
    from vbg import worker

    worker.main(_settings(options), options.parent)


def sign_in(options: argparse.Namespace) -> dict[str, str]:
    """A one-use link for somebody who lost everything; written in the log of the practice."""
    from vbg.people import actions, rules

    settings = _settings(options)
    with _current(settings).database.unit() as session:
        code = actions.make_code(session, None, _person(session, options.email), rules.LINK_LIFE)
    link = _link(settings, code)
    _say(options, _("This link works once, for half an hour: {link}", link=link))
    return {"link": link}


def token(options: argparse.Namespace) -> dict[str, str]:
    """A bearer token, shown once."""
    from vbg.people import actions

    with _current(_settings(options)).database.unit() as session:
        made = actions.make_token(session, _person(session, options.email))
    _say(options, made)
    return {"token": made}


def _person(session: Any, email: str) -> Any:
    from vbg.people import queries

    person = queries.by_email(session, email)
    if person is None:
        raise CliError(_("Nobody signs in with {email} here.", email=email))
    return person


def ingest(options: argparse.Namespace) -> dict[str, Any]:
    """Bring in a film as the family's first counselor; done when it is safely received."""
    from vbg.films import cli as films

    if not options.file.is_file():
        raise CliError(_("There is no file {file}.", file=options.file))
    house = _current(_settings(options))
    film = films.take(house, options.file, options.family, options.situation)
    if film is None:
        raise CliError(_("No family is called {family} here.", family=options.family))
    if options.wait:
        film = _wait(options, house, film["id"])
    _say(options, f"{film['id']}  {film['state']}  {_reason_of(film)}".rstrip())
    return film


def _reason_of(film: dict[str, Any]) -> str:
    from vbg.web.sentences import REASONS

    return _(REASONS.get(film["reason"], ""), **film["values"]) if film.get("reason") else ""


def _wait(options: argparse.Namespace, house: House, film_id: str) -> dict[str, Any]:
    from vbg import engine, worker
    from vbg.films import cli as films

    show = _bar(options)
    if not engine.is_beating(house.settings.data):
        worker.work_off(house)
    while (film := films.state(house, film_id))["state"] in ("received", "preparing"):
        show(film["progress"])
        time.sleep(0.2)
    show(1.0)
    if film["state"] == "failed":
        raise CliError(_reason_of(film) or _("This film could not be prepared."))
    return film


def check(options: argparse.Namespace) -> dict[str, Any]:
    """The doctor: one line for each thing, in words that can be read out on the phone."""
    from vbg import doctor

    findings = doctor.look(_settings(options))
    for one in findings:
        mark = _("good") if one.fit else _("not good")
        _say(options, f"{mark:9} {_check_words(one.what, one.code)}")
    fit = all(one.fit for one in findings)
    _say(options, _("Everything is fit.") if fit else _("Read the lines above that say: not good."))
    return {
        "fit": fit,
        "findings": [{"what": one.what, "code": one.code, "fit": one.fit} for one in findings],
    }


def _check_words(what: str, code: str) -> str:
    from vbg.doctor_words import SENTENCES

    return _(SENTENCES.get((what, code)) or SENTENCES[(what, "")], code=code)


def test(options: argparse.Namespace) -> None:
    """Everything that is proven."""
    from vbg import testing

    sys.exit(testing.run(options.full, [one for one in options.rest if one != "--"]))


if __name__ == "__main__":
    sys.exit(main())
