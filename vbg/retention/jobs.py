"""Erase a family: keys, bytes, rows, what the database file still holds of them. Cut off anywhere, it goes on."""

import uuid

from vbg import log, queue
from vbg.families.models import Family
from vbg.films import intake
from vbg.house import House
from vbg.retention import actions, queries


def erase(house: House, family_id: uuid.UUID) -> None:
    """Do, or finish, an erasure that was asked for. Without its last line in the log it is not done."""
    with house.database.unit(write=False) as session:
        asked = queries.erasure(session, family_id)
        if asked is None or asked.done_at is not None:
            return
        films, uploads = queries.films(session, family_id), queries.uploads(session, family_id)
        standing = session.get(Family, family_id) is not None
    for film in films:
        intake.erase(house, film.id, family_id)
    for upload in uploads:
        # Also the film it may be becoming at this very moment: its key never comes back.
        if upload.film_id:
            house.store.erase(upload.film_id)
        intake.drop(house, None, upload)
    if standing:
        with house.database.unit() as session:
            if queries.films(session, family_id):
                return  # one became a film this very moment: the next sweep takes it along
            actions.drop_rows(session, family_id)
    _forget(house, family_id)


def sweep(house: House) -> None:
    """Ask again for what a kill cut off."""
    with house.database.unit(write=False) as session:
        for family_id in queries.unfinished(session):
            queue.remind(session, "retention.erase", family_id)


def _forget(house: House, family_id: uuid.UUID) -> None:
    """Copies made before a migration hold the family too, and so do freed pages of the database."""
    for copy in house.settings.data.glob("vbg.db.before-*"):
        copy.unlink(missing_ok=True)
    if not house.database.scrub():
        log.line("erasure", family=family_id, state="waits")
        return
    with house.database.unit() as session:
        actions.prove(session, family_id)
