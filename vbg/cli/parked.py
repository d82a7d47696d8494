"""`vbg jobs`: work that failed and is tried again, or waits for somebody to say so."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import CliError, _, reason

if TYPE_CHECKING:
    from vbg.queue import Setback


def add(commands: Commands, shared: Parser) -> None:
    """The command."""
    listed = command(commands, shared, "jobs", jobs, _("list the work that did not succeed, and start it again"))
    listed.add_argument("--restart", metavar="ID", help=_("try this one again now; 'all': each of them"))


def jobs(options: Options) -> dict[str, Any]:
    """The list, after what was asked to be started again."""
    from vbg import engine, queue
    from vbg.reasons import NotFoundError

    wanted = _wanted(options.restart)
    house = opening.current(settings_of(options))
    engine.attach(house)
    try:
        with house.database.unit() as session:
            every = [row.id for row in queue.setbacks(session)] if options.restart == "all" else wanted
            restarted = [queue.restart(session, None, one) for one in every]
            rows = queue.setbacks(session)
    except NotFoundError:
        raise CliError(_("No job of this list has the id {id}.", id=options.restart)) from None
    finally:
        house.database.close()
    for row in rows:
        _tell(options, row)
    if not rows:
        say(options, _("Nothing stands still. All work is done or on its way."))
    if restarted:
        say(options, _("{n} started again.", n=len(restarted)))
    return {"jobs": [_facts(row) for row in rows], "restarted": len(restarted)}


def _wanted(told: str | None) -> list[UUID]:
    if told is None or told == "all":
        return []
    try:
        return [UUID(told)]
    except ValueError:
        raise CliError(_("No job of this list has the id {id}.", id=told)) from None


def _tell(options: Options, row: "Setback") -> None:
    from vbg.web.sentences import JOBS

    when = _("next try {at}", at=f"{row.again_at:%Y-%m-%d %H:%M} UTC") if row.again_at else _("waits for you")
    say(options, f"{row.id}  {_(JOBS.get(row.name, row.name))}  ({when})")
    say(options, f"    {reason(row.reason)}")


def _facts(row: "Setback") -> dict[str, Any]:
    again = row.again_at.isoformat() if row.again_at else None
    return {
        "id": str(row.id), "job": row.name, "about": row.ids.split(), "reason": row.reason, "tries": row.tries,
        "first_at": row.first_at.isoformat(), "last_at": row.last_at.isoformat(), "again_at": again,
    }  # fmt: skip
