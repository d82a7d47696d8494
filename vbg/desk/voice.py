"""A spoken note of after a visit: three minutes at most, sealed with the family's newest film, and gone with it.

It is a thing of that film like a still or a clip, so backup, night watch and erasing know it without being told.
"""

import uuid
from io import BytesIO
from typing import Final, NamedTuple

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit
from vbg.films import queries as films
from vbg.films.models import Film, Rendition
from vbg.reasons import NotFoundError
from vbg.store import StoreError
from vbg.viewer import Audience, Viewer
from vbg.visits import queries
from vbg.visits.models import Visit
from vbg.web import media
from vbg.web.access import opens_to
from vbg.web.request import house, session, viewer

bp = Blueprint("desk_voice", __name__)
MOST_BYTES: Final = 6 * 1024**2
"""Three minutes as the most generous browser records them, twice over."""
TYPES: Final = ("audio/webm", "audio/mp4", "audio/ogg")
OWN: Final = ("localhost", "127.0.0.1", "[::1]")


class Spoken(NamedTuple):
    """What came in, and what kind of sound it says it is."""

    sound: bytes
    media_type: str


class Place(NamedTuple):
    """Where a visit's spoken note is: the film it lies with, or would; what was spoken, if anything was."""

    film: Film | None
    said: Rendition | None


def may_speak() -> bool:
    """Whether a browser gives its microphone to this address: over HTTPS, or on the computer itself."""
    return request.is_secure or request.host.rsplit(":", 1)[0] in OWN


def received() -> Spoken:
    """The body of this request. 413 when it is too much or says no length, 415 when it is no sound."""
    if not 0 < (request.content_length or 0) <= MOST_BYTES:
        abort(413)
    if request.mimetype not in TYPES:
        abort(415)
    return Spoken(request.get_data(cache=False), request.mimetype)


def place_of(session: Session, viewer: Viewer, family_id: uuid.UUID, visit: Visit | None) -> Place:
    """The place of a visit's spoken note; without a film of the family there is none."""
    mine = films.visible_to(viewer).where(Film.family_id == family_id)
    said = None
    if visit is not None:
        ids = mine.with_only_columns(Film.id)
        said = session.scalar(select(Rendition).where(Rendition.kind == _kind(visit.id), Rendition.film_id.in_(ids)))
    if said is not None:
        return Place(session.get_one(Film, said.film_id), said)
    return Place(session.scalar(mine.order_by(Film.number.desc()).limit(1)), None)


def keep(session: Session, viewer: Viewer, visit: Visit, spoken: Spoken) -> None:
    """Seal it. 409 when this visit has one already; NotFoundError when there is no film to lie with."""
    place = place_of(session, viewer, visit.family_id, visit)
    if place.said is not None:
        abort(409)
    if place.film is None:
        raise NotFoundError
    kind = _kind(visit.id)
    try:
        sealed = house().store.put(place.film.id, kind, 1, BytesIO(spoken.sound))
    except StoreError as error:
        raise NotFoundError from error
    kept = Rendition(film_id=place.film.id, kind=kind, media_type=spoken.media_type, size_bytes=sealed.size)
    kept.sealed_sha256 = sealed.sealed_sha256
    session.add(kept)
    session.flush()
    audit.record(session, viewer, "visit.speak", "visit", visit.id, visit.family_id)


def _kind(visit_id: uuid.UUID) -> str:
    return f"voice-{visit_id.hex}"


def _said(visit_id: uuid.UUID) -> tuple[Visit, Rendition]:
    visit = queries.one(session(), viewer(), visit_id)
    said = place_of(session(), viewer(), visit.family_id, visit).said
    if said is None:
        raise NotFoundError
    return visit, said


@bp.get("/visits/<uuid:visit_id>/voice")
@opens_to(Audience.STAFF)
def show(visit_id: uuid.UUID) -> Response:
    """What was spoken, for its team alone."""
    _visit, said = _said(visit_id)
    return media.answer(said, media.etag_of(said.id, said.sealed_sha256))


@bp.post("/visits/<uuid:visit_id>/voice/removal")
@opens_to(Audience.STAFF)
def erase(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Erase what was spoken, for good."""
    visit, said = _said(visit_id)
    session().delete(said)
    session().flush()
    audit.record(session(), viewer(), "visit.erase_voice", "visit", visit.id, visit.family_id)
    house().store.erase_rendition(said.film_id, said.kind, said.version)
    flash(_("Erased."))
    return redirect(url_for("desk_after.show", family_id=visit.family_id, visit=visit.id))
