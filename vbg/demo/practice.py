"""Fills a house with the demo practice, through the same verbs a counselor uses.

Filling goes in steps that each commit; one that was broken off is taken up again where it stopped.
"""

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vbg import clock
from vbg.consents import actions as consents
from vbg.demo import films as drawn
from vbg.demo import method, own_work, telling, visits, written
from vbg.demo.cast import DemoFamily, DemoFilm, DemoReview, DemoShare, days_before
from vbg.demo.story import PASSWORD, PRACTICE
from vbg.families import actions as families
from vbg.families import queries as family_queries
from vbg.families import told_actions
from vbg.families.forms import Asking
from vbg.families.models import Family, Member
from vbg.films import actions as film_actions
from vbg.films import intake
from vbg.films.forms import Description, NewUpload
from vbg.films.models import Film
from vbg.films.rules import Device
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn, RungIn
from vbg.goals.models import Goal
from vbg.house import House
from vbg.moments import actions as moments
from vbg.moments.forms import MomentIn
from vbg.moments.models import Moment
from vbg.people import actions as people
from vbg.people import queries as people_queries
from vbg.people.models import Person, Practice
from vbg.reviews import actions as reviews
from vbg.sharing import actions as sharing
from vbg.sharing.models import Answer, Share
from vbg.tagsets import actions as tagsets
from vbg.video import run
from vbg.viewer import Viewer

Progress = Callable[[float], None]
Work = Callable[[House], object]

DRAWING: Final = 0.35
"""How much of one film's time goes to drawing it; the rest is making it ready."""

FILLED: Final = "demo.filled"


class DemoError(Exception):
    """A demo film could not be made ready; the message is the film's reason code."""


def is_filled(house: House) -> bool:
    """Whether the demo was made whole once; what somebody took out of it since stays out."""
    return (house.settings.data / FILLED).is_file()


def sign_ins(house: House) -> list[dict[str, str]]:
    """Everyone who can sign in: `email`, `password`, `role` (counselor or parent), `call_name`."""
    with house.database.unit(write=False) as session:
        known = {person.email: person.role for person in session.scalars(select(Person))}
    return [
        {"email": one.email, "password": PASSWORD, "role": known[one.email], "call_name": one.call_name}
        for one in PRACTICE.sign_ins()
        if one.email in known
    ]


def films_added(house: House) -> int:
    """How many films stand here that the demo did not bring."""
    with house.database.unit(write=False) as session:
        count = session.scalar(select(func.count()).select_from(Film).where(Film.removed_at.is_(None))) or 0
        ours = sum(_film(session, family, film) is not None for family in PRACTICE.families for film in family.films)
    return max(count - ours, 0)


def fill(house: House, work: Work, progress: Progress | None = None) -> None:
    """Makes the demo practice: people, families, films made ready, moments, samen kijken, shares.

    `work(house)` does the jobs that wait; `progress` hears parts from 0 to 1.
    Raises DemoError when a film cannot be made ready, `films.FilmError` when it cannot be drawn.
    """
    said = progress or (lambda _part: None)
    said(0.0)
    viewer = _people(house)
    with house.database.unit() as session:
        own_work.tell(session, viewer)
    for family in PRACTICE.families:
        settle(house, viewer, family)
    whole = [film for family in PRACTICE.families for film in family.films]
    done = 0
    for family in PRACTICE.families:
        for film in family.films:
            start = done / len(whole)
            bring(house, viewer, family, film, work, lambda part, at=start: said(at + part / len(whole)))  # type: ignore[misc]
            done += 1
        _tell(house, viewer, family, work)
    (house.settings.data / FILLED).touch(mode=0o600)
    said(1.0)


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    """As if it were so many days ago: every row gets the day it would have had."""
    with clock.freeze(clock.now() - timedelta(days=days)):
        yield


def _people(house: House) -> Viewer:
    """The practice and its counselor; answers the counselor as a viewer."""
    oldest = max(family.started_days_ago for family in PRACTICE.families)
    with house.database.unit() as session, _days_ago(oldest):
        found = people_queries.by_email(session, PRACTICE.counselor.email)
        if found is None:
            if session.get(Practice, house.practice_id) is None:
                people.found_practice(session, house.practice_id, PRACTICE.name, PRACTICE.country, PRACTICE.time_zone)
            ine = PRACTICE.counselor
            found = people.add_person(
                session, None, house.practice_id, ine.name, ine.email, "counselor", call_name=ine.call_name
            )
            people.set_password(session, None, found, PASSWORD)
        return people_queries.viewer_of(found)


def settle(house: House, viewer: Viewer, told: DemoFamily) -> None:
    """The family with its question, members, consent and goals, unless it stands there."""
    today = clock.today()
    with house.database.unit() as session:
        if _row(session, told) is not None:
            return
        with _days_ago(told.started_days_ago):
            family = families.begin(session, viewer, told.code, told.country)
            families.ask_question(session, viewer, family, told.question, told.question_authors)
            members = _members(session, viewer, family, told, today)
            telling.first(session, viewer, family, told, today)
            if told.sets:
                tagsets.choose(session, viewer, family.id, list(told.sets))
        if (ago := told.first.asked_again_days_ago) is not None:
            with _days_ago(ago):
                told_actions.ask_again(session, viewer, family, Asking())
        for said in told.consents:
            with _days_ago(said.days_ago):
                consents.answer(session, viewer, members[said.who], said.purpose, said.answer, said.way)
        for goal in told.goals:
            with _days_ago(goal.days_ago or 0):
                agreed_on = days_before(today, goal.days_ago) if goal.days_ago is not None else None
                form = GoalIn(text=goal.text, authors=goal.authors, agreed_by=goal.agreed_by, agreed_on=agreed_on)
                made, _fresh = goals.add(session, viewer, family.id, form)
            for rung in goal.rungs:
                on = days_before(today, rung.days_ago)
                chosen = RungIn(value=rung.value, on=on, chosen_by=goal.authors, words=rung.words)
                goals.choose_rung(session, viewer, made, chosen)
        written.notes(session, viewer, family, told)


def _members(session: Session, viewer: Viewer, family: Family, told: DemoFamily, today: date) -> dict[str, Member]:
    members: dict[str, Member] = {}
    for child in told.children:
        member = families.add_member(
            session, viewer, family, child.call_name, "child", child.household, child.born_on(today)
        )
        telling.child(session, viewer, family, member, child)
        members[child.call_name] = member
    for adult in told.adults:
        member = families.add_member(
            session, viewer, family, adult.call_name, "adult", adult.household, authority=adult.authority
        )
        member.cares, member.on_film = adult.cares, adult.on_film
        members[adult.call_name] = member
        if adult.sign_in is not None:
            code = families.give_account(session, viewer, member, adult.sign_in.email)
            people.redeem(session, code, PASSWORD)
    return members


def bring(house: House, viewer: Viewer, family: DemoFamily, film: DemoFilm, work: Work, said: Progress) -> None:
    """Draws the film, takes it in as any film, and makes it ready here and now."""
    with house.database.unit(write=False) as session:
        found = _film(session, family, film)
        film_id = found.id if found else None
    if film_id is None:
        film_id = _take(house, viewer, family, film, lambda part: said(part * DRAWING))
    said(DRAWING)
    work(house)
    with house.database.unit() as session:
        row = session.get_one(Film, film_id)
        if row.state != "ready":
            raise DemoError(row.reason or row.state)
        recorded = days_before(clock.today(), film.days_ago)
        form = Description(title=film.title, situation=film.situation, recorded_on=recorded)
        film_actions.describe(session, viewer, row, form)
    said(1.0)


def _take(house: House, viewer: Viewer, family: DemoFamily, film: DemoFilm, said: Progress) -> uuid.UUID:
    with tempfile.TemporaryDirectory(dir=house.settings.data, prefix="drawing-") as folder:
        path = Path(folder) / _file_name(film)
        drawn.draw(film.drawing, path, ffmpeg=str(run.find(house.settings.ffmpeg or None).ffmpeg), progress=said)
        form = NewUpload(family=family.code, length=path.stat().st_size, filename=path.name, device=Device.PROGRAM)
        return intake.take(house, viewer, path, form).id


def _tell(house: House, viewer: Viewer, told: DemoFamily, work: Work) -> None:
    """Moments, samen kijken and shares of a family; the clips and stills they ask for; then the answers."""
    with house.database.unit() as session:
        if not _shares(session, told):
            tell(session, viewer, told)
    work(house)
    with house.database.unit() as session:
        for share, one in zip(_shares(session, told), told.shares, strict=True):
            _answer(session, share, one)


def tell(session: Session, viewer: Viewer, told: DemoFamily) -> None:
    """What the counselor did with the family's films."""
    family = _row(session, told)
    assert family is not None
    made: dict[str, Moment] = {}
    drawn_films: dict[str, Film] = {}
    for film in told.films:
        row = _film(session, told, film)
        assert row is not None
        drawn_films[film.drawing] = row
        with _days_ago(max(film.days_ago - 1, 0)):
            made |= _moments(session, viewer, family, told, film, row)
    for review in told.reviews:
        _review(session, viewer, family, review, made, method.goals_of(session, family, told))
    method.think(session, viewer, family, told, made, drawn_films)
    visits.tell(session, viewer, family, told.visits)
    for share in told.shares:
        _share(session, viewer, family, share, made[share.moment])


def _moments(
    session: Session, viewer: Viewer, family: Family, told: DemoFamily, film: DemoFilm, row: Film
) -> dict[str, Moment]:
    texts = {goal.key: goal.text for goal in told.goals}
    ids = {goal.text: goal.id for goal in session.scalars(select(Goal).where(Goal.family_id == family.id))}
    made: dict[str, Moment] = {}
    for at_ms, situation in film.then:
        moments.say_situation(session, viewer, row, at_ms, situation)
    for one in film.moments:
        form = MomentIn.model_validate(
            {
                "start_ms": one.start_ms,
                "end_ms": min(one.end_ms, row.duration_ms or one.end_ms),
                "marks": [{"tag": mark.tag, "at_ms": mark.at_ms} for mark in one.marks],
                "goals": [str(ids[texts[key]]) for key in one.goals],
                "words": one.words,
                "when_words": one.lines[0],
                "what_words": one.lines[1],
                "for_words": one.lines[2],
                "chosen": one.chosen,
                "child_says": one.child_says,
                "child_says_by": one.child_says_by,
                "photo_ms": one.photo_ms,
            }
        )
        made[one.key], _ = moments.mark(session, viewer, row.id, form)
        if one.note:
            moments.write_note(session, viewer, made[one.key], one.note)
    return made


def _review(
    session: Session, viewer: Viewer, family: Family, told: DemoReview, made: dict[str, Moment],
    wishes: dict[str, Goal],
) -> None:  # fmt: skip
    with _days_ago(told.closed_days_ago or 0):
        review = reviews.begin(session, viewer, family.id)
        reviews.describe(session, viewer, review, told.theme)
        for step in told.steps:
            placed = reviews.put(session, viewer, review, made[step.moment])
            reviews.prompt(session, viewer, review, placed, step.prompt)
        if told.planned_in_days is not None:
            review.planned_on = days_before(clock.today(), -told.planned_in_days)
        if told.closed_days_ago is not None:
            reviews.start(session, viewer, review)
            goal = wishes.get(told.step_goal)
            reviews.close(session, viewer, review, "", told.next_step, told.next_filming, goal.id if goal else None)


def _share(session: Session, viewer: Viewer, family: Family, told: DemoShare, moment: Moment) -> None:
    member = next(one for one in family_queries.members(session, family) if one.call_name == told.who)
    assert member.person_id is not None
    with _days_ago(told.days_ago):
        sharing.share(session, viewer, moment, member.person_id)


def _answer(session: Session, share: Share, told: DemoShare) -> None:
    if told.answered_days_ago is None or session.get(Answer, share.id) is not None:
        return
    reader = people_queries.viewer_of(session.get_one(Person, share.person_id))
    with _days_ago(told.answered_days_ago):
        sharing.answer(session, reader, share.id, list(told.reactions), told.answer)


def _row(session: Session, told: DemoFamily) -> Family | None:
    return session.scalar(select(Family).where(Family.code == told.code))


def _film(session: Session, told: DemoFamily, film: DemoFilm) -> Film | None:
    ours = select(Film).join(Family, Film.family_id == Family.id).where(Family.code == told.code)
    return session.scalar(ours.where(Film.declared_name == _file_name(film)).order_by(Film.number).limit(1))


def _file_name(film: DemoFilm) -> str:
    return f"{film.drawing}-demo.mp4"


def _shares(session: Session, told: DemoFamily) -> list[Share]:
    """The shares the demo made for this family, in the order of the story."""
    here = select(Share).join(Moment, Share.moment_id == Moment.id).join(Film, Moment.film_id == Film.id)
    ours = here.join(Family, Film.family_id == Family.id).where(Family.code == told.code)
    return list(session.scalars(ours.order_by(Share.from_at).limit(len(told.shares))))
