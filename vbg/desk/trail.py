"""The way of one family as dated rows: its question, what was written, goals, films, watching together.

Each maker tells the rows of one noun. A noun joins the line by a maker in `TEAM`; parents read only what a maker in
`HOME` tells, which knows none of the team's own words.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlalchemy.orm import Session

from vbg import clock
from vbg.desk import ladders
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.goals import queries as goals
from vbg.goals.models import Goal
from vbg.hypotheses import queries as hypotheses
from vbg.notes import queries as notes
from vbg.plans import queries as plans
from vbg.plans.models import Step
from vbg.reviews import queries as reviews
from vbg.reviews.models import Review
from vbg.sharing import queries as sharing
from vbg.viewer import Viewer
from vbg.web.filters import day


class Stage(StrEnum):
    """Where in the method a row belongs, in the method's own order."""

    QUESTION = "question"
    NOTE = "note"
    THOUGHT = "thought"
    GOAL = "goal"
    PLAN = "plan"
    FILM = "film"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Row:
    """One dated row. `words` are the family's, byte for byte, and `who` says whose; `text` is the team's, folded."""

    on: date
    stage: Stage
    title: str = ""
    words: str = ""
    who: str = ""
    lines: tuple[str, ...] = ()
    text: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """Whose way it is. `reader`: the call name of the one adult it is for, empty for all of one home together."""

    session: Session
    viewer: Viewer
    family: Family
    reader: str = ""

    def hears(self, *names: str) -> bool:
        """Whether the reader is among the people named; what bears no name is everybody's."""
        named = [one for one in names if one.strip()]
        return not self.reader or not named or any(self.reader.casefold() in people(one) for one in named)


def people(names: str) -> set[str]:
    """The call names in "mama en papa" or "Samira, opa", as they are compared."""
    for between in (" en ", " and ", "&"):
        names = names.replace(between, ",")
    return {one.strip().casefold() for one in names.split(",") if one.strip()}


def questions(around: Around) -> Iterator[Row]:
    """Each wording of the question on its day, and the days on which it was asked and still right."""
    homes: dict[UUID | None, list[str]] = {}
    for member in families.members(around.session, around.family):
        homes.setdefault(member.household_id, []).append(member.call_name)
    for one in families.questions(around.session, around.family):
        theirs = [one.authors] if one.authors.strip() or one.household_id is None else homes.get(one.household_id, [])
        if not one.text.strip() or not around.hears(*theirs):
            continue
        if one.still_right:
            asked = _("Asked on %(day)s: still right.", day=day(one.at))
            yield Row(one.at.date(), Stage.QUESTION, lines=(str(asked),))
        else:
            yield Row(one.at.date(), Stage.QUESTION, words=one.text, who=one.authors)


def written(around: Around) -> Iterator[Row]:
    """Talks and observations: day, place and who was there; the words are folded."""
    for one in notes.of_family(around.session, around.viewer, around.family.id):
        title = _("Observation") if one.kind == "observation" else _("Talk")
        lines = tuple(line for line in (one.place, one.present) if line.strip())
        yield Row(one.on, Stage.NOTE, title, lines=lines, text=one.text, link=url_for("notes.show", note_id=one.id))


STANDS: Final = {
    "new": lazy_gettext("New"), "testing": lazy_gettext("Being tested"), "holds": lazy_gettext("It holds"),
    "fails": lazy_gettext("It does not hold"),
}  # fmt: skip


def thought(around: Around) -> Iterator[Row]:
    """Each working hypothesis on its day, with what speaks for and against it, and each change of how it stands."""
    found = hypotheses.of_family(around.session, around.viewer, around.family.id)
    sides = hypotheses.sides(around.session, around.viewer, found)
    turns = hypotheses.turns_of(around.session, found)
    for one in found:
        link, has = url_for("hypotheses.show", hypothesis_id=one.id), sides[one.id]
        many = len(has.speaks_for)
        counted = ngettext("%(num)s moment for", "%(num)s moments for", many), _against(len(has.against))
        yield Row(one.source_on, Stage.THOUGHT, _("Working hypothesis"), lines=counted, text=one.statement, link=link)
        for turn in turns[one.id]:
            text = f"{one.statement}\n{turn.reason}"
            yield Row(turn.on, Stage.THOUGHT, str(STANDS[turn.status]), text=text, link=link)


def _against(many: int) -> str:
    return str(ngettext("%(num)s against", "%(num)s against", many))


def agreed(around: Around) -> Iterator[Row]:
    """Every goal on the day it was agreed; a draft on the day it was written down."""
    for goal in _goals(around):
        on, link = goal.agreed_on or goal.created_at.date(), url_for("desk_goals.show", goal_id=goal.id)
        told = [_agreement(goal)]
        if goal.closed_at:
            told.append(_("Put aside on %(day)s.", day=day(goal.closed_at)))
        yield Row(on, Stage.GOAL, words=goal.text, who=goal.authors, lines=tuple(told), link=link)


def agreed_at_home(around: Around) -> Iterator[Row]:
    """The agreed goals that the reader wrote or agreed to."""
    for goal in _goals(around):
        if goal.agreed_on and around.hears(goal.authors, goal.agreed_by):
            yield Row(goal.agreed_on, Stage.GOAL, words=goal.text, who=goal.authors, lines=(_agreement(goal),))


def gone_about(around: Around) -> Iterator[Row]:
    """How each goal is gone about, with its steps."""
    link = url_for("desk_plan.show", family_id=around.family.id)
    yield from _plan(around, list(_goals(around)), lambda step: True, link)


def gone_about_at_home(around: Around) -> Iterator[Row]:
    """The same of the agreed goals that are the reader's; of the steps those that bear the reader's name, or none."""
    mine = [one for one in _goals(around) if one.agreed_on and around.hears(one.authors, one.agreed_by)]
    yield from _plan(around, mine, lambda step: around.hears(step.who))


def _plan(around: Around, shown: list[Goal], hears: Callable[[Step], bool], link: str = "") -> Iterator[Row]:
    ways = plans.of_goals(around.session, shown)
    steps = plans.steps(around.session, [one for some in ways.values() for one in some])
    for some in ways.values():
        for way in some:
            lines = tuple(_small(one) for one in steps[way.id] if hears(one))
            yield Row(way.created_at.date(), Stage.PLAN, way.text, lines=lines, link=link)


def _small(step: Step) -> str:
    """One step: what, who, when, and the day on which it was done."""
    done = _("Done on %(day)s", day=day(step.done_on)) if step.done_on else ""
    return " · ".join(part for part in (step.text, step.who, step.when_words, done) if part.strip())


def filmed(around: Around) -> Iterator[Row]:
    """The films that came, on the day they were made."""
    for film in films.of_family(around.session, around.viewer, around.family.id):
        title = film.title or _("Film %(number)s", number=film.number)
        yield Row(_day(film), Stage.FILM, title, link=url_for("films.show", film_id=film.id))


def filmed_at_home(around: Around) -> Iterator[Row]:
    """A row for each day of which a film may be looked at; for one of two homes only films shared with the reader."""
    if not films.allowed(around.session, around.family.id):
        return
    mine = [one for one in films.of_family(around.session, around.viewer, around.family.id) if one.state == "ready"]
    if around.reader:
        shared = _shared_with(around)
        mine = [one for one in mine if one.id in shared]
    for on in sorted({_day(one) for one in mine}):
        yield Row(on, Stage.FILM, _("We filmed."))


def watched(around: Around) -> Iterator[Row]:
    """Each time of watching together that was closed: its theme, the step and what was said, folded."""
    for one in _closed(around):
        yield Row(
            _watched_on(one), Stage.REVIEW, one.theme, lines=_step(one), text=one.notes,
            link=url_for("reviews.show", review_id=one.id),
        )  # fmt: skip


def watched_at_home(around: Around) -> Iterator[Row]:
    """The same without what was said. Nothing for one of two homes: who sat there is not known."""
    if around.reader:
        return
    for one in _closed(around):
        yield Row(_watched_on(one), Stage.REVIEW, one.theme or _("We watched together."), lines=_step(one))


Maker = Callable[[Around], Iterable[Row]]
TEAM: Final[tuple[Maker, ...]] = (questions, written, thought, agreed, gone_about, filmed, watched)
HOME: Final[tuple[Maker, ...]] = (questions, agreed_at_home, gone_about_at_home, filmed_at_home, watched_at_home)


def line(around: Around, makers: Iterable[Maker]) -> list[Row]:
    """All rows by day, on one day in the order of the method."""
    rows = [row for make in makers for row in make(around)]
    order = list(Stage)
    return sorted(rows, key=lambda row: (row.on, order.index(row.stage)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A goal and what its ladders say now, up or down alike."""

    goal: Goal
    sentences: tuple[str, ...]


def outcomes(around: Around, *, at_home: bool) -> list[Outcome]:
    """Where each goal stands that has a ladder. At home: agreed goals, and of the ladders the reader's own."""
    found = [
        one for one in _goals(around) if not at_home or (one.agreed_on and around.hears(one.authors, one.agreed_by))
    ]
    chosen = goals.ladders(around.session, found)
    told = []
    for goal in found:
        mine = [one for one in chosen.get(goal.id, ()) if not at_home or around.hears(one.who)]
        if mine:
            told.append(Outcome(goal, tuple(ladders.sentence(one, clock.today()) for one in mine)))
    return told


def _goals(around: Around) -> Iterable[Goal]:
    return goals.of_family(around.session, around.viewer, around.family.id, closed=True)


def _agreement(goal: Goal) -> str:
    if not goal.agreed_on:
        return str(_("Not agreed together yet"))
    if goal.agreed_by.strip():
        return str(_("Agreed with %(who)s on %(day)s", who=goal.agreed_by, day=day(goal.agreed_on)))
    return str(_("Agreed on %(day)s", day=day(goal.agreed_on)))


def _day(film: Film) -> date:
    return film.recorded_on or film.created_at.date()


def _shared_with(around: Around) -> set[UUID]:
    """The films of which a moment is shared with the reader now."""
    member = next((one for one in sharing.receivers(around.session, around.family.id)
                   if one.call_name == around.reader), None)  # fmt: skip
    return sharing.films_shared_with(around.session, member.person_id) if member and member.person_id else set()


def _closed(around: Around) -> list[Review]:
    return [one for one in reviews.of_family(around.session, around.viewer, around.family) if one.closed_at]


def _watched_on(review: Review) -> date:
    at = review.started_at or review.closed_at or review.created_at
    return at.date()


def _step(review: Review) -> tuple[str, ...]:
    return (str(_("One step: %(step)s", step=review.next_step)),) if review.next_step.strip() else ()
