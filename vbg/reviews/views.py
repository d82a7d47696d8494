"""Prepare a review, start it, watch in the room, the calm page, close it."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.films import queries as films
from vbg.goals import queries as goals
from vbg.hypotheses import queries as hypotheses
from vbg.moments import queries as moments
from vbg.people import actions as people
from vbg.people.cookies import begin
from vbg.people.models import Person
from vbg.reasons import ReasonError
from vbg.reviews import actions, forms, queries, rules, words
from vbg.reviews.models import Review
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import house, session, viewer
from vbg.web.words import say

bp = Blueprint("reviews", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/families/<uuid:family_id>/reviews")
@opens_to(Audience.STAFF)
def index(family_id: uuid.UUID) -> Page:
    """The family's reviews."""
    family = families.one(session(), viewer(), family_id)
    return render_template("reviews/index.html", family=family, reviews=queries.of_family(session(), viewer(), family))


@bp.post("/reviews")
@opens_to(Audience.STAFF)
def create() -> Page:
    """From the workspace: a review with this film's starred moments."""
    form, _errors = read(forms.Start)
    if form is None:
        abort(404)
    film = films.one(session(), viewer(), form.film)
    review = actions.prepare(session(), viewer(), film)
    return redirect(url_for("reviews.show", review_id=review.id))


@bp.get("/reviews/<uuid:review_id>")
@opens_to(Audience.STAFF)
def show(review_id: uuid.UUID) -> Page:
    """Prepare: order, prompts, theme; or look back at a closed one."""
    return _show(queries.one(session(), viewer(), review_id))


def _show(review: Review, error: str = "") -> str:
    family = families.one(session(), viewer(), review.family_id)
    placed = queries.places(session(), review)
    child = next((one.call_name for one in families.members(session(), family) if one.kind == "child"), _("your child"))
    lengths = [(one.moment.end_ms or one.moment.start_ms) - one.moment.start_ms for one in placed]
    bank = [words.asked(one.text) for one in hypotheses.asked_of_family(session(), viewer(), family.id)]
    bank += [words.prompt(code, child) for code in rules.PROMPTS]
    defaults = [words.prompt(rules.default_prompt(at, len(placed)), child) for at in range(len(placed))]
    return render_template(
        "reviews/show.html", review=review, family=family, places=list(zip(placed, defaults, strict=True)), bank=bank,
        notes={one.moment_id: moments.note_of(session(), viewer(), one.moment_id) for one in placed}, error=error,
        unplaced=queries.unplaced(session(), review), advice=rules.advice(lengths),
        may_watch=consents.allows(session(), family.id, "review"),
    )  # fmt: skip


@bp.post("/reviews/<uuid:review_id>")
@opens_to(Audience.STAFF)
def update(review_id: uuid.UUID) -> Page:
    """The theme."""
    review = queries.one(session(), viewer(), review_id)
    form, _errors = read(forms.Prepare)
    if form is None:
        return _show(review, say("check_fields")), 422
    actions.describe(session(), viewer(), review, form.theme)
    return redirect(url_for("reviews.show", review_id=review.id))


@bp.post("/reviews/<uuid:review_id>/child/<any(shown,hidden):how>")
@opens_to(Audience.STAFF)
def show_child(review_id: uuid.UUID, how: str) -> Page:
    """What the child would say, on the film or not."""
    review = queries.one(session(), viewer(), review_id)
    actions.show_child(session(), viewer(), review, how == "shown")
    return redirect(url_for("reviews.show", review_id=review.id) + "#child")


@bp.post("/reviews/<uuid:review_id>/removal")
@opens_to(Audience.STAFF)
def drop(review_id: uuid.UUID) -> Page:
    """Let it go: a wrong press, or not needed after all."""
    review = queries.one(session(), viewer(), review_id)
    try:
        actions.drop(session(), viewer(), review)
    except ReasonError as reason:
        return _show(review, say(reason.code)), 422
    return redirect(url_for("desk.family", family_id=review.family_id))


@bp.post("/reviews/<uuid:review_id>/moments/<uuid:moment_id>")
@opens_to(Audience.STAFF)
def put(review_id: uuid.UUID, moment_id: uuid.UUID) -> Page:
    """Place a moment."""
    review = queries.one(session(), viewer(), review_id)
    moment = moments.one(session(), viewer(), moment_id)
    form, errors = read(forms.Put)
    if form is None:
        return _show(review, next(iter(errors.values()))), 422
    try:
        actions.put(session(), viewer(), review, moment, form.prompt, form.at)
    except ReasonError as reason:
        return _show(review, say(reason.code)), 422
    return redirect(url_for("reviews.show", review_id=review.id))


@bp.post("/reviews/<uuid:review_id>/moments/<uuid:moment_id>/removal")
@opens_to(Audience.STAFF)
def take(review_id: uuid.UUID, moment_id: uuid.UUID) -> Page:
    """Take a moment out again."""
    placed = queries.place(session(), viewer(), review_id, moment_id)
    actions.take(session(), viewer(), queries.one(session(), viewer(), review_id), placed)
    return redirect(url_for("reviews.show", review_id=review_id))


@bp.post("/reviews/<uuid:review_id>/moments/<uuid:moment_id>/<any(earlier,later):where>")
@opens_to(Audience.STAFF)
def move(review_id: uuid.UUID, moment_id: uuid.UUID, where: str) -> Page:
    """Change the order."""
    placed = queries.place(session(), viewer(), review_id, moment_id)
    review = queries.one(session(), viewer(), review_id)
    actions.move(session(), viewer(), review, placed, -1 if where == "earlier" else 1)
    return redirect(url_for("reviews.show", review_id=review_id) + f"#m-{moment_id}")


@bp.post("/reviews/<uuid:review_id>/moments/<uuid:moment_id>/prompt")
@opens_to(Audience.STAFF)
def prompt(review_id: uuid.UUID, moment_id: uuid.UUID) -> Page:
    """The prompt at this moment."""
    placed = queries.place(session(), viewer(), review_id, moment_id)
    review = queries.one(session(), viewer(), review_id)
    form, errors = read(forms.Place)
    if form is None:
        return _show(review, next(iter(errors.values()))), 422
    actions.prompt(session(), viewer(), review, placed, form.prompt)
    return redirect(url_for("reviews.show", review_id=review_id) + f"#m-{moment_id}")


@bp.post("/reviews/<uuid:review_id>/start")
@opens_to(Audience.STAFF)
def start(review_id: uuid.UUID) -> Page:
    """Start samen kijken: this browser becomes the room."""
    review = queries.one(session(), viewer(), review_id)
    try:
        actions.start(session(), viewer(), review)
    except ReasonError as reason:
        return _show(review, say(reason.code)), 422
    return _enter_room(review)


@bp.post("/films/<uuid:film_id>/watching")
@opens_to(Audience.STAFF)
def start_film(film_id: uuid.UUID) -> Page:
    """'Meteen samen kijken': the whole film."""
    film = films.one(session(), viewer(), film_id)
    try:
        review = actions.start_film(session(), viewer(), film_id)
    except ReasonError as reason:
        ask = reason.code == "no_review_consent"
        return render_template("reviews/refused.html", reason=say(reason.code), film=film, ask=ask), 422
    return _enter_room(review)


def _enter_room(review: Review) -> Response:
    """The counselor's session in this browser ends; the room's begins."""
    person = session().get_one(Person, viewer().person_id)
    people.end_session(session(), viewer())
    token = people.begin_session(session(), person, Audience.ROOM, review.id)
    answer = begin(redirect(url_for("reviews.watch", review_id=review.id)), token, request.is_secure)
    cookie["watch"] = str(review.id)
    return answer


@bp.get("/reviews/<uuid:review_id>/watch")
@opens_to(Audience.ROOM)
def watch(review_id: uuid.UUID) -> Page:
    """The film and nothing else. Shown once for each press: back, reload and crash end on the calm page."""
    review = queries.one(session(), viewer(), review_id)
    if cookie.pop("watch", "") != str(review_id):
        return redirect(url_for("reviews.leave", review_id=review_id))
    fun = cookie.get("fun") == str(review_id)
    whole = review.film_id is not None and not fun
    items = _fun_items(review) if fun else _film_item(review) if whole else _items(review)
    if not items:
        return redirect(url_for("reviews.leave", review_id=review_id))
    sheet = {
        "items": items, "question": review.family.question, "whole": whole,
        "closure_url": url_for("reviews.leave", review_id=review_id),
        "moments_url": url_for("reviews_api.find", review_id=review_id) if whole else None,
    }  # fmt: skip
    says = any(one.get("says") for one in items)
    child = moments.child_of(session(), review.family_id) if says else ""
    return render_template(
        "reviews/watch.html", review={"id": review.id}, watch_json=sheet, says=says, child=child, theme="dark"
    )


def _items(review: Review) -> list[dict[str, object]]:
    return [
        _item(review, placed.moment.film_id, placed.moment.start_ms, placed.moment.end_ms)
        | {"moment_id": str(placed.moment_id)}
        | ({"says": placed.moment.child_says_shown} if review.shows_child else {})
        for placed in queries.places(session(), review)
    ]


def _fun_items(review: Review) -> list[dict[str, object]]:
    return [
        _item(review, one.film_id, one.start_ms, one.end_ms, with_fun=True) | {"moment_id": str(one.id)}
        for one in queries.fun_of(session(), review.family_id)
    ]


def _film_item(review: Review) -> list[dict[str, object]]:
    assert review.film_id
    film = queries.film_in_room(session(), viewer(), review.id, review.film_id)
    return [_item(review, film.id, 0, film.duration_ms) | {"moment_id": None}]


def _item(
    review: Review, film_id: uuid.UUID, start_ms: int, end_ms: int | None, *, with_fun: bool = False
) -> dict[str, object]:
    film = queries.film_in_room(session(), viewer(), review.id, film_id, with_fun=with_fun)
    return {
        "film_id": str(film_id), "offset_us": film.offset_us, "start_ms": start_ms,
        "media": url_for("reviews_api.media", review_id=review.id, film_id=film_id, v=film.play_version),
        "codec": film.play_codec, "alone": film.plays_alone,
        "frames_url": url_for("reviews_api.frames", review_id=review.id, film_id=film_id),
        "end_ms": end_ms if end_ms is not None else min(start_ms + 4000, film.duration_ms or start_ms + 4000),
        "proud_url": url_for("reviews_api.be_proud", review_id=review.id),
    }  # fmt: skip


@bp.get("/reviews/<uuid:review_id>/leave")
@opens_to(Audience.ROOM)
def leave(review_id: uuid.UUID) -> Page:
    """The calm page: look on, or the counselor's way back."""
    if viewer().review_id != review_id:
        abort(404)
    cookie.pop("fun", "")
    return _leave(review_id, "")


def _leave(review_id: uuid.UUID, error: str) -> str:
    """Whether there is fun to look back at is all that the calm page knows; a closed review has none."""
    review = session().scalar(queries.visible_to(viewer()).where(Review.id == review_id))
    fun = review is not None and bool(queries.fun_of(session(), review.family_id))
    return render_template("reviews/leave.html", review_id=review_id, error=error, fun=fun)


@bp.post("/reviews/<uuid:review_id>/watch")
@opens_to(Audience.ROOM)
def resume(review_id: uuid.UUID) -> Page:
    """'Kijk verder'."""
    queries.one(session(), viewer(), review_id)
    cookie.pop("fun", "")
    cookie["watch"] = str(review_id)
    return redirect(url_for("reviews.watch", review_id=review_id))


@bp.post("/reviews/<uuid:review_id>/fun")
@opens_to(Audience.ROOM)
def look_back(review_id: uuid.UUID) -> Page:
    """All the fun so far in a row, out of every film that may be watched together."""
    queries.one(session(), viewer(), review_id)
    cookie["fun"] = cookie["watch"] = str(review_id)
    return redirect(url_for("reviews.watch", review_id=review_id))


@bp.post("/reviews/<uuid:review_id>/return")
@opens_to(Audience.ROOM)
def back(review_id: uuid.UUID) -> Page:
    """Back to preparing: only with the counselor's password; tries are counted like any sign-in."""
    if viewer().review_id != review_id:
        abort(404)
    form, _errors = read(forms.Return)
    person = session().get_one(Person, viewer().person_id)
    email = person.email or ""
    session().rollback()  # lets go of the write lock, which the counting below needs
    refusal = _checked(email, form.password) if form else "wrong_password"
    if refusal:
        return _leave(review_id, say(refusal)), 422
    people.end_session(session(), viewer())
    token = people.begin_session(session(), person)
    return begin(redirect(url_for("reviews.closing", review_id=review_id)), token, request.is_secure)


def _checked(email: str, password: str) -> str:
    """Nothing when this is the counselor's password, else a reason code; the try is counted either way."""
    with house().database.unit() as unit:
        try:
            people.check_password(unit, email, password, request.remote_addr or "")
        except ReasonError as reason:
            return "wrong_password" if reason.code == "wrong_sign_in" else reason.code
    return ""


@bp.get("/reviews/<uuid:review_id>/closing")
@opens_to(Audience.STAFF)
def closing(review_id: uuid.UUID) -> Page:
    """What was said, one next step, the next filming; all of it optional."""
    return _closing(queries.one(session(), viewer(), review_id), {})


def _closing(review: Review, errors: dict[str, str]) -> str:
    """The step's goal: as it was kept, else the one that all placed moments show together."""
    placed = queries.places(session(), review)
    shown = [set(one.moment.goals) for one in placed]
    together = set.intersection(*shown) if shown else set()
    goal = queries.goal_of(session(), review) or (next(iter(together)) if len(together) == 1 else "")
    return render_template(
        "reviews/closing.html", review=review, family=review.family, errors=errors, goal=str(goal), placed=placed,
        goals=goals.of_family(session(), viewer(), review.family_id),
        fun=bool(queries.fun_of(session(), review.family_id)),
        asked=hypotheses.asked_of_family(session(), viewer(), review.family_id),
    )  # fmt: skip


@bp.post("/reviews/<uuid:review_id>/closure")
@opens_to(Audience.STAFF)
def close(review_id: uuid.UUID) -> Page:
    """Close the review."""
    review = queries.one(session(), viewer(), review_id)
    form, errors = read(forms.Close)
    if form is None:
        return _closing(review, errors), 422
    placed = queries.places(session(), review) if form.then else []
    try:
        actions.close(session(), viewer(), review, form.notes, form.next_step, form.next_filming, form.goal)
    except ReasonError as reason:
        return _closing(review, refused(reason)), 422
    if placed:  # the last one is what the talk ended on
        return redirect(url_for("desk_cards.show", moment_id=placed[-1].moment_id))
    return redirect(url_for("desk.family", family_id=review.family_id))


@bp.post("/reviews/<uuid:review_id>/reopening")
@opens_to(Audience.STAFF)
def reopen(review_id: uuid.UUID) -> Page:
    """Open it again."""
    review = queries.one(session(), viewer(), review_id)
    actions.reopen(session(), viewer(), review)
    return redirect(url_for("reviews.show", review_id=review.id))
