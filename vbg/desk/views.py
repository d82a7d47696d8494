"""Pages that show many nouns: today, a family, the workspace."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vbg import audit, clock, queue
from vbg.consents import queries as consents
from vbg.desk import day, glance, ladders, path, told
from vbg.desk.labels import tag_set
from vbg.families import actions as family_actions
from vbg.families import queries as families
from vbg.films import queries as films
from vbg.films.words import situations
from vbg.goals import queries as goals
from vbg.hypotheses import queries as hypotheses
from vbg.moments import bands, rules
from vbg.moments import queries as moments
from vbg.palettes import queries as palettes
from vbg.people import queries as people
from vbg.places import queries as places
from vbg.reviews import queries as reviews
from vbg.sharing import queries as sharing
from vbg.tagsets import queries as tagsets
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer
from vbg.web.words import say

bp = Blueprint("desk", __name__)
Page = str | Response | tuple[str, int]
SHOWN = 6
"""Reviews that today shows with their moments; of more it names the family."""


@bp.get("/today")
@opens_to(Audience.STAFF)
def today() -> Page:
    """What waits: visits, prepared reviews, films to look at, what parents said, what falls due."""
    near, _more = families.near(session(), viewer())
    under_way = reviews.under_way(session(), viewer())
    placed = reviews.places_of(session(), under_way[:SHOWN])
    families.load_homes(session(), [one.family for one in under_way[:SHOWN]])
    open_reviews = [(one, one.family, placed.get(one.id, [])) for one in under_way]
    return render_template(
        "desk/today.html", families=near, open_reviews=open_reviews, today=clock.today(), shown=SHOWN,
        answers=sharing.answers(session(), viewer()), heard=hypotheses.heard(session(), viewer()),
        day=format_date(clock.today(), "EEEE d MMMM"),
        wipings=films.open_wipings(session(), viewer()),
        me=people.one(session(), viewer(), viewer().person_id), **day.drawn(session(), viewer()),
    )  # fmt: skip


@bp.post("/practice-family")
@opens_to(Audience.STAFF)
def practice_family() -> Page:
    """'Kijk rond in het oefengezin': drawn by a job, half a minute."""
    queue.ask(session(), "demo.lend", viewer().person_id)
    audit.record(session(), viewer(), "family.lend", "person", viewer().person_id)
    flash(_("The practice family is being drawn. It is here in half a minute."))
    return redirect(url_for("desk.today"))


@bp.post("/practice-room")
@opens_to(Audience.STAFF)
def practice_room() -> Page:
    """'Probeer met een eigen filmpje': a room for a day, no family, no forms."""
    if request.form.get("mine") != "yes":
        flash(say("tick_first"))
        return redirect(url_for("desk.today"))
    room = family_actions.open_practice_room(session(), viewer())
    return redirect(url_for("films.new", family_id=room.id, mine="yes"))


@bp.get("/families/<uuid:family_id>")
@opens_to(Audience.STAFF)
def family(family_id: uuid.UUID) -> Page:
    """A family: its question, goals, films, reviews, members, consent."""
    found = families.one(session(), viewer(), family_id)
    if found.is_practice_room:
        return redirect(url_for("films.new", family_id=found.id))
    members, wishes = families.members(session(), found), goals.of_family(session(), viewer(), found.id)
    chosen = goals.ladders(session(), wishes)
    shown = moments.of_goals(session(), viewer(), found.id, [goal.id for goal in wishes])
    kept, watched = films.of_family(session(), viewer(), found.id), reviews.of_family(session(), viewer(), found)
    return render_template(
        "desk/family.html", family=found, members=members, told=told.of(session(), found, members), goals=wishes,
        ladders={goal.id: ladders.drawn(chosen.get(goal.id, ()), shown.get(goal.id, ()), clock.today())
                 for goal in wishes}, films=kept, reviews=watched,
        consent_rows=consents.rows(session(), found), **path.drawn(session(), viewer(), found, kept, watched),
        gates=consents.gates(session(), found.id), team=families.team(session(), found),
        sets=tagsets.in_use(session(), found.id), fun=bool(reviews.fun_of(session(), found.id)), **_thoughts(found.id),
    )  # fmt: skip


def _thoughts(family_id: uuid.UUID) -> dict[str, object]:
    """What the counselor thinks may be so: folded on the page until it is asked for."""
    standing = hypotheses.of_family(session(), viewer(), family_id)
    return {"hypotheses": standing, "sides": hypotheses.sides(session(), viewer(), standing)}


@bp.get("/films/<uuid:film_id>/workspace")
@opens_to(Audience.STAFF)
def workspace(film_id: uuid.UUID) -> Page:
    """The hour of micro-analysis. A film that cannot be watched yet sends to its own page."""
    film = films.one(session(), viewer(), film_id)
    if not films.playable(session(), film):
        return redirect(url_for("films.show", film_id=film.id))
    found = families.one(session(), viewer(), film.family_id)
    sets = tagsets.in_use(session(), film.family_id)
    portraits = told.portraits(found, families.members(session(), found))
    child = next((one.child.call_name for one in portraits), "")
    labels = tag_set(str(get_locale()), child, sets, tagsets.former(session(), moments.sets_on(session(), film)))
    return render_template(
        "desk/workspace.html", film=film, family=found, tagset_json=labels,
        palette_json=palettes.described(session(), viewer()), keys_url=url_for("desk_keys.sheet", film_id=film.id),
        goals=goals.of_family(session(), viewer(), found.id), start_url=url_for("reviews.create"),
        hypotheses=hypotheses.of_family(session(), viewer(), found.id), portraits=portraits,
        child=moments.child_of(session(), found.id), adults=moments.adults_of(session(), found.id),
        situations=situations()[1:], bands=bands.of_film(session(), film.id),
        whole_url=url_for("reviews.start_film", film_id=film.id),
        back_url=url_for("desk.family", family_id=found.id), place=places.of_film(session(), viewer(), film),
    )  # fmt: skip


@bp.get("/films/<uuid:film_id>/glance")
@opens_to(Audience.STAFF)
def at_a_glance(film_id: uuid.UUID) -> Page:
    """A film at one glance: who begins, who answers. For the counselor, also on paper."""
    film = films.watched(session(), viewer(), film_id)
    found = families.one(session(), viewer(), film.family_id)
    known = tagsets.Labels(session())
    shown = glance.of(moments.all_of_film(session(), viewer(), film), known)
    language, child = str(get_locale()), moments.child_of(session(), found.id)
    return render_template(
        "desk/glance.html", film=film, family=found, glance=shown,
        labels={tag.id: tag.name(language) for tag in map(known.find, shown.tags) if tag},
        headings={one.moment.id: rules.heading(one.moment.words, one.moment.marks, known, child, language)
                  for one in shown.exchanges},
    )  # fmt: skip
