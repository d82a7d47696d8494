"""Working hypotheses as JSON: what the workspace and programs of the counselor read and write."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from vbg.families import queries as families
from vbg.hypotheses import actions, queries
from vbg.hypotheses.forms import EvidenceIn, HypothesisEdit, HypothesisIn, TurnIn
from vbg.hypotheses.models import Hypothesis, Reply
from vbg.hypotheses.queries import Sides
from vbg.moments import queries as moments
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import body, page, problem
from vbg.web.request import session, viewer
from vbg.web.words import say

api = Blueprint("hypotheses_api", __name__, url_prefix="/api/v1")


def _json(one: Hypothesis, sides: Sides) -> dict[str, Any]:
    return {
        "id": str(one.id), "statement": one.statement, "source": one.source, "source_on": one.source_on.isoformat(),
        "status": one.status, "for": [str(moment.id) for moment in sides.speaks_for],
        "against": [str(moment.id) for moment in sides.against], "removed": one.removed,
    }  # fmt: skip


def _whole(one: Hypothesis) -> dict[str, Any]:
    """With the films that test it, how it stood, oldest first, and what the family is asked and answers."""
    turns = reversed(queries.turns(session(), one))
    asked = queries.askings(session(), one)
    said = queries.replies(session(), asked)
    return _json(one, queries.sides(session(), viewer(), [one])[one.id]) | {
        "films": [str(film.id) for film in queries.films_of(session(), one)],
        "statuses": [{"status": turn.status, "reason": turn.reason, "on": turn.on.isoformat()} for turn in turns],
        "askings": [{"id": str(ask.id), "text": ask.text, "replies": list(map(_reply, said[ask.id]))} for ask in asked],
    }


def _reply(one: Reply) -> dict[str, Any]:
    return {"member": str(one.member_id), "answer": one.answer, "words": one.words, "at_home": one.at_home}


@api.get("/families/<uuid:family_id>/hypotheses")
@opens_to(Audience.STAFF)
def index(family_id: UUID) -> ResponseReturnValue:
    """The family's hypotheses that were not laid aside, newest first."""
    families.one(session(), viewer(), family_id)
    found = queries.of_family(session(), viewer(), family_id)
    sides = queries.sides(session(), viewer(), found)
    return page([_json(one, sides[one.id]) for one in found])


@api.post("/families/<uuid:family_id>/hypotheses")
@opens_to(Audience.STAFF)
def create(family_id: UUID) -> ResponseReturnValue:
    """A new hypothesis: 201, or 200 when this very one was sent before; 409 when its id is another's."""
    families.one(session(), viewer(), family_id)
    form = body(HypothesisIn)
    try:
        made, fresh = actions.add(session(), viewer(), family_id, form)
    except ReasonError as reason:
        if reason.code != "id_taken":
            raise
        return problem(409, "id_taken", {"id": say("id_taken")})
    where = url_for("hypotheses_api.show", hypothesis_id=made.id)
    return _whole(made), 201 if fresh else 200, {"Location": where}


@api.get("/hypotheses/<uuid:hypothesis_id>")
@opens_to(Audience.STAFF)
def show(hypothesis_id: UUID) -> ResponseReturnValue:
    """One hypothesis with its moments, the films that test it and how it stood."""
    return _whole(queries.one(session(), viewer(), hypothesis_id))


@api.put("/hypotheses/<uuid:hypothesis_id>")
@opens_to(Audience.STAFF)
def update(hypothesis_id: UUID) -> ResponseReturnValue:
    """Other words, another source, other films that test it."""
    found = queries.one(session(), viewer(), hypothesis_id)
    actions.reword(session(), viewer(), found, body(HypothesisEdit))
    return _whole(found)


@api.post("/hypotheses/<uuid:hypothesis_id>/statuses")
@opens_to(Audience.STAFF)
def judge(hypothesis_id: UUID) -> ResponseReturnValue:
    """How it stands from now on, and why; what it was before stays to be read."""
    found = queries.one(session(), viewer(), hypothesis_id)
    actions.judge(session(), viewer(), found, body(TurnIn))
    return _whole(found), 201


@api.put("/hypotheses/<uuid:hypothesis_id>/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def put(hypothesis_id: UUID, moment_id: UUID) -> ResponseReturnValue:
    """A moment speaks for or against it: once, on one side."""
    found = queries.one(session(), viewer(), hypothesis_id)
    moment = moments.one(session(), viewer(), moment_id)
    actions.put(session(), viewer(), found, moment, body(EvidenceIn).side)
    return _whole(found)


@api.delete("/hypotheses/<uuid:hypothesis_id>/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def take(hypothesis_id: UUID, moment_id: UUID) -> ResponseReturnValue:
    """A moment speaks for neither side."""
    found = queries.one(session(), viewer(), hypothesis_id)
    actions.take(session(), viewer(), found, moments.one(session(), viewer(), moment_id))
    return "", 204


@api.get("/moments/<uuid:moment_id>/hypotheses")
@opens_to(Audience.STAFF)
def of_moment(moment_id: UUID) -> ResponseReturnValue:
    """By hypothesis: the side on which this moment speaks."""
    moment = moments.one(session(), viewer(), moment_id)
    found = queries.of_moment(session(), moment.id)
    return page([{"hypothesis": str(one), "side": side} for one, side in found.items()])
