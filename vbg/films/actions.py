"""The verbs of a film. Bytes are the matter of `intake` and `jobs`."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids, queue
from vbg.config import Settings
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries, rules
from vbg.films.forms import Description, NewUpload
from vbg.films.models import Film, Rendition, Upload, Wiping
from vbg.films.rules import Device, State, Wiped
from vbg.reasons import ReasonError
from vbg.store import Sealed
from vbg.viewer import Viewer


def begin_upload(session: Session, viewer: Viewer, form: NewUpload) -> Upload:
    """Make room for a film of one of the viewer's families. ReasonError: unknown_family, film_empty."""
    family = _family(session, viewer, form)
    if not form.length and not form.growing:
        raise ReasonError("film_empty", "length")
    upload = Upload(
        id=ids.new(), family_id=family.id, by_id=viewer.person_id, length=form.length, film_id=ids.new(),
        declared_name=form.filename, recorded_on=form.recorded_on, situation=form.situation, title=form.title,
        told=form.told, sha256=form.sha256, device=form.device, plays=form.plays,
        expires_at=rules.upload_until(clock.now()), session_id=viewer.session_id,
    )  # fmt: skip
    session.add(upload)
    session.flush()
    audit.record(session, viewer, "films.begin_upload", "upload", upload.id, family.id)
    return upload


def keep_upload(session: Session, viewer: Viewer, upload: Upload, sha256: str = "") -> None:
    """More of it came in: it stays a day longer. `sha256` is what its sender says the whole film is."""
    upload.expires_at = rules.upload_until(clock.now())
    upload.sha256 = sha256 or upload.sha256
    session.flush()


def end_upload(session: Session, viewer: Viewer | None, upload: Upload, length: int) -> None:
    """What was still being filmed has its last byte: `length` in all."""
    upload.length = length
    session.flush()
    audit.record(session, viewer, "films.end_upload", "upload", upload.id, upload.family_id)


def drop_upload(session: Session, viewer: Viewer | None, upload: Upload) -> None:
    """Forget an upload; its bytes are dropped by the caller, after the commit."""
    audit.record(session, viewer, "films.drop_upload", "upload", upload.id, upload.family_id)
    session.delete(upload)
    session.flush()


def receive(session: Session, viewer: Viewer | None, upload: Upload, sealed: Sealed, settings: Settings) -> Film:
    """The last byte is safe: the upload becomes a film, on hold without a yes. Twice gives the same."""
    known = session.get(Film, upload.film_id)
    if known is not None:
        return known
    now = clock.now()
    film = Film(
        id=upload.film_id, family_id=upload.family_id, number=queries.next_number(session, upload.family_id),
        declared_name=upload.declared_name, recorded_on=upload.recorded_on, situation=upload.situation,
        title=upload.title, by_id=upload.by_id, size_bytes=sealed.size, sha256=sealed.sha256, created_at=now,
        plays=upload.plays,
    )  # fmt: skip
    session.add(film)
    session.flush()
    kind, media_type = rules.Kind.ORIGINAL, "application/octet-stream"
    original = Rendition(film_id=film.id, kind=kind, media_type=media_type, size_bytes=sealed.size)
    original.sealed_sha256 = sealed.sealed_sha256
    session.add(original)
    family = session.get_one(Family, upload.family_id)
    if family.is_practice_room:
        film.erase_at = rules.practice_until(now, settings.practice_room_hours)
    elif upload.device == Device.COUNSELOR:
        _ask_wiping(session, film)
    _open_or_hold(session, film, settings.hold_days)
    session.flush()
    audit.record(session, viewer, "films.receive", "film", film.id, film.family_id, film.state)
    return film


def release_held(session: Session, viewer: Viewer | None, family: Family) -> list[Film]:
    """A yes came: the family's held films open; those never prepared are prepared now."""
    films = queries.held(session, family.id)
    for film in films:
        _open(session, film)
        audit.record(session, viewer, "films.release", "film", film.id, family.id)
    return films


def hold(session: Session, viewer: Viewer | None, family: Family) -> list[Film]:
    """The yes was withdrawn: nobody sees the family's films any more; they are erased after a while."""
    films = queries.open_films(session, family.id)
    for film in films:
        film.state = State.HELD
        film.erase_at = rules.held_until(clock.now(), rules.WITHDRAWN_DAYS)
        session.flush()
        audit.record(session, viewer, "films.hold", "film", film.id, family.id)
    return films


def follow_consent(session: Session, viewer: Viewer | None, family: Family) -> list[Film]:
    """Bring the family's films in line with what is allowed now; the films that changed."""
    if queries.allowed(session, family.id):
        return release_held(session, viewer, family)
    return hold(session, viewer, family)


def retry(session: Session, viewer: Viewer, film: Film) -> None:
    """Try again to prepare a film that failed. ReasonError: not_failed."""
    if film.state != State.FAILED:
        raise ReasonError("not_failed")
    film.state, film.reason, film.reason_values, film.progress = State.RECEIVED, "", {}, 0.0
    session.flush()
    audit.record(session, viewer, "films.retry", "film", film.id, film.family_id)
    queue.ask(session, "films.prepare", film.id)


def describe(session: Session, viewer: Viewer, film: Film, form: Description) -> Film:
    """Give the film its title, situation and day."""
    film.title, film.situation, film.recorded_on = form.title, form.situation, form.recorded_on
    session.flush()
    audit.record(session, viewer, "films.describe", "film", film.id, film.family_id)
    return film


def remove(session: Session, viewer: Viewer | None, film: Film) -> None:
    """Take a film away for good: hidden at once, key and bytes destroyed by the job that is asked for."""
    film.removed_at = clock.now()
    session.flush()
    audit.record(session, viewer, "films.remove", "film", film.id, film.family_id)
    queue.ask(session, "films.erase", film.id)


def answer_wiping(session: Session, viewer: Viewer, wiping: Wiping, answer: str) -> Wiping:
    """The film is wiped where it came from, or that was the family's own phone; '' opens the reminder again."""
    wiping.answer, wiping.answered_at = answer, clock.now() if answer else None
    session.flush()
    audit.record(session, viewer, "films.answer_wiping", "film", wiping.film_id, wiping.family_id, answer or "open")
    return wiping


def want_still(session: Session, viewer: Viewer | None, film_id: uuid.UUID, at_ms: int) -> None:
    """Ask for the still of a moment: the first frame at or after `at_ms`. Asking twice makes one."""
    kind = rules.still_kind(at_ms)
    if session.scalar(select(Rendition.id).where(Rendition.film_id == film_id, Rendition.kind == kind)):
        return
    session.add(Rendition(film_id=film_id, kind=kind, media_type="image/jpeg", size_bytes=0))
    session.flush()
    queue.ask(session, "films.stills", film_id)


def _family(session: Session, viewer: Viewer, form: NewUpload) -> Family:
    mine = families.receiving_from(viewer)
    which = Family.id == form.family_id if form.family_id else Family.code == form.family
    found = session.scalar(mine.where(which))
    if found is None:
        raise ReasonError("unknown_family", "family")
    return found


def _ask_wiping(session: Session, film: Film) -> None:
    """One reminder a person and film: the same film sent twice lies on the device once."""
    same = Wiping.by_id == film.by_id, Wiping.sha256 == film.sha256, Wiping.answer == Wiped.OPEN
    if session.scalar(select(Wiping.film_id).where(*same).limit(1)) is None:
        session.add(Wiping(film_id=film.id, family_id=film.family_id, by_id=film.by_id, number=film.number,
                           sha256=film.sha256, asked_at=film.created_at))  # fmt: skip


def _open_or_hold(session: Session, film: Film, hold_days: int) -> None:
    if queries.allowed(session, film.family_id):
        queue.ask(session, "films.prepare", film.id)
        return
    film.state = State.HELD
    film.erase_at = rules.held_until(film.created_at, hold_days)


def _open(session: Session, film: Film) -> None:
    film.erase_at = None
    if queries.is_taggable(session, film.id):
        film.state = State.READY
    else:
        film.state = State.RECEIVED
        queue.ask(session, "films.prepare", film.id)
    session.flush()
