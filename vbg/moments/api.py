"""Moments and their history as JSON: the workspace's own interface and the public one."""

import re
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Response, g, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from vbg.moments import actions, queries, rules
from vbg.moments.forms import MomentIn, MomentPatch, NoteIn
from vbg.moments.models import Act, Moment
from vbg.reasons import ReasonError, StaleError
from vbg.tagsets.queries import Labels
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import Problem, body, page, problem
from vbg.web.request import session, viewer
from vbg.web.words import say

api = Blueprint("moments_api", __name__, url_prefix="/api/v1")


@api.get("/films/<uuid:film_id>/moments")
@opens_to(Audience.STAFF)
def index(film_id: UUID) -> ResponseReturnValue:
    """The moments that overlap [from_ms, to_ms), a page at a time; `shape=line` leaves out what a timeline derives."""
    film = queries.film(session(), viewer(), film_id)
    limit = min(max(_number("limit") or queries.PAGE, 1), queries.PAGE)
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
    """Into the trash; undo brings it back."""
    moment = queries.one(session(), viewer(), moment_id)
    version = _if_match(moment)
    try:
        actions.remove(session(), viewer(), moment, version)
    except StaleError:
        return _stale(moment, {"removed": True, "version": version})
    return "", 204


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

    Asked past the newest act, as a page does that opens, it also tells what the viewer can undo and redo.
    """
    film = queries.film(session(), viewer(), film_id)
    asked = _number("after_seq") or 0
    found = queries.acts_after(session(), film.id, asked) if film.state == "ready" else []
    touched = queries.by_ids(session(), film.id, list({act.thing_id for act in found}))
    child = queries.child_of(session(), film.family_id) if touched else ""
    after = str(found[-1].seq) if len(found) == queries.PAGE else None
    seq = found[-1].seq if found else queries.last_seq(session(), film.id)
    moments = [_json(moment, child) for moment in touched]
    turns = _turns(film_id) if asked >= queries.LATEST else {}
    return page([_act(act) for act in found], after) | {"moments": moments, "seq": seq} | turns


@api.get("/moments/<uuid:moment_id>/note")
@opens_to(Audience.STAFF)
def note(moment_id: UUID) -> ResponseReturnValue:
    """The working note: staff only, in no parent's view."""
    return {"text": queries.note_of(session(), viewer(), moment_id)}


@api.put("/moments/<uuid:moment_id>/note")
@opens_to(Audience.STAFF)
def write_note(moment_id: UUID) -> ResponseReturnValue:
    """Keep the working note."""
    moment = queries.one(session(), viewer(), moment_id)
    form = body(NoteIn)
    return {"text": actions.write_note(session(), viewer(), moment, form.text).text}


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
        current = _json(since.moment, queries.child_of(session(), since.moment.film.family_id))
        return problem(409, "changed_since", extra={"current": current, "yours": since.act.before})
    child = queries.child_of(session(), turned[1].film.family_id) if turned else ""
    return {
        "act": _act(turned[0]) if turned else None,
        "moments": [_json(turned[1], child)] if turned else [],
    } | _turns(film_id)


def _turns(film_id: UUID) -> dict[str, bool]:
    return {
        "can_undo": queries.last_undoable(session(), viewer(), film_id) is not None,
        "can_redo": queries.last_redoable(session(), viewer(), film_id) is not None,
    }


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
        "who_began": moment.who_began_set or rules.who_began(moment.marks, _labels()),
        "who_began_set": moment.who_began_set is not None,
    }  # fmt: skip


def _json(moment: Moment, child: str) -> dict[str, Any]:
    pair = rules.pair(moment.marks, _labels())
    return {
        "id": str(moment.id), "film": str(moment.film_id), "version": moment.version,
        "start_ms": moment.start_ms, "end_ms": moment.end_ms, "marks": moment.marks, "goals": moment.goals,
        "who_began": moment.who_began_set or rules.who_began(moment.marks, _labels()),
        "who_began_set": moment.who_began_set is not None,
        "pair": {"first": pair.first, "answer": pair.answer, "latency_ms": pair.latency_ms} if pair else None,
        "heading": rules.heading(moment.words, moment.marks, _labels(), child, _language()),
        "words": moment.words, "when_words": moment.when_words, "what_words": moment.what_words,
        "for_words": moment.for_words, "child_says": moment.child_says, "chosen": moment.chosen,
        "found_by": str(moment.found_by) if moment.found_by else None, "found_in_room": moment.found_in_room,
        "created_at": moment.created_at.isoformat(), "removed": moment.removed,
    }  # fmt: skip


def _act(act: Act) -> dict[str, Any]:
    return {
        "id": str(act.id), "seq": act.seq, "actor": str(act.actor_id), "at": act.at.isoformat(),
        "verb": act.verb, "moment": str(act.thing_id), "before": act.before, "after": act.after,
        "undoes": str(act.undoes) if act.undoes else None,
    }  # fmt: skip
