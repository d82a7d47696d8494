"""Moments a viewer may see: staff only. A parent sees moments through sharing, the room through reviews."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased, contains_eager

from vbg import ids
from vbg.families.models import Care, Member
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.moments import rules
from vbg.moments.models import Act, GoalPair, Moment, MomentGoal, MomentTag, Note
from vbg.moments.outline import Drawn
from vbg.people import queries as people
from vbg.people.models import Person
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Audience, Viewer

LATEST = 2**31 - 1
"""The largest time the database holds, in ms."""
PAGE = 500


def visible_to(viewer: Viewer) -> Select[Moment]:
    """The moments not removed, on films that are ready and that this member of staff may see."""
    if viewer.audience is not Audience.STAFF:
        return select(Moment).where(false())
    seen = films.visible_to(viewer).where(Film.state == "ready").with_only_columns(Film.id)
    return select(Moment).where(Moment.removed.is_(False), Moment.film_id.in_(seen))


def film(session: Session, viewer: Viewer, film_id: UUID) -> Film:
    """The film whose moments the viewer may see, or NotFoundError: also when its yes was withdrawn."""
    found = films.one(session, viewer, film_id)
    if found.state == "ready" and not films.playable(session, found):
        raise NotFoundError
    return found


def one(session: Session, viewer: Viewer, moment_id: UUID) -> Moment:
    """One moment, or NotFoundError."""
    moment = session.scalar(visible_to(viewer).where(Moment.id == moment_id))
    if moment is None or not films.playable(session, moment.film):
        raise NotFoundError
    return moment


def kept(session: Session, viewer: Viewer, moment_id: UUID) -> Moment:
    """One moment of a film the viewer may see, also from the trash, or NotFoundError."""
    found = session.get(Moment, moment_id)
    if found is None or film(session, viewer, found.film_id).state != "ready":
        raise NotFoundError
    return found


def window(
    session: Session,
    viewer: Viewer,
    film: Film,
    from_ms: int | None = None,
    to_ms: int | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> tuple[list[Moment], str | None]:
    """Moments that overlap [from_ms, to_ms) in film order, at most `limit`, and the cursor of the next page.

    A point overlaps where it stands. No span is longer than rules.MAX_SPAN_MS, so the index on
    (film, start) is read from that far back only. Raises ReasonError bad_cursor.
    """
    query = visible_to(viewer).where(Moment.film_id == film.id)
    if from_ms is not None:
        low = min(from_ms, LATEST)
        ends_after = or_(Moment.end_ms > low, Moment.end_ms.is_(None) & (Moment.start_ms >= low))
        query = query.where(Moment.start_ms >= max(low - rules.MAX_SPAN_MS, 0), ends_after)
    if to_ms is not None:
        query = query.where(Moment.start_ms < min(to_ms, LATEST))
    if cursor:
        place = place_of(cursor)
        if place is None:
            raise ReasonError("bad_cursor", "cursor")
        query = query.where(tuple_(Moment.start_ms, Moment.id) > place)
    rows = list(session.scalars(query.order_by(Moment.start_ms, Moment.id).limit(limit + 1)))
    return rows[:limit], f"{rows[limit - 1].start_ms}_{rows[limit - 1].id}" if len(rows) > limit else None


def drawn(session: Session, viewer: Viewer, film: Film) -> list[Drawn]:
    """All moments of a film the viewer has seen, in film order, as much of each as draws it."""
    columns = (Moment.start_ms, Moment.end_ms, Moment.marks, Moment.goals, Moment.chosen)
    query = visible_to(viewer).where(Moment.film_id == film.id).with_only_columns(*columns)
    return [Drawn(*row) for row in session.execute(query.order_by(Moment.start_ms, Moment.id))]


def place_of(cursor: str) -> tuple[int, UUID] | None:
    """Where in a film a cursor stands: begin (ms) and id of a moment. None when it cannot be read."""
    start, _, rest = cursor.partition("_")
    moment_id = ids.parse(rest)
    if moment_id is None or not re.fullmatch(r"[0-9]{1,10}", start, re.ASCII) or int(start) > LATEST:
        return None
    return int(start), moment_id


def of_goal(session: Session, viewer: Viewer, goal: Goal) -> Sequence[Moment]:
    """The moments linked to one goal, oldest film first, in film order; none without the family's yes."""
    return of_goals(session, viewer, goal.family_id, [goal.id]).get(goal.id, [])


def of_goals(session: Session, viewer: Viewer, family_id: UUID, goal_ids: Sequence[UUID]) -> dict[UUID, list[Moment]]:
    """By goal of this family: its moments, as `of_goal`, each with its film."""
    if not goal_ids or not films.allowed(session, family_id):
        return {}
    seen = visible_to(viewer).with_only_columns(Moment.id)
    query = select(Moment, MomentGoal.goal_id).join(MomentGoal, MomentGoal.moment_id == Moment.id).join(Moment.film)
    query = query.where(Moment.id.in_(seen), MomentGoal.goal_id.in_(goal_ids), Film.family_id == family_id)
    query = query.options(contains_eager(Moment.film)).order_by(Film.number, Moment.start_ms, Moment.id)
    shown: dict[UUID, list[Moment]] = {}
    for moment, goal_id in session.execute(query):
        shown.setdefault(goal_id, []).append(moment)
    return shown


def then_and_now(session: Session, goal: Goal) -> tuple[UUID | None, UUID | None]:
    """The moments chosen to show a goal then and now; a moment in the trash may be among them."""
    pair = session.get(GoalPair, goal.id)
    return (pair.then_id, pair.now_id) if pair else (None, None)


def all_of_film(session: Session, viewer: Viewer, film: Film) -> Sequence[Moment]:
    """All moments of a film the viewer has seen, in film order."""
    query = visible_to(viewer).where(Moment.film_id == film.id)
    return session.scalars(query.order_by(Moment.start_ms, Moment.id)).all()


def sets_on(session: Session, film: Film) -> set[str]:
    """The sets whose labels stand on a film that the viewer has seen, by their name in the API; also in its trash."""
    query = select(MomentTag.tag).join(Moment, Moment.id == MomentTag.moment_id).where(Moment.film_id == film.id)
    return {tag.partition("/")[0] for tag in session.scalars(query.distinct())}


def chosen_of_film(session: Session, viewer: Viewer, film_id: UUID) -> Sequence[Moment]:
    """The starred moments of a film, in film order."""
    seen = film(session, viewer, film_id)
    query = visible_to(viewer).where(Moment.film_id == seen.id, Moment.chosen.is_(True))
    return session.scalars(query.order_by(Moment.start_ms, Moment.id)).all()


def chosen_of_family(session: Session, viewer: Viewer, family_id: UUID) -> Sequence[Moment]:
    """The starred moments of all films of a family, oldest film first; none without the family's yes."""
    if not films.allowed(session, family_id):
        return []
    query = visible_to(viewer).join(Film, Film.id == Moment.film_id)
    query = query.where(Film.family_id == family_id, Moment.chosen.is_(True))
    return session.scalars(query.order_by(Film.number, Moment.start_ms, Moment.id)).all()


def note_of(session: Session, viewer: Viewer, moment_id: UUID) -> str:
    """The working note beside a moment, or an empty text. Raises NotFoundError for a moment not seen."""
    one(session, viewer, moment_id)
    note = session.get(Note, moment_id)
    return note.text if note else ""


def acts_after(session: Session, film_id: UUID, seq: int, limit: int = PAGE) -> Sequence[Act]:
    """The acts on a film after `seq`, oldest first. The caller has seen the film."""
    query = select(Act).where(Act.film_id == film_id, Act.seq > min(seq, LATEST))
    return session.scalars(query.order_by(Act.seq).limit(limit)).all()


def acts_before(session: Session, film_id: UUID, seq: int | None, limit: int) -> tuple[list[Act], str | None]:
    """The acts on a film before `seq` or from the newest on, newest first, and where the next page begins."""
    query = select(Act).where(Act.film_id == film_id)
    if seq is not None:
        query = query.where(Act.seq < min(seq, LATEST))
    rows = list(session.scalars(query.order_by(Act.seq.desc()).limit(limit + 1)))
    return rows[:limit], str(rows[limit - 1].seq) if len(rows) > limit else None


def trash(session: Session, film_id: UUID, seq: int | None, limit: int) -> tuple[list[tuple[Moment, Act]], str | None]:
    """The removed moments of a film the caller has seen with the act that removed each, last removed first."""
    any_act = aliased(Act)
    last = select(func.max(any_act.seq)).where(any_act.film_id == film_id, any_act.thing_id == Moment.id)
    query = select(Moment, Act).join(Act, (Act.film_id == Moment.film_id) & (Act.seq == last.scalar_subquery()))
    query = query.where(Moment.film_id == film_id, Moment.removed.is_(True))
    if seq is not None:
        query = query.where(Act.seq < min(seq, LATEST))
    rows = [(moment, act) for moment, act in session.execute(query.order_by(Act.seq.desc()).limit(limit + 1))]
    return rows[:limit], str(rows[limit - 1][1].seq) if len(rows) > limit else None


def names(session: Session, viewer: Viewer, person_ids: set[UUID]) -> dict[UUID, str]:
    """What these people of the viewer's practice are called."""
    found = session.scalars(people.visible_to(viewer).where(Person.id.in_(person_ids)))
    return {person.id: person.name for person in found}


def last_seq(session: Session, film_id: UUID) -> int:
    """The number of the film's newest act, 0 when there is none."""
    return session.scalar(select(func.max(Act.seq)).where(Act.film_id == film_id)) or 0


def by_ids(session: Session, film_id: UUID, moment_ids: Sequence[UUID]) -> Sequence[Moment]:
    """These moments of a film the caller has seen, removed ones too."""
    query = select(Moment).where(Moment.film_id == film_id, Moment.id.in_(moment_ids))
    return session.scalars(query.order_by(Moment.start_ms, Moment.id)).all()


def made_by(session: Session, moment_id: UUID) -> Act | None:
    """The act that made a moment."""
    query = select(Act).where(Act.thing_id == moment_id, Act.verb == "mark")
    return session.scalar(query.order_by(Act.seq).limit(1))


def last_undoable(session: Session, viewer: Viewer, film_id: UUID) -> Act | None:
    """The viewer's own last act on a film that still stands, redone acts included."""
    own = _own(viewer, film_id).where(Act.undone.is_(False), Act.verb != "undo")
    return session.scalar(own.order_by(Act.seq.desc()).limit(1))


def last_redoable(session: Session, viewer: Viewer, film_id: UUID) -> Act | None:
    """The viewer's own last undoing that still stands; a new act ends what could be redone."""
    fresh = _own(viewer, film_id).where(Act.undoes.is_(None)).order_by(Act.seq.desc()).limit(1)
    since = session.scalar(fresh.with_only_columns(Act.seq)) or 0
    own = _own(viewer, film_id).where(Act.undone.is_(False), Act.verb == "undo", Act.seq > since)
    return session.scalar(own.order_by(Act.seq.desc()).limit(1))


def _own(viewer: Viewer, film_id: UUID) -> Select[Act]:
    return select(Act).where(Act.film_id == film_id, Act.actor_id == viewer.person_id)


def is_around(session: Session, family_id: UUID, person_id: UUID) -> bool:
    """Whether this person is a member of the family or was ever in its care team."""
    member = select(Member.id).where(Member.family_id == family_id, Member.person_id == person_id)
    care = select(Care.id).where(Care.family_id == family_id, Care.person_id == person_id)
    return session.scalar(member.limit(1)) is not None or session.scalar(care.limit(1)) is not None


def child_of(session: Session, family_id: UUID) -> str:
    """The call name of the family's child, or an empty text when there is none or more than one."""
    query = select(Member.call_name).where(Member.family_id == family_id, Member.kind == "child").limit(2)
    names = session.scalars(query).all()
    return names[0] if len(names) == 1 else ""


def adults_of(session: Session, family_id: UUID) -> list[str]:
    """What the adults of a family are called, in the order they came into its file."""
    adults = select(Member.call_name).where(Member.family_id == family_id, Member.kind == "adult")
    return list(dict.fromkeys(session.scalars(adults.order_by(Member.created_at, Member.id))))
