"""`vbg backup` and `vbg restore`: a practice kept on another disk, and brought back."""

from pathlib import Path
from typing import Any

from vbg.cli import opening
from vbg.cli.options import Commands, Options, Parser, command, say, settings_of
from vbg.cli.words import _

MEGABYTE = 1_000_000


def add(commands: Commands, shared: Parser) -> None:
    """The two commands."""
    kept = command(commands, shared, "backup", backup, _("copy the practice to another disk, also while it runs"))
    kept.add_argument("folder", type=Path, metavar="DIR", help=_("the folder of the backup, on another disk"))
    back = command(commands, shared, "restore", restore, _("bring a backup back into an empty folder (--data)"))
    back.add_argument("folder", type=Path, metavar="DIR", help=_("the folder of the backup"))
    back.add_argument("--keys", type=Path, metavar="FILE", help=_("your copy of the key file, keys/master.key"))


def backup(options: Options) -> dict[str, Any]:
    """Bring the backup up to date; only what it lacks is copied."""
    from vbg.backup import saving

    house = opening.current(settings_of(options))
    try:
        saved = saving.save(house, options.folder)
    finally:
        house.database.close()
    size = f"{saved.copied_bytes / MEGABYTE:.1f}"
    say(
        options,
        _("The backup is whole: {n} files, of which {new} new ({mb} MB).", n=saved.files, new=saved.copied, mb=size),
    )
    for name in saved.missing:
        say(options, _("Not in the films' store any more, so not in the backup: {name}", name=name))
    key = house.settings.data / "keys" / "master.key"
    say(options, _("The key is not in it. Keep a copy of {key} in another safe place.", key=key))
    say(options, _("The database in it can be read. Keep the backup on a disk that is encrypted."))
    told = {"folder": str(options.folder), "files": saved.files, "bytes": saved.bytes}
    return told | {
        "copied": saved.copied, "copied_bytes": saved.copied_bytes, "missing": saved.missing, "fit": not saved.missing,
    }  # fmt: skip


def restore(options: Options) -> dict[str, Any]:
    """Bring a backup back; each file is looked at."""
    from vbg.backup import restoring

    data = settings_of(options).data
    told = restoring.restore(options.folder, data, options.keys)
    say(
        options,
        _(
            "The practice is back in {folder}: {n} films, {files} files, each as it was.",
            folder=data,
            n=told.films,
            files=told.files,
        ),
    )
    for name in told.missing:
        say(options, _("Not in the backup: {name}", name=name))
    if told.keys == "missing":
        say(
            options,
            _(
                "Put your copy of the key into {key}: without it no film can be opened.",
                key=data / "keys" / "master.key",
            ),
        )
    else:
        say(options, _("The key fits: the films can be opened."))
    say(options, _("Look whether everything is fit: vbg check"))
    return {
        "data": str(data), "practice": told.practice_id, "made_at": told.made_at, "films": told.films,
        "files": told.files, "missing": list(told.missing), "keys": told.keys,
    }  # fmt: skip
