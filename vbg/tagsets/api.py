"""Tag sets as JSON: which there are, what is in one, its file, and which a family uses."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from vbg.families import queries as families
from vbg.tagsets import actions, queries, rules
from vbg.tagsets.forms import Choice, SetIn
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import body, page
from vbg.web.request import session, viewer

api = Blueprint("tagsets_api", __name__, url_prefix="/api/v1")


@api.get("/tag-sets")
@opens_to(Audience.STAFF)
def index() -> ResponseReturnValue:
    """The sets of the house and those of the practice that are published."""
    language = _language()
    return page([
        {"key": one.id, "version": one.version, "name": one.name(language), "house": one.is_house,
         "labels": sum(not tag.retired for tag in one.tags)}
        for one in queries.available(session(), viewer())
    ])  # fmt: skip


@api.post("/tag-sets")
@opens_to(Audience.STAFF)
def create() -> ResponseReturnValue:
    """A new set from its file, as a draft: a person looks at it and publishes it."""
    made = actions.bring_in(session(), viewer(), body(SetIn))
    return {"id": str(made.id), "key": made.key, "version": made.version}, 201


@api.get("/tag-sets/<key>")
@opens_to(Audience.STAFF)
def show(key: str) -> ResponseReturnValue:
    """One set with its words in the request's language."""
    return rules.described(queries.named(session(), viewer(), key), _language())


@api.get("/tag-sets/<key>/file")
@opens_to(Audience.STAFF)
def file(key: str) -> ResponseReturnValue:
    """One set as a file that can be brought in elsewhere, both languages in it."""
    named = queries.named(session(), viewer(), key)
    answer = {"Content-Disposition": f'attachment; filename="{named.id}.json"'}
    return rules.document(named), answer


@api.get("/families/<uuid:family_id>/tag-sets")
@opens_to(Audience.STAFF)
def of_family(family_id: UUID) -> ResponseReturnValue:
    """The sets that a family uses, in their order."""
    families.one(session(), viewer(), family_id)
    return {"sets": [one.id for one in queries.in_use(session(), family_id)]}


@api.put("/families/<uuid:family_id>/tag-sets")
@opens_to(Audience.STAFF)
def choose(family_id: UUID) -> ResponseReturnValue:
    """Which sets a family uses, in this order; none is the basisset."""
    families.one(session(), viewer(), family_id)  # 404 before what is wrong with the body
    actions.choose(session(), viewer(), family_id, body(Choice).sets)
    return {"sets": [one.id for one in queries.in_use(session(), family_id)]}


def _language() -> str:
    return str(get_locale() or viewer().language)
