"""The pages of tag sets: all of them, one set, one label, and which sets a family uses."""

import json
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from pydantic import ValidationError

from vbg.families import queries as families
from vbg.reasons import NotFoundError, ReasonError
from vbg.tagsets import actions, queries, rules
from vbg.tagsets.basisset import BASISSET
from vbg.tagsets.forms import Heads, Label, NewSet, Order, SetIn
from vbg.tagsets.housesets import HOUSE_SETS
from vbg.tagsets.models import OwnSet
from vbg.tagsets.shape import KEYS, Tag, TagSet
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import errors_of
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer
from vbg.web.words import say

bp = Blueprint("tagsets", __name__)
LARGEST_BYTES = 500_000


@bp.get("/tag-sets")
@opens_to(Audience.STAFF)
def index() -> ResponseReturnValue:
    """The sets of the house and of the practice, and how to make one."""
    return _index({}, {})


@bp.post("/tag-sets")
@opens_to(Audience.STAFF)
def create() -> ResponseReturnValue:
    """A new set, empty or a copy: its draft opens."""
    form, errors = read(NewSet)
    if form is not None:
        try:
            return _to(actions.begin(session(), viewer(), form))
        except ReasonError as reason:
            errors = refused(reason)
    return _index(request.form, errors), 422


@bp.post("/tag-sets/file")
@opens_to(Audience.STAFF)
def bring_in() -> ResponseReturnValue:
    """A new set from a file, as a draft."""
    sent = request.files.get("file")
    try:
        told = json.loads((sent.read(LARGEST_BYTES) if sent else b"").decode("utf-8"))
        return _to(actions.bring_in(session(), viewer(), SetIn.model_validate(told)))
    except ValidationError as error:
        place, sentence = next(iter(errors_of(error).items()))
        said = sentence if place == "body" else f"{place}: {sentence}"
    except ReasonError as reason:
        said = f"{reason.field}: {say(reason.code, **reason.values)}"
    except (ValueError, RecursionError):
        said = say("no_set_file")
    return _index({}, {"file": said}), 422


@bp.get("/tag-sets/house/<key>")
@opens_to(Audience.STAFF)
def house(key: str) -> ResponseReturnValue:
    """A set that ships: it is looked at, and copied to be changed."""
    named = queries.named(session(), viewer(), key)
    return _show(named) if named.is_house else _missing()


@bp.get("/tag-sets/<uuid:set_id>")
@opens_to(Audience.STAFF)
def show(set_id: UUID) -> ResponseReturnValue:
    """An own set: what is being made of it, and what was published."""
    own_set = queries.one(session(), viewer(), set_id)
    return _show(queries.working(session(), own_set), own_set)


@bp.get("/tag-sets/<uuid:set_id>/file")
@opens_to(Audience.STAFF)
def file(set_id: UUID) -> ResponseReturnValue:
    """The set as it stands, draft or not, as a file."""
    own_set = queries.one(session(), viewer(), set_id)
    text = json.dumps(rules.document(queries.working(session(), own_set)), ensure_ascii=False, indent=1)
    named = {"Content-Disposition": f'attachment; filename="{own_set.key}.json"'}
    return Response(text, content_type="application/json", headers=named)


@bp.post("/tag-sets/<uuid:set_id>")
@opens_to(Audience.STAFF)
def update(set_id: UUID) -> ResponseReturnValue:
    """Other names and colours."""
    own_set = queries.one(session(), viewer(), set_id)
    form, errors = read(Heads)
    if form is not None:
        try:
            actions.head(session(), viewer(), own_set, form)
            return _to(own_set)
        except ReasonError as reason:
            errors = {_of_heads(reason.field): say(reason.code, **reason.values)}
    return _show(queries.working(session(), own_set), own_set, errors), 422


@bp.get("/tag-sets/<uuid:set_id>/labels/new")
@opens_to(Audience.STAFF)
def new_label(set_id: UUID) -> ResponseReturnValue:
    """The empty form of a label."""
    return _label(queries.one(session(), viewer(), set_id), None, {}, {})


@bp.post("/tag-sets/<uuid:set_id>/labels")
@opens_to(Audience.STAFF)
def add_label(set_id: UUID) -> ResponseReturnValue:
    """A new label in the draft."""
    return _keep_label(queries.one(session(), viewer(), set_id), None)


@bp.get("/tag-sets/<uuid:set_id>/labels/<key>")
@opens_to(Audience.STAFF)
def edit_label(set_id: UUID, key: str) -> ResponseReturnValue:
    """A label in its form."""
    own_set = queries.one(session(), viewer(), set_id)
    tag = _tag(own_set, key)
    return _label(own_set, tag, _stands(tag), {})


@bp.post("/tag-sets/<uuid:set_id>/labels/<key>")
@opens_to(Audience.STAFF)
def update_label(set_id: UUID, key: str) -> ResponseReturnValue:
    """A changed label in the draft."""
    own_set = queries.one(session(), viewer(), set_id)
    return _keep_label(own_set, _tag(own_set, key))


@bp.post("/tag-sets/<uuid:set_id>/labels/<key>/retirement")
@opens_to(Audience.STAFF)
def retire(set_id: UUID, key: str) -> ResponseReturnValue:
    """No longer offer a label from the next version on."""
    own_set = queries.one(session(), viewer(), set_id)
    actions.retire(session(), viewer(), own_set, key)
    return _to(own_set)


@bp.post("/tag-sets/<uuid:set_id>/labels/<key>/retirement/end")
@opens_to(Audience.STAFF)
def offer(set_id: UUID, key: str) -> ResponseReturnValue:
    """Offer a label again; when its key or name is taken meanwhile, its form says so."""
    own_set = queries.one(session(), viewer(), set_id)
    try:
        actions.retire(session(), viewer(), own_set, key, retired=False)
    except ReasonError as reason:
        if reason.code == "not_found":
            raise
        flash(say(reason.code, **reason.values))
    return _to(own_set)


@bp.post("/tag-sets/<uuid:set_id>/versions")
@opens_to(Audience.STAFF)
def publish(set_id: UUID) -> ResponseReturnValue:
    """The draft becomes the next version."""
    own_set = queries.one(session(), viewer(), set_id)
    try:
        actions.publish(session(), viewer(), own_set)
        flash(_("Version %(n)s is in use. Older moments keep their labels.", n=own_set.version))
    except ReasonError as reason:
        flash(say(reason.code, **reason.values))
    return _to(own_set)


@bp.post("/tag-sets/<uuid:set_id>/versions/<int(max=999999):number>/again")
@opens_to(Audience.STAFF)
def go_back(set_id: UUID, number: int) -> ResponseReturnValue:
    """Publish what a former version said again."""
    own_set = queries.one(session(), viewer(), set_id)
    actions.go_back(session(), viewer(), own_set, number)
    return _to(own_set)


@bp.post("/tag-sets/<uuid:set_id>/draft/end")
@opens_to(Audience.STAFF)
def drop(set_id: UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    own_set = queries.one(session(), viewer(), set_id)
    if actions.drop(session(), viewer(), own_set):
        return redirect(url_for("tagsets.index"))
    return _to(own_set)


@bp.get("/families/<uuid:family_id>/tag-sets")
@opens_to(Audience.STAFF)
def of_family(family_id: UUID) -> ResponseReturnValue:
    """Which sets a family uses, with the keys that two of them want."""
    return _of_family(family_id, {})


@bp.post("/families/<uuid:family_id>/tag-sets")
@opens_to(Audience.STAFF)
def choose(family_id: UUID) -> ResponseReturnValue:
    """Use these sets."""
    families.one(session(), viewer(), family_id)
    form, errors = read(Order)
    if form is not None:
        key, _dot, way = form.move.partition(".")
        try:
            sets = rules.reordered(form.sets, key, 1 if way == "down" else -1)
            actions.choose(session(), viewer(), family_id, sets)
            return redirect(url_for("tagsets.of_family", family_id=family_id, moved=form.move or None))
        except ReasonError as reason:
            errors = refused(reason)
    return _of_family(family_id, errors), 422


def _missing() -> ResponseReturnValue:
    raise NotFoundError


def _to(own_set: OwnSet) -> ResponseReturnValue:
    return redirect(url_for("tagsets.show", set_id=own_set.id))


def _lang() -> str:
    return str(get_locale())


def _index(form: object, errors: dict[str, str]) -> str:
    own_sets = [(row, queries.working(session(), row)) for row in queries.own(session(), viewer())]
    return render_template(
        "tagsets/index.html", house_sets=HOUSE_SETS.values(), own_sets=own_sets, form=form, errors=errors,
        lang=_lang(),
    )  # fmt: skip


def _show(tagset: TagSet, own_set: OwnSet | None = None, errors: dict[str, str] | None = None) -> str:
    versions = queries.versions(session(), own_set) if own_set else []
    return render_template(
        "tagsets/show.html", tagset=tagset, own_set=own_set, versions=versions, errors=errors or {}, lang=_lang()
    )


def _tag(own_set: OwnSet, key: str) -> Tag:
    found = next((tag for tag in queries.working(session(), own_set).tags if tag.key == key), None)
    if found is None:
        raise NotFoundError
    return found


def _stands(tag: Tag) -> dict[str, str]:
    told = {name: getattr(tag, name) or "" for name in ("nl", "en", "who", "supports", "group", "code")}
    return told | {
        "plain_nl": tag.plain_nl, "plain_en": tag.plain_en, "icon": tag.icon.removesuffix(".svg"),
        "lead": f"{tag.lead_ms / 1000:g}", "lag": f"{tag.lag_ms / 1000:g}",
    }  # fmt: skip


def _label(own_set: OwnSet, tag: Tag | None, form: dict[str, str], errors: dict[str, str]) -> str:
    tagset = queries.working(session(), own_set)
    holders = {one.code: one for one in tagset.tags if one.code and not one.retired and (not tag or one.key != tag.key)}
    return render_template(
        "tagsets/label.html", own_set=own_set, tagset=tagset, tag=tag, form=form, errors=errors, drawings=_drawings(),
        keys=KEYS, holders=holders, lang=_lang(),
    )  # fmt: skip


def _drawings() -> list[tuple[str, str]]:
    """Each drawing of the house with the label that it stands for there."""
    return [(tag.icon.removesuffix(".svg"), tag.name(_lang())) for tag in BASISSET.tags]


def _keep_label(own_set: OwnSet, tag: Tag | None) -> ResponseReturnValue:
    form, errors = read(Label)
    if form is not None:
        try:
            actions.put(session(), viewer(), own_set, tag.key if tag else None, form)
            return _to(own_set)
        except ReasonError as reason:
            errors = {_of_form(reason.field): say(reason.code, **reason.values)}
    return _label(own_set, tag, request.form.to_dict(), errors), 422


def _of_form(field: str) -> str:
    """The field of a label's form (`code`) for a place in its set (`tags.3.code`); of its group, the new one's name."""
    return "new_group" if field.startswith("groups.") else field.rpartition(".")[2]


def _of_heads(field: str) -> str:
    """The field of a set's form (`group_nl.2`) for a place in the set (`groups.2.nl`)."""
    many, _, rest = field.partition(".")
    place, _, name = rest.partition(".")
    return f"group_{name}.{place}" if many == "groups" else field


def _of_family(family_id: UUID, errors: dict[str, str]) -> str:
    family = families.one(session(), viewer(), family_id)
    used = queries.in_use(session(), family_id)
    others = [one for one in queries.available(session(), viewer()) if one.id not in {has.id for has in used}]
    return render_template(
        "tagsets/of_family.html", family=family, used=used, others=others, clashes=rules.clashes(used), errors=errors,
        moved=request.args.get("moved", ""), lang=_lang(),
    )  # fmt: skip
