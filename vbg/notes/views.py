"""The notes of a family: a page to read, search and print them, and to write one. Words come in a body alone."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vbg import clock, ids
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.notes import actions, queries
from vbg.notes.forms import NoteEdit, NoteIn
from vbg.notes.models import FamilyNote
from vbg.notes.rules import SAID
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import reads, session, viewer

bp = Blueprint("notes", __name__)
MAX_WORDS = 200


@bp.get("/families/<uuid:family_id>/notes")
@opens_to(Audience.STAFF)
def index(family_id: UUID) -> ResponseReturnValue:
    """The newest notes, or those in the trash."""
    return _list(families.one(session(), viewer(), family_id), "", removed=request.args.get("removed") == "yes")


@bp.post("/families/<uuid:family_id>/notes/search")
@opens_to(Audience.STAFF)
def search(family_id: UUID) -> ResponseReturnValue:
    """Those that hold these words, a page at a time."""
    reads()
    words, removed = request.form.get("words", "").replace("\0", "")[:MAX_WORDS], request.form.get("removed") == "yes"
    return _list(families.one(session(), viewer(), family_id), words, removed=removed)


@bp.get("/families/<uuid:family_id>/notes/paper")
@opens_to(Audience.STAFF)
def paper(family_id: UUID) -> ResponseReturnValue:
    """All of them on paper, oldest first."""
    family = families.one(session(), viewer(), family_id)
    found = queries.of_family(session(), viewer(), family.id)
    return render_template(
        "notes/paper.html", family=family, notes=found, writers=queries.writers(session(), found), today=clock.today()
    )  # fmt: skip


@bp.get("/families/<uuid:family_id>/notes/new")
@opens_to(Audience.STAFF)
def new(family_id: UUID) -> ResponseReturnValue:
    """The empty form, of today."""
    family = families.one(session(), viewer(), family_id)
    form = {"id": str(ids.new()), "on": clock.today().isoformat(), "kind": "talk"}
    return render_template("notes/new.html", family=family, form=form, errors={})


@bp.post("/families/<uuid:family_id>/notes")
@opens_to(Audience.STAFF)
def create(family_id: UUID) -> ResponseReturnValue:
    """Keep it and show it, or the form again with all that was typed."""
    family = families.one(session(), viewer(), family_id)
    form, errors = read(NoteIn)
    if form is not None:
        try:
            return redirect(_show(actions.write(session(), viewer(), family_id, form)))
        except ReasonError as reason:
            errors = refused(reason)
    return render_template("notes/new.html", family=family, form=request.form, errors=errors), 422


@bp.get("/family-notes/<uuid:note_id>")
@opens_to(Audience.STAFF)
def show(note_id: UUID) -> ResponseReturnValue:
    """One note, and how it read before."""
    note = queries.one(session(), viewer(), note_id)
    before = queries.wordings(session(), note)
    return render_template(
        "notes/show.html", note=note, family=note.family, before=before, stands=_stands(note),
        writers=queries.writers(session(), [note, *before]),
    )  # fmt: skip


@bp.get("/family-notes/<uuid:note_id>/edit")
@opens_to(Audience.STAFF)
def edit(note_id: UUID) -> ResponseReturnValue:
    """The note in its form."""
    note = queries.one(session(), viewer(), note_id)
    return _edit(note, _stands(note) | {"version": str(note.version)}, {})


@bp.post("/family-notes/<uuid:note_id>")
@opens_to(Audience.STAFF)
def update(note_id: UUID) -> ResponseReturnValue:
    """Other words. Was it corrected meanwhile, both are shown and nothing is lost."""
    note = queries.one(session(), viewer(), note_id)
    form, errors = read(NoteEdit)
    if form is not None:
        try:
            actions.correct(session(), viewer(), note, form)
            return redirect(_show(note))
        except ReasonError as reason:
            errors = refused(reason)
            if reason.code == "stale":
                return _edit(note, _typed(note) | {"version": str(note.version)}, errors, other=note), 422
    return _edit(note, _typed(note), errors), 422


@bp.post("/family-notes/<uuid:note_id>/removal")
@opens_to(Audience.STAFF)
def hide(note_id: UUID) -> ResponseReturnValue:
    """To the trash."""
    note = queries.one(session(), viewer(), note_id)
    actions.hide(session(), viewer(), note)
    return redirect(url_for(".index", family_id=note.family_id, hidden=note.id))


@bp.post("/family-notes/<uuid:note_id>/removal/end")
@opens_to(Audience.STAFF)
def put_back(note_id: UUID) -> ResponseReturnValue:
    """Out of the trash."""
    note = queries.one(session(), viewer(), note_id)
    actions.put_back(session(), viewer(), note)
    return redirect(_show(note))


def _list(family: Family, words: str, *, removed: bool) -> str:
    after = request.form.get("after", "")
    found, rest = queries.listed(session(), viewer(), family.id, words, after, removed=removed)
    return render_template(
        "notes/index.html", family=family, notes=found, after=rest, words=words, removed=removed, later=bool(after),
        writers=queries.writers(session(), found), hidden=_hidden(family),
        any_removed=queries.any_removed(session(), viewer(), family.id),
    )  # fmt: skip


def _hidden(family: Family) -> FamilyNote | None:
    """What was just put in the trash, to put it back with one press."""
    try:
        note = queries.one(session(), viewer(), UUID(request.args.get("hidden", "")))
    except (ValueError, NotFoundError):
        return None
    return note if note.removed and note.family_id == family.id else None


def _edit(note: FamilyNote, form: dict[str, str], errors: dict[str, str], **more: Any) -> str:
    stands = _stands(note)
    return render_template(
        "notes/edit.html", note=note, family=note.family, form=form, errors=errors, stands=stands, **more
    )  # fmt: skip


def _stands(note: FamilyNote) -> dict[str, str]:
    return {name: str(getattr(note, name)) for name in SAID}


def _typed(note: FamilyNote) -> dict[str, str]:
    return _stands(note) | request.form.to_dict()


def _show(note: FamilyNote) -> str:
    return url_for(".show", note_id=note.id)
