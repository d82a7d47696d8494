"""The verbs on moments. Each is kept as an act of the film's history, in the unit of the caller.

All acts on one film stand in line behind its row (`_line_up`), so `seq` has no gaps and versions only rise.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.films import actions as films
from vbg.films.models import Film
from vbg.goals import queries as goals
from vbg.goals.models import Goal
from vbg.moments import bands, history, queries, rules
from vbg.moments.forms import MomentIn, MomentPatch
from vbg.moments.models import Act, GoalPair, Moment
from vbg.reasons import NotFoundError, ReasonError, StaleError
from vbg.tagsets.basisset import BASISSET
from vbg.tagsets.queries import Labels
from vbg.viewer import Viewer


class ChangedSinceError(StaleError):
    """An act cannot be turned back: its `moment`, or with None its band, no longer stands as `act` left it."""

    def __init__(self, moment: Moment | None, act: Act, current: dict[str, Any] | None = None) -> None:
        super().__init__(history.snapshot(moment) | {"version": moment.version} if moment else current or {})
        self.moment, self.act = moment, act


def mark(session: Session, viewer: Viewer, film_id: UUID, form: MomentIn) -> tuple[Moment, bool]:
    """Make a moment; the second value is False when this very POST was here before.

    Raises NotFoundError, ReasonError (film_not_ready, id_taken and what rules refuse).
    """
    return mark_on(session, viewer, queries.film(session, viewer, film_id), form)


def mark_on(session: Session, viewer: Viewer, film: Film, form: MomentIn) -> tuple[Moment, bool]:
    """As `mark`, on a film that `queries.film` gave this viewer in this very unit."""
    _line_up(session, film)
    fields = _fields(session, viewer, film, form.model_dump(exclude={"id"}))
    fields["found_by"] = fields["found_by"] or str(viewer.person_id)
    again = session.get(Moment, form.id) if form.id else None
    if again is not None:
        return _same(session, again, film, fields), False
    return _make(session, viewer, film, form.id or ids.new(), fields), True


def found_in_room(
    session: Session, viewer: Viewer, film_id: UUID, at_ms: int, call_name: str, moment_id: UUID | None = None
) -> Moment:
    """Keep what somebody on the sofa saw, as a good moment around `at_ms` (film time). Sent twice it is one.

    For reviews: the caller has proved that this room may watch this film.
    Raises NotFoundError, ReasonError (film_not_ready, mark_outside_film, id_taken).
    """
    film = session.get(Film, film_id)
    if film is None or film.removed_at is not None:
        raise NotFoundError
    _line_up(session, film)
    good = BASISSET.tags[0]
    duration = _duration(film)
    marks = [{"tag": good.id, "at_ms": at_ms}]
    rules.check_marks(marks, BASISSET, duration)
    start, end = rules.around(at_ms, good, duration)
    fields = history.blank() | {
        "start_ms": start, "end_ms": end, "marks": marks, "found_in_room": call_name[:60],
    }  # fmt: skip
    again = session.get(Moment, moment_id) if moment_id else None
    if again is not None:
        return _same(session, again, film, fields)
    return _make(session, viewer, film, moment_id or ids.new(), fields)


def change(session: Session, viewer: Viewer, moment: Moment, patch: MomentPatch, version: int | None) -> Moment:
    """Change the fields sent. `version` is the one the viewer saw; None means whichever stands.

    Raises StaleError (current: the moment's fields and version) and what rules refuse.
    """
    film = _hold(session, moment, version)
    sent = patch.model_dump(exclude_unset=True)
    stands = history.snapshot(moment)
    sent |= rules.others_words(sent, stands)
    fields = _fields(session, viewer, film, stands | sent, set(sent))
    changed = {name: fields[name] for name in sent if fields[name] != stands[name]}
    if changed:
        _write(session, viewer, film, moment, "change", changed)
    return moment


def remove(session: Session, viewer: Viewer, moment: Moment, version: int | None) -> None:
    """Put a moment in the trash; undo and `restore` bring it back. Raises StaleError."""
    film = _hold(session, moment, version)
    _write(session, viewer, film, moment, "remove", {"removed": True})


def restore(session: Session, viewer: Viewer, moment: Moment) -> Moment:
    """Take a moment out of the trash, whoever removed it; one that stands there already stays as it is."""
    _line_up(session, moment.film)
    session.refresh(moment)
    if moment.removed:
        _write(session, viewer, moment.film, moment, "restore", {"removed": False})
    return moment


def say_situation(session: Session, viewer: Viewer, film: Film, at_ms: int, situation: str | None) -> None:
    """From `at_ms` on the family does this; None takes the band that begins there away. The same again is no act.

    The film is as `queries.film` gave it in this very unit. Raises ReasonError (film_not_ready and what `bands`
    refuses).
    """
    _line_up(session, film)
    after = {"at_ms": at_ms, "situation": situation}
    bands.check(session, film.id, after, _duration(film))
    before = bands.stands(session, film.id, at_ms)
    if before != after:
        _write_band(session, viewer, film, "situation", before, after)


def undo(session: Session, viewer: Viewer, film_id: UUID) -> tuple[Act, Moment | None] | None:
    """Undo the viewer's own last standing act on the film, or None. Raises ChangedSinceError."""
    film = queries.film(session, viewer, film_id)
    _line_up(session, film)
    return _turn(session, viewer, film, "undo", queries.last_undoable(session, viewer, film_id))


def redo(session: Session, viewer: Viewer, film_id: UUID) -> tuple[Act, Moment | None] | None:
    """Redo the viewer's own last undone act on the film, or None. Raises ChangedSinceError."""
    film = queries.film(session, viewer, film_id)
    _line_up(session, film)
    return _turn(session, viewer, film, "redo", queries.last_redoable(session, viewer, film_id))


def write_note(session: Session, viewer: Viewer, moment: Moment, text: str, was: str | None = None) -> str:
    """Keep the working note beside a moment; it is in no parent's view. What it said before stays in the history.

    `was` is the text she wrote over; None means whichever stands. Raises StaleError (current: the note).
    """
    _line_up(session, moment.film)
    stands = history.stands(session, moment, ["note"])
    if was is not None and stands["note"] not in (was, text):
        raise StaleError(stands)
    if stands["note"] != text:
        _write(session, viewer, moment.film, moment, "note", {"note": text})
    return text


def show_then_and_now(
    session: Session, viewer: Viewer, goal: Goal, then_id: UUID | None, now_id: UUID | None
) -> GoalPair:
    """Choose the two moments that show a goal then and now; None chooses none. Raises NotFoundError."""
    for moment_id in filter(None, (then_id, now_id)):
        if queries.one(session, viewer, moment_id).film.family_id != goal.family_id:
            raise NotFoundError
    pair = session.get(GoalPair, goal.id)
    if pair is None:
        pair = GoalPair(goal_id=goal.id)
        session.add(pair)
    pair.then_id, pair.now_id = then_id, now_id
    session.flush()
    audit.record(session, viewer, "moments.show_then_and_now", "goal", goal.id, goal.family_id)
    return pair


def _line_up(session: Session, film: Film) -> None:
    """Wait for whoever else acts on this film. SQLite's write unit has waited already."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(Film.id).where(Film.id == film.id).with_for_update(key_share=True))


def _hold(session: Session, moment: Moment, version: int | None) -> Film:
    film = moment.film
    _line_up(session, film)
    session.refresh(moment)
    if moment.removed:
        raise NotFoundError
    if version is not None and version != moment.version:
        raise StaleError(history.snapshot(moment) | {"version": moment.version})
    return film


def _duration(film: Film) -> int:
    if film.state != "ready" or not film.duration_ms:
        raise ReasonError("film_not_ready")
    return film.duration_ms


def _fields(
    session: Session, viewer: Viewer, film: Film, sent: dict[str, Any], touched: set[str] | None = None
) -> dict[str, Any]:
    """`sent` as it is kept, after the rules; of a change only what was `touched` is looked up."""
    duration = _duration(film)
    fields = history.blank() | sent
    rules.check_span(fields["start_ms"], fields["end_ms"], duration)
    if touched is None or "marks" in touched:
        rules.check_marks(fields["marks"], Labels(session), duration)
    if touched is None or "photo_ms" in touched:
        moved = touched is None or not touched.isdisjoint({"start_ms", "end_ms"})
        rules.check_photo(fields, duration, moved=moved)
    fields["goals"] = [str(goal) for goal in fields["goals"]]
    if touched is None or "goals" in touched:
        _check_goals(session, film, fields["goals"])
    if touched is None or "found_by" in touched:
        fields["found_by"] = _finder(session, viewer, film, fields["found_by"])
    by = fields["child_says_by"]
    if by and (touched is None or "child_says_by" in touched) and by not in queries.adults_of(session, film.family_id):
        raise ReasonError("unknown_person", "child_says_by")
    return fields


def _check_goals(session: Session, film: Film, wanted: list[str]) -> None:
    known = goals.ids_of(session, film.family_id, [UUID(goal) for goal in wanted])
    if len(known) < len(wanted):
        raise ReasonError("unknown_goal", "goals")


def _finder(session: Session, viewer: Viewer, film: Film, found_by: object) -> str | None:
    if found_by is None:
        return None
    person = viewer.person_id if found_by == "counselor" else ids.parse(found_by)
    if person == viewer.person_id or (person and queries.is_around(session, film.family_id, person)):
        return str(person)
    raise ReasonError("unknown_person", "found_by")


def _same(session: Session, moment: Moment, film: Film, fields: dict[str, Any]) -> Moment:
    made = queries.made_by(session, moment.id)
    if made is None or moment.film_id != film.id or history.blank() | made.after != fields | {"removed": False}:
        raise ReasonError("id_taken", "id")
    return moment


def _make(session: Session, viewer: Viewer, film: Film, moment_id: UUID, fields: dict[str, Any]) -> Moment:
    moment = Moment(id=moment_id, film_id=film.id, film=film, version=0, removed=True, created_at=clock.now())
    session.add(moment)
    _write(session, viewer, film, moment, "mark", fields | {"removed": False}, before={"removed": True})
    return moment


def _write(
    session: Session,
    viewer: Viewer,
    film: Film,
    moment: Moment,
    verb: str,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    undoes: Act | None = None,
) -> Act:
    """Give the moment these fields, a higher version and a line in the history."""
    if before is None:
        before = history.stands(session, moment, after)
    if "note" in after:
        history.put_note(session, moment, after["note"], viewer.person_id)
    else:
        history.put(session, moment, after)
    act = _keep(session, viewer, film, moment.id, verb, before, after, undoes)
    if moment.chosen or moment.goals or moment.photo_ms is not None:
        films.want_still(session, viewer, film.id, moment.still_ms)
    audit.record(session, viewer, f"moments.{verb}", "moment", moment.id, film.family_id)
    return act


def _write_band(
    session: Session, viewer: Viewer, film: Film, verb: str, before: dict[str, Any], after: dict[str, Any],
    undoes: Act | None = None,
) -> Act:  # fmt: skip
    """As `_write`, of a band of the film."""
    bands.put(session, film.id, after)
    audit.record(session, viewer, f"moments.{verb}", "film", film.id, film.family_id)
    return _keep(session, viewer, film, film.id, verb, before, after, undoes)


def _keep(
    session: Session, viewer: Viewer, film: Film, thing_id: UUID, verb: str, before: dict[str, Any],
    after: dict[str, Any], undoes: Act | None,
) -> Act:  # fmt: skip
    act = Act(
        film_id=film.id, seq=queries.last_seq(session, film.id) + 1, at=clock.now(),
        actor_id=viewer.person_id, verb=verb, thing_id=thing_id, before=before, after=after,
        undoes=undoes.id if undoes else None, undone=False,
    )  # fmt: skip
    session.add(act)
    return act


def _turn(session: Session, viewer: Viewer, film: Film, verb: str, act: Act | None) -> tuple[Act, Moment | None] | None:
    """Put back what stood before `act`, where nobody touched it since."""
    if act is None:
        return None
    _duration(film)
    if act.thing_id == film.id:
        return _turn_band(session, viewer, film, verb, act), None
    moment = session.get(Moment, act.thing_id, populate_existing=True)
    if moment is None:
        raise NotFoundError
    if history.stands(session, moment, act.after) != act.after:
        raise ChangedSinceError(moment, act)
    turned = _write(session, viewer, film, moment, verb, dict(act.before), dict(act.after), undoes=act)
    act.undone = True
    session.flush()
    return turned, moment


def _turn_band(session: Session, viewer: Viewer, film: Film, verb: str, act: Act) -> Act:
    now = bands.stands(session, film.id, act.after["at_ms"])
    if now != act.after:
        raise ChangedSinceError(None, act, now)
    turned = _write_band(session, viewer, film, verb, dict(act.after), dict(act.before), undoes=act)
    act.undone = True
    session.flush()
    return turned
