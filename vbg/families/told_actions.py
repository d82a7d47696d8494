"""Verbs around what a family tells: the question asked again, first words, what matters, a child, who stands around."""

from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.families import forms, queries, rules
from vbg.families.models import Family, Household, Member, Question, Saying, Supporter
from vbg.families.rules import Said
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def ask_again(session: Session, viewer: Viewer, family: Family, form: forms.Asking) -> Question:
    """Keep that the question was asked again and is still right. ReasonError: day_in_future, no_question."""
    home = queries.home_of(session, family, form.household)
    asks: Household | Family = home or family
    if not asks.question:
        raise ReasonError("no_question")
    on = rules.not_ahead(form.on, clock.today(), "on")
    row = Question(family_id=family.id, text=asks.question, authors=asks.question_authors, by_id=viewer.person_id)
    row.household_id, row.still_right = (home.id if home else None), True
    row.at = clock.now() if on == clock.today() else datetime.combine(on, time(12), UTC)
    session.add(row)
    _keep(session, viewer, "ask_again", row)
    return row


def say_first(session: Session, viewer: Viewer, family: Family, form: forms.FirstWords) -> None:
    """Keep what has to change and what may stay, each as it was said. ReasonError: missing, day_in_future."""
    on = rules.not_ahead(form.on, clock.today(), "on")
    if not (form.change + form.keep).strip():
        raise ReasonError("missing", "change")
    for kind, text in ((Said.CHANGE, form.change), (Said.KEEP, form.keep)):
        if text.strip():
            row = _saying(viewer, family, kind, text)
            row.authors, row.on = form.authors, on
            session.add(row)
            _keep(session, viewer, "say", row)


def say_matters(session: Session, viewer: Viewer, family: Family, form: forms.Matters) -> None:
    """Keep a line of what matters to them. ReasonError enough_matters."""
    if len(queries.sayings(session, family, Said.MATTERS)) >= rules.MOST_MATTERS:
        raise ReasonError("enough_matters", "text")
    row = _saying(viewer, family, Said.MATTERS, form.text)
    row.authors = form.authors
    session.add(row)
    _keep(session, viewer, "say", row)


def wish(session: Session, viewer: Viewer, family: Family, child: Member, form: forms.Wish) -> None:
    """Keep what a child wants, in its own words; what it wanted before stays readable."""
    row = _saying(viewer, family, Said.WISH, form.text)
    row.member_id, row.authors, row.how, row.written_by = child.id, child.call_name, form.how, form.written_by
    session.add(row)
    _keep(session, viewer, "say", row)


def _saying(viewer: Viewer, family: Family, kind: Said, text: str) -> Saying:
    return Saying(
        id=ids.new(), family_id=family.id, kind=kind, text=text, authors="", how="", written_by="", on=clock.today(),
        by_id=viewer.person_id, created_at=clock.now(),
    )  # fmt: skip


def portray(session: Session, viewer: Viewer, child: Member, form: forms.Portrait) -> None:
    """Write down who a child is."""
    for name in ("likes", "tempo", "signals", "senses", "portrait_authors"):
        setattr(child, name, getattr(form, name))
    child.written_together = form.written_together == "yes"
    child.portrait_on = clock.today()
    session.flush()
    audit.record(session, viewer, "family.portray", "member", child.id, child.family_id)


def name_supporter(session: Session, viewer: Viewer, family: Family, form: forms.Supporter) -> Supporter:
    """Somebody who stands around the family."""
    row = Supporter(id=ids.new(), family_id=family.id, by_id=viewer.person_id, created_at=clock.now())
    _write(row, form)
    session.add(row)
    _keep(session, viewer, "name_supporter", row)
    return row


def change_supporter(session: Session, viewer: Viewer, row: Supporter, form: forms.Supporter) -> None:
    """Another answer, or other words for who this is."""
    _write(row, form)
    _keep(session, viewer, "change_supporter", row)


def _write(row: Supporter, form: forms.Supporter) -> None:
    for name in type(form).model_fields:
        setattr(row, name, getattr(form, name))


def hide(session: Session, viewer: Viewer, row: queries.Kept) -> None:
    """Take a line away; it can be put back."""
    row.removed = True
    _keep(session, viewer, "hide", row)


def put_back(session: Session, viewer: Viewer, row: queries.Kept) -> None:
    """Show a line again."""
    row.removed = False
    _keep(session, viewer, "put_back", row)


def _keep(session: Session, viewer: Viewer, verb: str, row: queries.Kept) -> None:
    session.flush()
    audit.record(session, viewer, f"family.{verb}", row.__tablename__, row.id, row.family_id)
