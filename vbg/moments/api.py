"""Moments and their history as JSON: the workspace's own interface and the public one."""

import re
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Response, g, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from vbg.moments import actions, bands, outline, queries, rules
from vbg.moments.forms import MomentIn, MomentPatch, NoteIn, SituationIn
from vbg.moments.models import Act, Moment
from vbg.reasons import ReasonError, StaleError
from vbg.tagsets.queries import Labels
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import Problem, body, page, problem
from vbg.web.request import session, viewer
from vbg.web.words import say

api = Blueprint("moments_api", __name__, url_prefix="/api/v1")
SHOWN = 50
"""Lines of the history, or moments of the trash, at once."""


@api.get("/films/<uuid:film_id>/moments")
@opens_to(Audience.STAFF)
def index(film_id: UUID) -> ResponseReturnValue:
    """The moments that overlap [from_ms, to_ms), a page at a time.

    `shape=line` leaves out what a timeline derives; `shape=outline` is all of them as columns to draw (outline.py).
    """
    film = queries.film(session(), viewer(), film_id)
    if request.args.get("shape") == "outline":
        return jsonify(outline.columns(queries.drawn(session(), viewer(), film), film.duration_ms or 0))
    limit = _limit(queries.PAGE)
    cursor = request.args.get("cursor") or None
    rows, after = queries.window(
        session(), viewer(), film, _number("from_ms"), _number("to_ms"), cursor=cursor, limit=limit
    )
    if request.args.get("shape") == "line":
        return page([_line(moment) for moment in rows], after)
    child = queries.child_of(session(), film.family_id) if rows else ""
    return page([_json(moment, child) for moment in rows], after)


@api.post("/films/<uuid:film_id>/moments")
@opens_to(Audience.STAFF)
def create(film_id: UUID) -> ResponseReturnValue:
    """A new moment: 201; 200 when this very POST was here before; 409 when its id is another's."""
    film = queries.film(session(), viewer(), film_id)
    form = body(MomentIn)
    try:
        moment, fresh = actions.mark_on(session(), viewer(), film, form)
    except ReasonError as reason:
        if reason.code != "id_taken":
            raise
        return problem(409, "id_taken", {"id": say("id_taken")})
    answer = _answer(moment, 201 if fresh else 200)
    answer.headers["Location"] = url_for("moments_api.show", moment_id=moment.id)
    return answer


@api.get("/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def show(moment_id: UUID) -> ResponseReturnValue:
    """One moment with its ETag."""
    return _answer(queries.one(session(), viewer(), moment_id))


@api.patch("/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def update(moment_id: UUID) -> ResponseReturnValue:
    """Change the fields sent: 409 with both versions when stale, 428 without If-Match."""
    moment = queries.one(session(), viewer(), moment_id)
    patch = body(MomentPatch)
    version = _if_match(moment)
    try:
        return _answer(actions.change(session(), viewer(), moment, patch, version))
    except StaleError:
        return _stale(moment, patch.model_dump(mode="json", exclude_unset=True) | {"version": version})


@api.delete("/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def erase(moment_id: UUID) -> ResponseReturnValue:
    """Into the trash; undo and its restoration bring it back."""
    moment = queries.one(session(), viewer(), moment_id)
    version = _if_match(moment)
    try:
        actions.remove(session(), viewer(), moment, version)
    except StaleError:
        return _stale(moment, {"removed": True, "version": version})
    return "", 204


@api.post("/moments/<uuid:moment_id>/restoration")
@opens_to(Audience.STAFF)
def restore(moment_id: UUID) -> ResponseReturnValue:
    """Out of the trash, whoever removed it; asked twice, or where it stands already, it is as it stands."""
    return _answer(actions.restore(session(), viewer(), queries.kept(session(), viewer(), moment_id)))


@api.get("/films/<uuid:film_id>/trash")
@opens_to(Audience.STAFF)
def trash(film_id: UUID) -> ResponseReturnValue:
    """The removed moments, last removed first, with who removed each; `kept_until` null is as long as the film."""
    film = queries.film(session(), viewer(), film_id)
    rows, after = queries.trash(session(), film.id, _number("cursor"), _limit(SHOWN))
    who = queries.names(session(), viewer(), {act.actor_id for _, act in rows})
    child = queries.child_of(session(), film.family_id) if rows else ""
    items = [_json(moment, child) | {"removal": _who(act, who)} for moment, act in rows]
    return page(items, after) | {"kept_until": film.erase_at.isoformat() if film.erase_at else None}


@api.get("/films/<uuid:film_id>/history")
@opens_to(Audience.STAFF)
def history(film_id: UUID) -> ResponseReturnValue:
    """Who did what and when, newest first, without anybody's words; `next` is the cursor of what was before."""
    film = queries.film(session(), viewer(), film_id)
    rows, after = queries.acts_before(session(), film.id, _number("cursor"), _limit(SHOWN))
    who = queries.names(session(), viewer(), {act.actor_id for act in rows})
    moments = {one.id: one for one in queries.by_ids(session(), film.id, list({act.thing_id for act in rows}))}
    return page([_who(act, who) | _told(act, moments.get(act.thing_id)) for act in rows], after)


@api.post("/films/<uuid:film_id>/undo")
@opens_to(Audience.STAFF)
def undo(film_id: UUID) -> ResponseReturnValue:
    """Undo the viewer's own last act on this film."""
    return _turn(film_id, "undo")


@api.post("/films/<uuid:film_id>/redo")
@opens_to(Audience.STAFF)
def redo(film_id: UUID) -> ResponseReturnValue:
    """Redo the viewer's own last undone act on this film."""
    return _turn(film_id, "redo")


@api.get("/films/<uuid:film_id>/acts")
@opens_to(Audience.STAFF)
def acts(film_id: UUID) -> ResponseReturnValue:
    """The acts after `after_seq`, with the moments they touched as they stand now; `next` continues.

    With acts, and asked past the newest one as a page does that opens, it also tells what the viewer's next undo
    and redo would do.
    """
    film = queries.film(session(), viewer(), film_id)
    asked = _number("after_seq") or 0
    found = queries.acts_after(session(), film.id, asked) if film.state == "ready" else []
    touched = queries.by_ids(session(), film.id, list({act.thing_id for act in found}))
    child = queries.child_of(session(), film.family_id) if touched else ""
    after = str(found[-1].seq) if len(found) == queries.PAGE else None
    seq = found[-1].seq if found else queries.last_seq(session(), film.id)
    moments = [_json(moment, child) for moment in touched]
    turns = _turns(film_id) if found or asked >= queries.LATEST else {}
    along = _situations(film.id, [act.thing_id for act in found])
    return page([_act(act) for act in found], after) | {"moments": moments, "seq": seq} | turns | along


@api.get("/films/<uuid:film_id>/situations")
@opens_to(Audience.STAFF)
def situations(film_id: UUID) -> ResponseReturnValue:
    """What the family does from which time on (ms); before the first one stands the film's own situation."""
    return page(bands.of_film(session(), queries.film(session(), viewer(), film_id).id), None)


@api.patch("/films/<uuid:film_id>/situations")
@opens_to(Audience.STAFF)
def say_situation(film_id: UUID) -> ResponseReturnValue:
    """From this time on the family does this; null takes the band that begins just there away. All bands then."""
    film = queries.film(session(), viewer(), film_id)
    form = body(SituationIn)
    actions.say_situation(session(), viewer(), film, form.at_ms, form.situation)
    return situations(film_id)


@api.get("/moments/<uuid:moment_id>/note")
@opens_to(Audience.STAFF)
def note(moment_id: UUID) -> ResponseReturnValue:
    """The working note: staff only, in no parent's view."""
    return {"text": queries.note_of(session(), viewer(), moment_id)}


@api.put("/moments/<uuid:moment_id>/note")
@opens_to(Audience.STAFF)
def write_note(moment_id: UUID) -> ResponseReturnValue:
    """Keep the working note: 409 with both texts when another wrote over what it `was`."""
    moment = queries.one(session(), viewer(), moment_id)
    form = body(NoteIn)
    try:
        return {"text": actions.write_note(session(), viewer(), moment, form.text, form.was)}
    except StaleError:
        stands = {"text": queries.note_of(session(), viewer(), moment_id)}
        return problem(409, "stale", extra={"current": stands, "yours": {"text": form.text}})


def _labels() -> Labels:
    """What labels mean, looked up once a request."""
    if "labels" not in g:
        g.labels = Labels(session())
    return cast(Labels, g.labels)


def _language() -> str:
    return str(get_locale() or viewer().language)


def _number(name: str) -> int | None:
    text = request.args.get(name)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", text, re.ASCII):
        raise Problem(422, "check_fields", {name: "not_a_number"})
    return int(text)


def _limit(given: int) -> int:
    return min(max(_number("limit") or given, 1), queries.PAGE)


def _if_match(moment: Moment) -> int:
    """The version the client changed; 0, which no moment has, for an ETag that is none of ours."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise Problem(428, "needs_if_match")
    if sent.strip() == "*":
        return moment.version
    found = re.fullmatch(r'(?:W/)?"?([0-9]{1,9})"?', sent.strip(), re.ASCII)
    return int(found.group(1)) if found else 0


def _turn(film_id: UUID, verb: str) -> ResponseReturnValue:
    turn = actions.undo if verb == "undo" else actions.redo
    try:
        turned = turn(session(), viewer(), film_id)
    except actions.ChangedSinceError as since:
        if since.moment is None:
            extra = {"current": since.current, "yours": since.act.before}
            return problem(409, "changed_since", extra=extra)
        current = _json(since.moment, queries.child_of(session(), since.moment.film.family_id))
        return problem(409, "changed_since", extra={"current": current, "yours": _shown(since.act.before)})
    moment = turned[1] if turned else None
    child = queries.child_of(session(), moment.film.family_id) if moment else ""
    return {
        "act": _act(turned[0]) if turned else None,
        "did": _told(*turned) if turned else None,
        "moments": [_json(moment, child)] if moment else [],
    } | _turns(film_id) | _situations(film_id, [turned[0].thing_id] if turned else [])  # fmt: skip


def _situations(film_id: UUID, touched: list[UUID]) -> dict[str, Any]:
    """All bands of the film, where acts touched one."""
    return {"situations": bands.of_film(session(), film_id)} if film_id in touched else {}


def _turns(film_id: UUID) -> dict[str, Any]:
    """What the viewer's next undo and redo would take back and do again; null where there is nothing."""
    acts = {
        "undo": queries.last_undoable(session(), viewer(), film_id),
        "redo": queries.last_redoable(session(), viewer(), film_id),
    }
    touched = queries.by_ids(session(), film_id, [act.thing_id for act in acts.values() if act])
    moments = {one.id: one for one in touched}
    can = {f"can_{name}": act is not None for name, act in acts.items()}
    return can | {f"next_{name}": _told(act, moments.get(act.thing_id)) if act else None for name, act in acts.items()}


def _told(act: Act, moment: Moment | None) -> dict[str, Any]:
    """What an act did, for the page to say: a code, labels by id, and the moment as it stands now."""
    told = rules.told(act.verb, act.before, act.after)
    return {
        "what": told.code, "tags": list(told.tags), "moment": str(act.thing_id),
        "start_ms": moment.start_ms if moment else told.at_ms, "removed": moment.removed if moment else True,
    } | ({"situation": told.situation} if told.situation else {})  # fmt: skip


def _who(act: Act, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "seq": act.seq, "at": act.at.isoformat(), "verb": act.verb, "who": names.get(act.actor_id, ""),
        "mine": act.actor_id == viewer().person_id, "found_in_room": act.after.get("found_in_room", ""),
    }  # fmt: skip


def _answer(moment: Moment, status: int = 200) -> Response:
    answer = jsonify(_json(moment, queries.child_of(session(), moment.film.family_id)))
    answer.status_code = status
    answer.headers["ETag"] = f'"{moment.version}"'
    return answer


def _stale(moment: Moment, yours: dict[str, Any]) -> Response:
    child = queries.child_of(session(), moment.film.family_id)
    answer = problem(409, "stale", extra={"current": _json(moment, child), "yours": yours})
    answer.headers["ETag"] = f'"{moment.version}"'
    return answer


def _line(moment: Moment) -> dict[str, Any]:
    """What draws a moment: no more, for thousands of them are sent."""
    return {
        "id": str(moment.id), "version": moment.version, "start_ms": moment.start_ms, "end_ms": moment.end_ms,
        "marks": moment.marks, "goals": moment.goals, "words": moment.words, "chosen": moment.chosen,
        "who_began": rules.began(moment.who_began_set, moment.marks, _labels()),
        "who_began_set": moment.who_began_set is not None,
    } | ({} if moment.photo_ms is None else {"photo_ms": moment.photo_ms})  # fmt: skip


def _json(moment: Moment, child: str) -> dict[str, Any]:
    pair = rules.pair(moment.marks, _labels())
    return {
        "id": str(moment.id), "film": str(moment.film_id), "version": moment.version,
        "start_ms": moment.start_ms, "end_ms": moment.end_ms, "marks": moment.marks, "goals": moment.goals,
        "who_began": rules.began(moment.who_began_set, moment.marks, _labels()),
        "who_began_set": moment.who_began_set is not None,
        "pair": {"first": pair.first, "answer": pair.answer, "latency_ms": pair.latency_ms} if pair else None,
        "heading": rules.heading(moment.words, moment.marks, _labels(), child, _language()),
        "words": moment.words, "when_words": moment.when_words, "what_words": moment.what_words,
        "for_words": moment.for_words, "child_says": moment.child_says,
        "child_says_by": moment.child_says_by, "photo_ms": moment.photo_ms,
        "chosen": moment.chosen,
        "found_by": str(moment.found_by) if moment.found_by else None, "found_in_room": moment.found_in_room,
        "created_at": moment.created_at.isoformat(), "removed": moment.removed,
    }  # fmt: skip


def _act(act: Act) -> dict[str, Any]:
    return {
        "id": str(act.id), "seq": act.seq, "actor": str(act.actor_id), "at": act.at.isoformat(),
        "verb": act.verb, "moment": str(act.thing_id), "before": _shown(act.before), "after": _shown(act.after),
        "undoes": str(act.undoes) if act.undoes else None,
    }  # fmt: skip


def _shown(fields: dict[str, Any]) -> dict[str, Any]:
    """What an act may tell: a working note is read at its moment alone."""
    return {name: value for name, value in fields.items() if name != "note"}
