"""Opening the house of a practice at this program's version of its tables."""

from vbg import clock
from vbg.cli.words import CliError, _
from vbg.config import Settings
from vbg.house import House, enter


def current(settings: Settings) -> House:
    """The house with its database at this version; an older SQLite is copied first, then migrated."""
    house = enter(settings)
    if not house.database.url.startswith("sqlite"):
        if not_newer(house) != "current":
            raise CliError(_("The database is of an older version. Run: vbg migrate"))
        return house
    bring_up(house)
    return house


def bring_up(house: House) -> None:
    """Migrate an older database; an SQLite one is copied first."""
    from vbg.migrations import run as migrations

    if not_newer(house) == "current":
        return
    if house.database.url.startswith("sqlite"):
        house.database.copy_to(house.settings.data / f"vbg.db.before-{clock.now():%Y%m%d-%H%M%S}")
    migrations.upgrade(house.database)


def not_newer(house: House) -> str:
    """'empty', 'older' or 'current'. CliError when a newer vbg used it."""
    from vbg.migrations import run as migrations

    state = migrations.state(house.database)
    if state == "newer":
        raise CliError(_("This practice was used with a newer vbg. Install that version, or a newer one."))
    return state
