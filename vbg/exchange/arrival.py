"""`vbg import`: moments from a file onto a film. All of the file is looked at before anything is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.exchange import csv_table, vbg_json, webvtt
from vbg.exchange.rows import LineError, Row
from vbg.films.models import Film
from vbg.goals import queries as goals
from vbg.house import House
from vbg.moments import actions, queries, rules
from vbg.moments.forms import MomentIn
from vbg.moments.models import Moment
from vbg.reasons import ReasonError
from vbg.tagsets.queries import Labels
from vbg.viewer import Viewer
from vbg.web.words import code_of

READERS: dict[str, Callable[[str], Iterator[Row]]] = {
    ".json": vbg_json.read, ".vtt": webvtt.read, ".csv": csv_table.read,
}  # fmt: skip
LARGEST_BYTES = 64 * 1024**2
BATCH = 50
"""Moments a transaction: whoever labels meanwhile never waits long."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many moments are new, and how many were there already and stay as they are."""

    new: int
    there: int


def take(house: House, viewer: Viewer, film_id: UUID, file: Path) -> Taken:
    """Bring the file's moments onto the film; once more brings nothing twice.

    Raises NotFoundError, LineError (a line of the file), ReasonError (import_format, too_large,
    import_not_text, film_not_ready), OSError.
    """
    rows = list(_read(file))
    with house.database.unit(write=False) as session:
        forms = _checked(session, viewer, film_id, rows)
        there = _there(session, film_id, forms)
    fresh = [form for form in forms if form.id not in there]
    for first in range(0, len(fresh), BATCH):
        with house.database.unit() as session:
            film = queries.film(session, viewer, film_id)
            for form in fresh[first : first + BATCH]:
                actions.mark_on(session, viewer, film, form)
    return Taken(len(fresh), len(forms) - len(fresh))


def _read(file: Path) -> Iterator[Row]:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise ReasonError("import_format")
    if file.stat().st_size > LARGEST_BYTES:
        raise ReasonError("too_large")
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ReasonError("import_not_text") from None
    return reader(text)


def _checked(session: Session, viewer: Viewer, film_id: UUID, rows: list[Row]) -> list[MomentIn]:
    """Each row as a new moment that the film will take. LineError."""
    film = queries.film(session, viewer, film_id)
    if film.state != "ready" or not film.duration_ms:
        raise ReasonError("film_not_ready")
    seen: dict[UUID, int] = {}
    forms, labels = [], Labels(session)
    for row in rows:
        form = _form(row, film_id, seen)
        try:
            rules.check_span(form.start_ms, form.end_ms, film.duration_ms)
            rules.check_marks([mark.model_dump() for mark in form.marks], labels, film.duration_ms)
        except ReasonError as error:
            raise LineError(row.line, error.code, **error.values) from None
        if len(goals.ids_of(session, film.family_id, form.goals)) < len(form.goals):
            raise LineError(row.line, "unknown_goal")
        forms.append(form)
    return _unclaimed(session, film, forms, rows)


def _form(row: Row, film_id: UUID, seen: dict[UUID, int]) -> MomentIn:
    moment_id = row.id or _derived(row, film_id, seen)
    if moment_id in seen:
        raise LineError(row.line, "id_taken")
    seen[moment_id] = row.line
    try:
        return MomentIn.model_validate({
            "id": moment_id, "start_ms": row.start_ms, "end_ms": row.end_ms, "words": row.words,
            "marks": [{"tag": tag, "at_ms": at_ms} for tag, at_ms in row.marks], "goals": list(row.goals),
            "who_began": row.who_began, "chosen": row.chosen, "photo_ms": row.photo_ms,
        } | {name: getattr(row, name) for name in rules.LINES})  # fmt: skip
    except ValidationError as error:
        code, values = code_of(error.errors()[0])
        raise LineError(row.line, code, **values) from None


def _derived(row: Row, film_id: UUID, seen: dict[UUID, int]) -> UUID:
    """An id for a moment whose file has none: the same for the same moment, so that it comes only once."""
    told = f"{row.start_ms}|{row.end_ms}|{row.marks}|{row.words}"
    again = 0
    while (found := uuid5(film_id, f"{told}|{again}")) in seen:
        again += 1
    return found


def _unclaimed(session: Session, film: Film, forms: list[MomentIn], rows: list[Row]) -> list[MomentIn]:
    """The forms, none of which bears the id of a moment of another film. LineError id_taken."""
    lines = {form.id: row.line for form, row in zip(forms, rows, strict=True) if form.id}
    for part in _parts(list(lines)):
        taken = session.scalars(select(Moment.id).where(Moment.id.in_(part), Moment.film_id != film.id)).all()
        if taken:
            raise LineError(min(lines[one] for one in taken), "id_taken")
    return forms


def _there(session: Session, film_id: UUID, forms: list[MomentIn]) -> set[UUID | None]:
    """Which of them the film has already, also in its trash."""
    return {
        one.id
        for part in _parts([form.id for form in forms if form.id])
        for one in queries.by_ids(session, film_id, part)
    }


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    yield from (ids[first : first + 500] for first in range(0, len(ids), 500))
