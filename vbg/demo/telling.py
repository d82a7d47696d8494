"""What the drawn families told: first words, what matters, who a child is, who stands around them."""

from datetime import date

from sqlalchemy.orm import Session

from vbg.demo.cast import Child, DemoFamily, days_before
from vbg.families import actions as families
from vbg.families import queries, told_actions
from vbg.families.forms import FirstWords, Matters, Portrait, Supporter, Wish
from vbg.families.models import Family, Member
from vbg.viewer import Viewer


def first(session: Session, viewer: Viewer, family: Family, told: DemoFamily, today: date) -> None:
    """What they said when they began, what one home asks alone, and who stands around them."""
    if told.first.change or told.first.keep:
        first = told.first
        words = FirstWords(change=first.change, keep=first.keep, authors=first.authors)
        told_actions.say_first(session, viewer, family, words)
    for text, authors in told.first.matters:
        told_actions.say_matters(session, viewer, family, Matters(text=text, authors=authors))
    homes = {one.name: one for one in queries.households(session, family)}
    for home, text, authors in told.own_questions:
        families.ask_question(session, viewer, family, text, authors, homes[home])
    for one in told.around:
        until = days_before(today, -one.until_in_days) if one.until_in_days is not None else None
        said = {"call_name": one.call_name, "relation": one.relation, "may_watch": one.may_watch}
        form = Supporter.model_validate(said | {"said_by": one.said_by, "until_on": until})
        told_actions.name_supporter(session, viewer, family, form)


def child(session: Session, viewer: Viewer, family: Family, member: Member, told: Child) -> None:
    """Who this child is, and what it wants."""
    lines = {name: getattr(told, name) for name in ("likes", "tempo", "signals", "senses")}
    told_actions.portray(session, viewer, member, Portrait(**lines, portrait_authors=told.told_by))
    if told.wish:
        said = Wish(text=told.wish, how=told.wish_how, written_by=viewer.call_name)
        told_actions.wish(session, viewer, family, member, said)
