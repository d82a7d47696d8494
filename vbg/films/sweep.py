"""Finds what was left undone with films by a kill, a full disk or the passing of time, and asks for it again."""

import uuid

from sqlalchemy import delete

from vbg import clock, queue
from vbg.families.models import Family
from vbg.films import actions, intake, queries, rules, scrub
from vbg.films.models import Rendition, Upload
from vbg.films.rules import Kind
from vbg.house import House
from vbg.store import StoreError


def sweep(house: House) -> None:
    """Find what was left undone by a kill, a full disk or the passing of time, and ask for it again."""
    with house.database.unit(write=False) as session:
        astray = queries.out_of_step(session)
        for film_id in (*queries.unprepared(session), *queries.undressed(session))[: queue.AT_ONCE]:
            queue.remind(session, "films.prepare", film_id)
        for film in queries.heavy(session, queue.AT_ONCE):
            queue.remind(session, rules.lightening(film.play_codec), film.id)
        for film_id in queries.films_wanting_stills(session)[: queue.AT_ONCE]:
            queue.remind(session, "films.stills", film_id)
        for film_id in queries.due(session, clock.now()):
            queue.remind(session, "films.erase", film_id)
        scrub.ask_at_night(house, session)
    for family_id in astray:
        follow_consent(house, family_id)
    _sweep_versions(house)
    _sweep_uploads(house)


def follow_consent(house: House, family_id: uuid.UUID) -> None:
    """Open or close a family's films as its answers say now."""
    with house.database.unit() as session:
        family = session.get(Family, family_id)
        if family is not None:
            actions.follow_consent(session, None, family)


def _sweep_versions(house: House) -> None:
    """Who began with a version before it gave way may play on; then it goes, the bytes first."""
    with house.database.unit(write=False) as session:
        old = queries.given_way(session, clock.now() - rules.GIVEN_WAY)
    for made in old:
        house.store.erase_rendition(made.film_id, made.kind, made.version)
        with house.database.unit() as session:
            session.execute(delete(Rendition).where(Rendition.id == made.id))


def _sweep_uploads(house: House) -> None:
    lying = set(house.store.upload_ids())  # before the rows: an upload has its row first, so none that lives is missed
    with house.database.unit(write=False) as session:
        expired = queries.expired_uploads(session, clock.now())
        unfinished = queries.unfinished_uploads(session)
        known = queries.upload_ids(session)
    for upload in unfinished:
        if upload not in expired and _is_complete(house, upload):
            intake.finish(house, None, upload)
    for upload in expired:
        if upload.length or not intake.rescue(house, upload):
            intake.drop(house, None, upload)
    for upload_id in lying - known:
        house.store.drop_upload(upload_id)


def _is_complete(house: House, upload: Upload) -> bool:
    try:
        return bool(upload.length) and house.store.upload_size(upload.id) == upload.length
    except StoreError:
        return upload.film_id is not None and house.store.has(upload.film_id, Kind.ORIGINAL, 1)
