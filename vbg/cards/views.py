"""The cards: all of them, one on its own sheet, and the editor of the practice's own."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vbg import clock, ids
from vbg.cards import actions, queries, rules
from vbg.cards.forms import CardIn
from vbg.cards.models import OwnCard
from vbg.families import queries as families
from vbg.families import rules as family_rules
from vbg.families.models import Family
from vbg.people import queries as people
from vbg.reasons import NotFoundError
from vbg.tagsets.basisset import BASISSET
from vbg.tagsets.shape import Tag
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read
from vbg.web.request import session, viewer

bp = Blueprint("cards", __name__)
Page = str | Response | tuple[str, int]
CHILD = {"nl": "je kind", "en": "your child"}
"""How a label's sentence calls the child on a card that is for everybody."""


@dataclass(frozen=True, slots=True)
class Side:
    """A card in one language: what its sheet shows."""

    language: str
    title: str
    kicker: str
    lead: str
    parts: list[tuple[str, list[str]]]
    labels: list[tuple[str, str]]
    labels_head: str
    note: str
    foot: list[str]

    @property
    def direction(self) -> str:
        """As `dir` says it."""
        return "rtl" if self.language in rules.FROM_RIGHT else "ltr"


@bp.get("/cards")
@opens_to(Audience.STAFF)
def index() -> Page:
    """All cards; of a family that is named, those of its children's phases first."""
    asked = ids.parse(request.args.get("family", ""))
    family = families.one(session(), viewer(), asked) if asked else None
    country = family.country if family else people.practice(session()).country
    phases = [one for one in rules.DECKS["phase"].cards if one.is_for(country)]
    theirs = _phases_of(family) if family else []
    return render_template(
        "cards/index.html", family=family, country=country, card_language=_language(),
        phases=sorted(phases, key=lambda one: one.key not in theirs), theirs=theirs,
        threes=rules.DECKS["three"].cards, own=queries.of_practice(session(), viewer()),
        activities=sorted(rules.DECKS["activity"].cards, key=lambda one: not set(one.phases) & set(theirs)),
        bin=queries.in_bin(session(), viewer()), said=rules.said,
    )  # fmt: skip


def _phases_of(family: Family) -> list[str]:
    born = [one.born_on for one in families.members(session(), family) if one.kind == "child" and one.born_on]
    found = [family_rules.phase(family.country, on, clock.today()) for on in born]
    return [key for one in found if one for key in rules.of_phase(one)]


def _language() -> str:
    return str(get_locale())


@bp.get("/cards/house/<card_key>")
@opens_to(Audience.STAFF)
def show(card_key: str) -> Page:
    """A card of the house on its sheet; two languages stand side by side."""
    card = rules.CARDS.get(card_key)
    if card is None:
        raise NotFoundError
    known = rules.languages(rules.DECKS[card.kind])
    choices = [[one] for one in known] + [[known[0], other] for other in known[1:]]
    wanted = request.args.get("lang", "").split("-")
    chosen = wanted if wanted in choices else [_language()] if [_language()] in choices else choices[0]
    country = request.args.get("country", "")
    sides = [_side(card, one, country if country in ("BE", "NL") else people.practice(session()).country)
             for one in chosen]  # fmt: skip
    return render_template(
        "cards/show.html", card=card, sides=sides, size=_size(len(sides)), sizes=rules.SIZES,
        names=rules.LANGUAGES, choices=choices, chosen=chosen, country=country,
    )  # fmt: skip


def _size(sides: int) -> str:
    sent = request.args.get("size", "")
    if sent in rules.SIZES:
        return sent
    return "a4" if sides > 1 else "a5"


def _side(card: rules.Card, language: str, country: str) -> Side:
    deck = rules.DECKS[card.kind]
    heads = {part: rules.said(text, language) for part, text in deck.heads.items()}
    return Side(
        language, card.name(language, country), rules.said(card.kicker, language) or _ages(card, language, country),
        rules.said(card.lead, language),
        [(heads[part], [rules.said(line, language) for line in lines]) for part, lines in card.parts.items()],
        [_label(tag, language) for tag in BASISSET.tags if tag.key in card.labels], heads.get("labels", ""),
        rules.said(card.note, language), [rules.said(line, language) for line in deck.foot],
    )  # fmt: skip


def _ages(card: rules.Card, language: str, country: str) -> str:
    ages = card.ages.get(country) or next(iter(card.ages.values()), None)
    written = rules.said(rules.DECKS[card.kind].heads.get("ages", {}), language)
    return written.format(a=ages[0], b=ages[1]) if ages else ""


def _label(tag: Tag, language: str) -> tuple[str, str]:
    """A label's drawing and its sentence, of any child."""
    sentence = tag.plain(CHILD.get(language, CHILD["nl"]), language)
    return tag.icon.removesuffix(".svg"), sentence[:1].upper() + sentence[1:]


@bp.get("/cards/new")
@opens_to(Audience.STAFF)
def new() -> Page:
    """The empty form of an own card."""
    return _form(None, {})


@bp.post("/cards")
@opens_to(Audience.STAFF)
def create() -> Page:
    """A new card of the practice."""
    form, errors = read(CardIn)
    if form is None:
        return _form(None, errors), 422
    card = actions.make(session(), viewer(), form)
    return redirect(url_for("cards.show_own", card_id=card.id))


@bp.get("/cards/<uuid:card_id>")
@opens_to(Audience.STAFF)
def show_own(card_id: uuid.UUID) -> Page:
    """An own card on its sheet."""
    card = queries.one(session(), viewer(), card_id)
    return render_template(
        "cards/show_own.html", card=card, blocks=rules.blocks(card.text), size=_size(1), sizes=rules.SIZES,
        direction="rtl" if card.language in rules.FROM_RIGHT else "ltr",
    )  # fmt: skip


@bp.get("/cards/<uuid:card_id>/edit")
@opens_to(Audience.STAFF)
def edit(card_id: uuid.UUID) -> Page:
    """The form of an own card."""
    return _form(queries.one(session(), viewer(), card_id), {})


@bp.post("/cards/<uuid:card_id>")
@opens_to(Audience.STAFF)
def update(card_id: uuid.UUID) -> Page:
    """Other words, another picture."""
    card = queries.one(session(), viewer(), card_id)
    form, errors = read(CardIn)
    if form is None:
        return _form(card, errors), 422
    actions.change(session(), viewer(), card, form)
    return redirect(url_for("cards.show_own", card_id=card.id))


@bp.post("/cards/<uuid:card_id>/removal")
@opens_to(Audience.STAFF)
def remove(card_id: uuid.UUID) -> Page:
    """Into the bin."""
    actions.throw_away(session(), viewer(), queries.one(session(), viewer(), card_id))
    flash(_("The card lies below, with the removed cards. You can put it back."))
    return redirect(url_for("cards.index") + "#bin")


@bp.post("/cards/<uuid:card_id>/return")
@opens_to(Audience.STAFF)
def put_back(card_id: uuid.UUID) -> Page:
    """Out of the bin."""
    actions.put_back(session(), viewer(), queries.one(session(), viewer(), card_id))
    return redirect(url_for("cards.index") + "#own")


def _form(card: OwnCard | None, errors: dict[str, str]) -> str:
    fields = ("title", "text", "drawing", "kind", "language")
    told = {name: getattr(card, name) if card else "" for name in fields}
    first = {"drawing": rules.DRAWINGS[0], "kind": "info", "language": _language()}
    sent = {name: request.form[name] for name in fields if name in request.form}
    drawings = {key: rules.said(rules.CARDS[key].title, _language()) for key in rules.DRAWINGS}
    return render_template(
        "cards/edit.html", card=card, told=first | {k: v for k, v in told.items() if v} | sent, errors=errors,
        drawings=drawings, languages=list(rules.LANGUAGES.items()), most=(rules.MAX_TITLE, rules.MAX_TEXT),
    )  # fmt: skip
