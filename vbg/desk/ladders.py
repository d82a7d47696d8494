"""The parents' ladder as pages draw it: the sentence that goes with it, and which stills stand beside its rungs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

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
    """What the ladder says, up or down alike, of who chose its rungs."""
    who, start, now = ladder.who.strip(), ladder.start.value, ladder.now.value
    many = 2 if rules.is_several(who) else 1
    if len(ladder.rungs) == 1:
        return _began(who, many, start)
    told = {"who": who, "start": start, "now": now, "day": day(ladder.now.on)}
    said = _today(many, told) if ladder.now.on == today else _before(many, told)
    comfort = str(_("There are weeks like that too."))
    return f"{said} {comfort}" if now < ladder.rungs[-2].value else said


def _today(many: int, told: dict[str, object]) -> str:
    if not told["who"]:
        return str(_("Began on rung %(start)s. Chosen today: rung %(now)s.", **told))
    return str(ngettext(
        "%(who)s began on rung %(start)s. Today %(who)s chose rung %(now)s.",
        "%(who)s began on rung %(start)s. Today %(who)s chose rung %(now)s.", many, **told,
    ))  # fmt: skip


def _before(many: int, told: dict[str, object]) -> str:
    if not told["who"]:
        return str(_("Began on rung %(start)s. Chosen on %(day)s: rung %(now)s.", **told))
    return str(ngettext(
        "%(who)s began on rung %(start)s. On %(day)s %(who)s chose rung %(now)s.",
        "%(who)s began on rung %(start)s. On %(day)s %(who)s chose rung %(now)s.", many, **told,
    ))  # fmt: skip


def day_of(moment: Moment) -> date:
    """The day its film was made, else came."""
    return moment.film.recorded_on or moment.film.created_at.date()


def still_of(moment: Moment) -> str:
    """The address of the picture that stands for a moment."""
    return f"/api/v1/films/{moment.film_id}/still?at_ms={moment.still_ms}"


def _began(who: str, many: int, start: int) -> str:
    if not who:
        return str(_("It begins on rung %(start)s.", start=start))
    return str(
        ngettext("%(who)s begins on rung %(start)s.", "%(who)s begin on rung %(start)s.", many, who=who, start=start)
    )


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
    before = [one for one in moments if day_of(one) <= on]
    if not before:
        return None
    last = before[-1].film_id
    return max((one for one in before if one.film_id == last), key=lambda one: one.chosen)
