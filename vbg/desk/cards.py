"""A moment's card to take home: its picture, a sentence, when - what - what for, and the next step. On one sheet."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from vbg import clock, ids
from vbg.cards import rules
from vbg.consents import queries as consents
from vbg.desk.forms import MAX_LETTERS, Beside
from vbg.families import queries as families
from vbg.families.models import Member
from vbg.films import queries as films
from vbg.moments import queries as moments
from vbg.reviews import queries as reviews
from vbg.sharing import queries as sharing
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read
from vbg.web.request import reads, session, viewer

bp = Blueprint("desk_cards", __name__)
Page = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the card: what it is about, its words, and both in the second language."""

    name: str
    head: str
    text: str
    other_head: str
    other: str


@bp.get("/moments/<uuid:moment_id>/card")
@opens_to(Audience.STAFF)
def show(moment_id: uuid.UUID) -> Page:
    """The card, ready to print. `home` names the household that it is for."""
    return _sheet(moment_id, Beside(), {})


@bp.post("/moments/<uuid:moment_id>/card")
@opens_to(Audience.STAFF)
def beside(moment_id: uuid.UUID) -> Page:
    """The same with a second language on it, as somebody wrote it just now. Nothing of it is kept."""
    reads()
    form, errors = read(Beside)
    return _sheet(moment_id, form or Beside(), errors), 200 if form else 422


def _sheet(moment_id: uuid.UUID, other: Beside, errors: dict[str, str]) -> str:
    moment = moments.one(session(), viewer(), moment_id)
    film = films.watched(session(), viewer(), moment.film_id)
    family = families.one(session(), viewer(), film.family_id)
    members, homes = families.members(session(), family), families.households(session(), family)
    asked = ids.parse(request.args.get("home", ""))
    home = next((one for one in homes if one.id == asked), None)
    at_home = _at(members, home.id if home else None, many=len(homes) > 1)
    alone = sum(one.kind == "adult" for one in at_home) == 1  # what one wrote back is not for another's eyes (craft 16)
    said = [(who, text) for who, text in sharing.said_of(session(), viewer(), moment.id) if alone and who in at_home]
    step, wanted = reviews.newest_step(session(), viewer(), family.id), families.wishes(session(), family)
    return render_template(
        "desk/card.html", moment=moment, film=film, family=family, homes=homes, home=home, at_home=at_home,
        quote=said[0] if said else None, boxes=_boxes(moment.when_words, moment.what_words, moment.for_words, other),
        step=Box("step", _head("step"), step, _head("step", other.beside), other.step), other=other, errors=errors,
        wishes=[(one, wanted[one.id]) for one in at_home if one.id in wanted],
        may_go_home=consents.allows(session(), family.id, "take_home"), day=clock.today(), most=MAX_LETTERS,
        languages=[(code, rules.LANGUAGES[code]) for code in rules.HEADS["when"] if code != str(get_locale())],
        sent=request.form, direction="rtl" if other.beside in rules.FROM_RIGHT else "ltr",
        size="a4" if request.args.get("size") == "a4" else "a5", sizes=rules.SIZES,
    )  # fmt: skip


def _at(members: Sequence[Member], home: uuid.UUID | None, *, many: bool) -> list[Member]:
    """Whose card it is: of who lives in this home; of a family with more homes and none chosen, the children's."""
    if home:
        return [one for one in members if one.household_id in (home, None)]
    return [one for one in members if not many or one.kind == "child"]


def _boxes(when: str, what: str, what_for: str, other: Beside) -> list[Box]:
    told = (("when", when, other.when), ("what", what, other.what), ("for", what_for, other.what_for))
    return [Box(name, _head(name), text, _head(name, other.beside), more) for name, text, more in told if text or more]


def _head(name: str, language: str = "") -> str:
    return rules.said(rules.HEADS[name], language or str(get_locale()))
