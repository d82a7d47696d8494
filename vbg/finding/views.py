"""The page on which a counselor finds moments. Words come in a body alone; nothing of a search is kept."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import get_locale

from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.finding import queries
from vbg.finding.forms import wish, wish_with_words
from vbg.finding.rules import Wish
from vbg.goals import queries as goals
from vbg.moments import queries as moments
from vbg.moments import rules
from vbg.moments.models import Moment
from vbg.reviews import actions as reviewing
from vbg.reviews import queries as reviews
from vbg.tagsets import queries as tagsets
from vbg.tagsets.rules import without_version
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import reads, session, viewer

bp = Blueprint("finding", __name__)
OFFERED = 100
"""How many families the page offers to choose from; all of them are found without choosing."""


@bp.get("/find")
@opens_to(Audience.STAFF)
def index() -> str:
    """The page, with the filters that its address names."""
    return _page(wish(request.args), "")


@bp.post("/find")
@opens_to(Audience.STAFF)
def search() -> str:
    """The same with words, as a page or, for the page's own script, as the list alone."""
    reads()
    return _search()


def _search() -> str:
    return _page(wish_with_words(request.form), request.form.get("words", "")[:200])


@bp.post("/find/moments/<uuid:moment_id>/choice")
@opens_to(Audience.STAFF)
def choose(moment_id: UUID) -> str:
    """One press puts a found moment into its family's samen kijken, the next takes it out."""
    moment = moments.one(session(), viewer(), moment_id)
    review = reviewing.choose(session(), viewer(), moment, request.form.get("wanted") != "no")
    if request.headers.get("Vbg-Fragment") == "choice":
        return render_template("reviews/_chosen.html", moment=moment, review=review, form="find")
    return _search()


def _page(asked: Wish, typed: str) -> str:
    rows, cursor = queries.found(session(), viewer(), asked, request.form.get("cursor", ""))
    names = queries.children(session(), {row.film.family_id for row in rows})
    films = [(film, [_told(one, names) for one in ones]) for film, ones in groupby(rows, key=_film)]
    placed = reviews.placed(session(), viewer(), {row.id for row in rows})
    shown = {"films": films, "placed": placed, "cursor": cursor, "asked": asked, "any": asked != Wish()}
    if request.headers.get("Vbg-Fragment") == "results":
        return render_template("finding/_results.html", **shown)
    return render_template(
        "finding/index.html", typed=typed, tags=list(_labels().items()),
        families=_families(asked.family),
        goals=goals.of_family(session(), viewer(), asked.family) if asked.family else [], **shown,
    )  # fmt: skip


def _families(asked: UUID | None) -> list[Family]:
    """Those that can be chosen: what began last, and the one that is asked for."""
    some, more = families.near(session(), viewer(), OFFERED)
    if asked and more and asked not in {one.id for one in some}:
        some.append(families.one(session(), viewer(), asked))
    return some


def _labels() -> dict[str, str]:
    """What can be looked for: each label of each set in any of its versions, as it reads now."""
    language = str(get_locale())
    return {
        without_version(tag.id): tag.name(language)
        for one in tagsets.available(session(), viewer())
        for tag in one.tags
    }


def _film(moment: Moment) -> Film:
    return moment.film


def _told(moment: Moment, names: dict[UUID, str]) -> tuple[Moment, str | None, int]:
    """The moment, its heading, and where its playing ends (ms of film time)."""
    labels = tagsets.Labels(session())
    child = names.get(moment.film.family_id, "")
    heading = rules.heading(moment.words, moment.marks, labels, child, str(get_locale()))
    first = labels.find(str(moment.marks[0]["tag"])) if moment.marks else None
    return moment, heading, rules.plays_to(moment.start_ms, moment.end_ms, first, moment.film.duration_ms)
