"""The parents' ladder as pages draw it: the sentence that goes with it, and which stills stand beside its rungs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from vbg.goals import rules
from vbg.goals.models import Rung
from vbg.goals.queries import Ladder
from vbg.moments.models import Moment
from vbg.web.filters import day

APART: Final = 2
"""Stills stand at least so many rungs apart, or they would lie over one another."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ladder with its sentence; `stills` as ui/ladder.html takes them."""

    who: str
    start: Rung
    now: Rung
    rungs: tuple[Rung, ...]
    sentence: str
    stills: tuple[dict[str, object], ...]


def drawn(ladders: Sequence[Ladder], moments: Sequence[Moment], today: date) -> tuple[Drawn, ...]:
    """Each ladder as it is drawn; `moments` are those that show the goal, oldest film first."""
    return tuple(
        Drawn(one.who, one.start, one.now, one.rungs, sentence(one, today), _stills(one, moments)) for one in ladders
    )


def sentence(ladder: Ladder, today: date) -> str:
    """What the ladder says, up or down alike, to who chose its rungs."""
    who, start = ladder.who.strip(), ladder.start.value
    if len(ladder.rungs) == 1:
        return _began(who, start)
    values = {"who": who, "start": start, "now": ladder.now.value, "day": day(ladder.now.on)}
    said = str(_came(who, is_today=ladder.now.on == today) % values)
    comfort = str(_("There are weeks like that too."))
    return f"{said} {comfort}" if ladder.now.value < ladder.rungs[-2].value else said


def _came(who: str, *, is_today: bool) -> str:
    if not who:
        today = _("Began on rung %(start)s. Chosen today: rung %(now)s.")
        return str(today if is_today else _("Began on rung %(start)s. Chosen on %(day)s: rung %(now)s."))
    if rules.is_several(who):
        today = _("You began on rung %(start)s. Today you chose rung %(now)s.")
        return str(today if is_today else _("You began on rung %(start)s. On %(day)s you chose rung %(now)s."))
    today = _("%(who)s began on rung %(start)s. Today %(who)s chose rung %(now)s.")
    return str(today if is_today else _("%(who)s began on rung %(start)s. On %(day)s %(who)s chose rung %(now)s."))


def still_of(moment: Moment) -> str:
    """The address of the picture a moment begins with."""
    return f"/api/v1/films/{moment.film_id}/still?at_ms={moment.start_ms}"


def _began(who: str, start: int) -> str:
    if not who:
        return str(_("It begins on rung %(start)s.", start=start))
    if rules.is_several(who):
        return str(_("You begin on rung %(start)s.", start=start))
    return str(_("%(who)s begins on rung %(start)s.", who=who, start=start))


def _stills(ladder: Ladder, moments: Sequence[Moment]) -> tuple[dict[str, object], ...]:
    """Where it is now, where it began, then what lies between, newest first: a good moment from about that day."""
    shown: dict[int, dict[str, object]] = {}
    for rung in (ladder.now, ladder.start, *reversed(ladder.rungs[1:-1])):
        moment = _about(rung.on, moments)
        if moment is not None and all(abs(rung.value - other) >= APART for other in shown):
            shown[rung.value] = {"rung": rung.value, "src": still_of(moment), "text": day(rung.on)}
    return tuple(shown.values())


def _about(on: date, moments: Sequence[Moment]) -> Moment | None:
    """The moment of the last film up to that day, a starred one first; else none: a later film proves nothing yet."""
    before = [one for one in moments if (one.film.recorded_on or one.film.created_at.date()) <= on]
    if not before:
        return None
    last = before[-1].film_id
    return max((one for one in before if one.film_id == last), key=lambda one: one.chosen)
