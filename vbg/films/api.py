"""Films over the JSON interface, and their picture and sound in pieces."""

import json
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from vbg import audit, clock
from vbg.audit import AuditLine
from vbg.families import queries as families
from vbg.films import actions, queries, rules
from vbg.films.forms import Changes, WipingIn
from vbg.films.models import Film, Rendition, Wiping
from vbg.films.rules import Kind, State
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience
from vbg.web import media
from vbg.web.access import opens_to
from vbg.web.api import body, page
from vbg.web.request import house, session, viewer
from vbg.web.words import say

api = Blueprint("films_api", __name__, url_prefix="/api/v1")
PAGE = 50
WATCH_MINUTES = 10


def reason_of(film: Film) -> str:
    """Why the film failed or is incomplete, as a sentence; empty when all is well."""
    return say(film.reason, **film.reason_values) if film.reason else ""


def notes_of(film: Film) -> list[dict[str, str]]:
    """What is worth saying of the film, the gravest first: `{code, text}`."""
    return [{"code": note["code"], "text": say(note["code"], **note["values"])} for note in film.notes]


def says_of(film: Film) -> str:
    """What is being done with a film that is not ready, and about how long it takes; empty for any other."""
    if film.state not in rules.WAITING:
        return ""
    return " ".join((say(f"film_step_{film.step or 'waits'}"), *_left(film.left_s)))


def _left(seconds: int | None) -> Sequence[str]:
    if seconds is None:
        return ()
    if seconds < rules.MINUTE_S:
        return (_("Less than a minute left."),)
    minutes = round(seconds / 60)
    return (ngettext("About a minute left.", "About %(num)s minutes left.", minutes),)


def shown(film: Film) -> dict[str, Any]:
    """The film as programs get it. Of a film on hold nothing measured is told."""
    seen, under_way = film.state != State.HELD, film.state in rules.WAITING
    return {
        "id": str(film.id), "family_id": str(film.family_id), "number": film.number, "title": film.title,
        "situation": film.situation, "recorded_on": _text(film.recorded_on), "state": film.state,
        "progress": 1.0 if film.state == State.READY else film.progress,
        "step": (film.step or None) if under_way else None, "left_s": film.left_s if under_way else None,
        "says": says_of(film) or None,
        "reason": (reason_of(film) or None) if seen else None,
        "reason_code": (film.reason or None) if seen else None,
        "duration_ms": film.duration_ms if seen else None, "frame_count": film.frame_count if seen else None,
        "width": film.width if seen else None, "height": film.height if seen else None,
        "play_codec": (film.play_codec or None) if seen else None,
        "notes": notes_of(film) if seen else [], "record": film.record if seen else {},
        "incomplete": film.incomplete, "offset_us": film.offset_us, "sound": film.sound,
        "created_at": film.created_at.isoformat(), "erase_at": _text(film.erase_at),
    }  # fmt: skip


@api.get("/families/<uuid:family_id>/films")
@opens_to(Audience.STAFF)
def index(family_id: uuid.UUID) -> dict[str, object]:
    """The family's films, newest first."""
    family = families.one(session(), viewer(), family_id)
    cursor = request.args.get("cursor", "")
    before = int(cursor) if cursor.isdecimal() and len(cursor) < 10 else None
    films, following = queries.page_of_family(session(), viewer(), family.id, before, PAGE)
    return page([shown(film) for film in films], None if following is None else str(following))


@api.get("/films/<uuid:film_id>")
@opens_to(Audience.STAFF)
def show(film_id: uuid.UUID) -> dict[str, Any]:
    """One film: its state, its measured truth, which film is the very same, whether it is wiped where it came from."""
    film = queries.one(session(), viewer(), film_id)
    same = queries.same_as(session(), viewer(), film)
    asked = queries.wiping(session(), viewer(), film.id)
    return shown(film) | {
        "same_as": _same(same) if same else None, "wiping": _wiping(asked) if asked else None,
    }  # fmt: skip


def _same(film: Film) -> dict[str, Any]:
    family = film.family
    return {
        "id": str(film.id), "number": film.number, "family_id": str(family.id), "family": family.code,
        "is_practice": family.is_practice_room,
    }  # fmt: skip


def _wiping(asked: Wiping) -> dict[str, Any]:
    return {
        "answer": asked.answer, "asked_at": asked.asked_at.isoformat(), "answered_at": _text(asked.answered_at),
    }  # fmt: skip


@api.put("/films/<uuid:film_id>/wiping")
@opens_to(Audience.STAFF)
def wiping(film_id: uuid.UUID) -> dict[str, Any]:
    """What became of the film on the device it came from: `done`, `theirs` (the family's own phone), '' = open."""
    form = body(WipingIn)
    asked = queries.wiping(session(), viewer(), film_id)
    if asked is None:
        raise NotFoundError
    return _wiping(actions.answer_wiping(session(), viewer(), asked, form.answer))


@api.patch("/films/<uuid:film_id>")
@opens_to(Audience.STAFF)
def update(film_id: uuid.UUID) -> dict[str, Any]:
    """Its title, situation or day."""
    film = queries.one(session(), viewer(), film_id)
    return shown(actions.describe(session(), viewer(), film, body(Changes).over(film)))


@api.delete("/films/<uuid:film_id>")
@opens_to(Audience.STAFF)
def erase(film_id: uuid.UUID) -> tuple[str, int]:
    """Remove a film for good."""
    actions.remove(session(), viewer(), queries.one(session(), viewer(), film_id))
    return "", 204


@api.get("/films/<uuid:film_id>/media")
@opens_to(Audience.STAFF)
def media_of(film_id: uuid.UUID) -> Response:
    """At most 2 MiB of the film that plays: of version `v`, or the one that If-Range names, else of the newest."""
    film = queries.watched(session(), viewer(), film_id)
    play = queries.rendition(session(), film.id, Kind.PLAY, _is_begun)
    _note_watching(film)
    return media.answer(play, _etag(play))


@api.get("/films/<uuid:film_id>/frames")
@opens_to(Audience.STAFF)
def frames(film_id: uuid.UUID) -> Response:
    """`{"times_us": [...]}`: when each frame is shown, the first at 0.

    `shape=steps` gives `{"steps_us": [...]}` instead, from each time to the next: a fraction of the bytes.
    """
    answer = _small(film_id, Kind.FRAMES)
    answer.headers.pop("ETag", None)  # never kept by a browser, so no version to name: it goes out squeezed
    return _shaped(answer, "steps", lambda told: {"steps_us": rules.steps(told["times_us"])})


@api.get("/films/<uuid:film_id>/poster")
@opens_to(Audience.STAFF)
def poster(film_id: uuid.UUID) -> Response:
    """One picture of the film (JPEG)."""
    return _small(film_id, Kind.POSTER)


@api.get("/films/<uuid:film_id>/filmstrip")
@opens_to(Audience.STAFF)
def filmstrip(film_id: uuid.UUID) -> Response:
    """All tiles in one row (JPEG)."""
    return _small(film_id, Kind.FILMSTRIP)


@api.get("/films/<uuid:film_id>/filmstrip.json")
@opens_to(Audience.STAFF)
def filmstrip_facts(film_id: uuid.UUID) -> dict[str, Any] | Response:
    """The tiles' size in px, their number, the film time (ms) between them."""
    film = queries.watched(session(), viewer(), film_id)
    try:
        return dict(queries.rendition(session(), film.id, Kind.FILMSTRIP).facts)
    except NotFoundError:
        return _not_yet()


@api.get("/films/<uuid:film_id>/waveform")
@opens_to(Audience.STAFF)
def waveform(film_id: uuid.UUID) -> Response:
    """`{"per_second": 20, "peaks": [0-255, ...]}`; no peaks without sound. `shape=coarse`: a quarter as many."""
    answer = _small(film_id, Kind.WAVEFORM)
    return _shaped(answer, "coarse", lambda told: rules.coarse(told["per_second"], told["peaks"]))


@api.get("/films/<uuid:film_id>/hints")
@opens_to(Audience.STAFF)
def hints(film_id: uuid.UUID) -> dict[str, Any] | Response:
    """`{"spans": [{"kind", "start_ms", "end_ms"}, ...]}`: where sound or movement changes, in film order.

    `kind`: `turns` (voices in turn), `silence`, `movement` (much), `stillness` (little movement). Measured against the
    film itself; nobody is recognised. A film that was made ready before there were hints has no spans.
    """
    film = queries.watched(session(), viewer(), film_id)
    kinds = queries.kinds(session(), film.id)
    if Kind.HINTS not in kinds and Kind.WAVEFORM in kinds:
        return {"spans": []}
    return _small(film_id, Kind.HINTS)


@api.get("/films/<uuid:film_id>/still")
@opens_to(Audience.STAFF)
def still(film_id: uuid.UUID) -> Response:
    """The frame at `at_ms` (JPEG). 202 while it is being made: ask again in a second."""
    film = queries.watched(session(), viewer(), film_id)
    at_ms = _at_ms(film)
    try:
        made = queries.rendition(session(), film.id, rules.still_kind(at_ms))
    except NotFoundError:
        with house().database.unit() as unit:
            actions.want_still(unit, viewer(), film.id, at_ms)
        return Response(status=202, headers={"Retry-After": "1"})
    if not made.size_bytes:
        return _not_yet()
    return media.whole(made, _etag(made))


def _shaped(answer: Response, shape: str, make: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
    """The answer's JSON in another shape where that is asked: made of a version, not one itself, so squeezed."""
    if request.args.get("shape") != shape or answer.status_code != 200:
        return answer
    answer.headers.pop("ETag", None)
    if request.method == "HEAD":  # its length is known by making it
        answer.headers.pop("Content-Length", None)
    else:
        answer.set_data(json.dumps(make(json.loads(answer.get_data())), separators=(",", ":")))
    return answer


def _is_begun(play: Rendition) -> bool:
    named = str(play.version) == request.args.get("v") or _etag(play) == request.headers.get("If-Range")
    return bool(named)


def _at_ms(film: Film) -> int:
    text = request.args.get("at_ms", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ReasonError("not_a_number", "at_ms")
    return min(int(text), film.duration_ms or 0)


def _small(film_id: uuid.UUID, kind: Kind) -> Response:
    film = queries.watched(session(), viewer(), film_id)
    try:
        made = queries.rendition(session(), film.id, kind)
    except NotFoundError:
        return _not_yet()
    return media.whole(made, _etag(made))


def _not_yet() -> Response:
    """For what is still being made around a film that plays: ask again in a second."""
    return Response(status=202, headers={"Retry-After": "1"})


def _etag(made: Rendition) -> str:
    return media.etag_of(made.id, made.kind, made.version, made.size_bytes)


def _text(value: object) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else None


def _note_watching(film: Film) -> None:
    """One line per person, film and ten minutes, written before the first byte goes out."""
    now: datetime = clock.now()
    recently = select(AuditLine.id).where(
        AuditLine.object_id == film.id, AuditLine.actor_id == viewer().person_id,
        AuditLine.event == "films.watch", AuditLine.at > now - timedelta(minutes=WATCH_MINUTES),
    )  # fmt: skip
    if session().scalar(recently.limit(1)) is None:
        audit.keep(house().database, viewer(), "films.watch", "film", film.id, film.family_id)
