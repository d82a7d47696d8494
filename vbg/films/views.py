"""A film's own pages: bring one in, see how it stands, describe it, take it away."""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vbg import clock, timecode
from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.films import actions, forms, queries, rules
from vbg.films.models import Film
from vbg.films.rules import State
from vbg.films.words import situations
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience
from vbg.visits import queries as visits
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import house, session, viewer
from vbg.web.words import say

bp = Blueprint("films", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/families/<uuid:family_id>/films/new")
@opens_to(Audience.STAFF)
def new(family_id: uuid.UUID) -> Page:
    """Bring a film in."""
    family = families.one(session(), viewer(), family_id)
    films = queries.of_family(session(), viewer(), family.id)
    open_for = queries.allowed(session(), family.id)
    settings = house().settings
    return render_template(
        "films/new.html", family=family, films=films, is_open=open_for, hold_days=settings.hold_days,
        most_gb=settings.upload_max_bytes // 1024**3, today=clock.today(),
        visit=visits.named(session(), viewer(), family.id, request.args.get("visit", "")),
    )  # fmt: skip


@bp.get("/films/<uuid:film_id>")
@opens_to(Audience.STAFF)
def show(film_id: uuid.UUID) -> Page:
    """How a film stands and what can be done with it."""
    return _show(queries.one(session(), viewer(), film_id), {})


def _show(film: Film, errors: dict[str, str]) -> str:
    family = families.one(session(), viewer(), film.family_id)
    held = film.state == State.HELD or not queries.allowed(session(), family.id)
    return render_template(
        "films/show.html", film=film, family=family, errors=errors, form=request.form, held=held,
        rows=consents.rows(session(), family) if held else [], situations=situations(),
        situation=dict(situations()).get(film.situation, ""), playable=queries.playable(session(), film),
        reason=say(film.reason, **film.reason_values) if film.reason else "",
        may_retry=film.state == State.FAILED and not rules.is_hard(film.reason),
        notes=[_note(**note) for note in film.notes], facts=_facts(film),
        dressed=rules.Kind.POSTER in queries.kinds(session(), film.id),
        same=queries.same_as(session(), viewer(), film), wiping=queries.wiping(session(), viewer(), film.id),
    )  # fmt: skip


def _note(code: str, values: dict[str, str]) -> dict[str, object]:
    """One thing worth saying: its sentence, the icon beside it, whether it weighs."""
    icons = {"sound": "geluid", "silent": "geluid", "slow": "langzaam", "turned": "vink", "hdr": "vink"}
    kind = code.removeprefix("film_note_").partition("_")[0]
    return {"text": say(code, **values), "icon": icons.get(kind, "info"), "grave": code in rules.GRAVE}


def _facts(film: Film) -> list[tuple[str, str]]:
    """What was measured, as words and their values; nothing before it is."""
    known, frames, lasts = film.record, film.frame_count or 0, film.duration_ms or 0
    if not known or not lasts:
        return []
    rate = format_decimal(round(frames * 1000 / lasts, 2))
    return [
        (_("Length"), timecode.stamp(lasts)),
        (_("Pictures"), _("%(count)s, %(rate)s a second", count=format_decimal(frames), rate=rate)),
        (_("Size"), f"{known['width']} × {known['height']}"),
        (_("Picture"), f"{known['picture']} · {known['pixels']}"),
        (_("Color"), _("extra bright (HDR), brought to ordinary") if known["hdr"] else _("ordinary")),
        (_("Sound"), _sound(known)),
        (_("What we did"), _did(known)),
    ]


def _sound(known: dict[str, Any]) -> str:
    if not known["sound"]:
        return str(_("none"))
    tracks = ngettext("%(num)s track", "%(num)s tracks", known["sounds"])
    return f"{known['sound']} · {tracks}"


def _did(known: dict[str, Any]) -> str:
    if known["copied"]:
        return str(_("Pictures and sound are the camera's own. Only place and device were taken out."))
    return str(_("Made anew so that every browser plays it, each picture at its own time."))


@bp.post("/films/<uuid:film_id>/description")
@opens_to(Audience.STAFF)
def update(film_id: uuid.UUID) -> Page:
    """Its title, situation, day."""
    film = queries.one(session(), viewer(), film_id)
    form, errors = read(forms.Description)
    if form is None:
        return _show(film, errors), 422
    actions.describe(session(), viewer(), film, form)
    flash(_("Saved."))
    return redirect(url_for("films.show", film_id=film.id))


@bp.post("/films/<uuid:film_id>/preparation")
@opens_to(Audience.STAFF)
def retry(film_id: uuid.UUID) -> Page:
    """Try once more to make it playable."""
    film = queries.one(session(), viewer(), film_id)
    try:
        actions.retry(session(), viewer(), film)
    except ReasonError as reason:
        return _show(film, refused(reason)), 422
    return redirect(url_for("films.show", film_id=film.id))


@bp.post("/films/<uuid:film_id>/wiping")
@opens_to(Audience.STAFF)
def wiping(film_id: uuid.UUID) -> Page:
    """It is wiped where it came from, or that was the family's own phone; or that is taken back."""
    asked = queries.wiping(session(), viewer(), film_id)
    if asked is None:
        raise NotFoundError
    form, errors = read(forms.WipingIn)
    if form is not None:
        actions.answer_wiping(session(), viewer(), asked, form.answer)
        flash(_("It stands on Today again.") if not form.answer else _("Noted. Nothing of it is on your phone now."))
    else:
        flash(next(iter(errors.values())))
    back = {"today": url_for("desk.today"), "after": url_for("desk_after.show", family_id=asked.family_id)}
    return redirect(back.get(request.form.get("from", ""), url_for(".show", film_id=film_id)))


@bp.post("/films/<uuid:film_id>/removal")
@opens_to(Audience.STAFF)
def erase(film_id: uuid.UUID) -> Page:
    """Take it away for good."""
    film = queries.one(session(), viewer(), film_id)
    actions.remove(session(), viewer(), film)
    flash(_("The film is erased. Nobody can get it back, and neither can we."))
    return redirect(url_for("desk.family", family_id=film.family_id))
