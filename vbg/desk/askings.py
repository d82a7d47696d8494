"""A question to the family: answered together at the table, shared with who answers at home. The words are theirs."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vbg.families import queries as families
from vbg.hypotheses import actions, queries
from vbg.hypotheses.forms import ReplyIn
from vbg.hypotheses.models import Asking
from vbg.reasons import ReasonError
from vbg.sharing import actions as sharing
from vbg.sharing.queries import asked_people
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.forms import read, refused
from vbg.web.request import session, viewer

bp = Blueprint("desk_askings", __name__)


@bp.get("/askings/<uuid:asking_id>")
@opens_to(Audience.STAFF)
def show(asking_id: UUID) -> ResponseReturnValue:
    """The question, what each adult answers, and who reads it at home."""
    return _page(queries.asking(session(), viewer(), asking_id), None, {}, {})


@bp.post("/askings/<uuid:asking_id>/replies/<uuid:member_id>")
@opens_to(Audience.STAFF)
def reply(asking_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """What somebody says at the table."""
    asking = queries.asking(session(), viewer(), asking_id)
    member = families.member(session(), viewer(), member_id)
    form, errors = read(ReplyIn)
    if form is not None:
        try:
            actions.reply(session(), viewer(), asking, member, form)
            return redirect(_show(asking))
        except ReasonError as reason:
            errors = {"": next(iter(refused(reason).values()))}
    return _page(asking, member.id, request.form.to_dict(), errors), 422


@bp.post("/askings/<uuid:asking_id>/shares/<uuid:person_id>")
@opens_to(Audience.STAFF)
def share(asking_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """This person may read and answer it at home."""
    asking = queries.asking(session(), viewer(), asking_id)
    try:
        sharing.share_asking(session(), viewer(), asking, person_id)
    except ReasonError as reason:
        return _page(asking, None, {}, {"": next(iter(refused(reason).values()))}), 422
    return redirect(_show(asking))


@bp.post("/askings/<uuid:asking_id>/shares/<uuid:person_id>/end")
@opens_to(Audience.STAFF)
def retract(asking_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """No longer: it is gone there at the next request."""
    asking = queries.asking(session(), viewer(), asking_id)
    sharing.retract_asking(session(), viewer(), asking, person_id)
    return redirect(_show(asking))


def _page(asking: Asking, member_id: UUID | None, form: Mapping[str, str], errors: dict[str, str]) -> str:
    family = asking.hypothesis.family
    adults = [one for one in families.members(session(), family) if one.kind == "adult"]
    names = _names([one.call_name for one in adults])
    said = queries.replies(session(), [asking])[asking.id]
    at_table = {one.member_id: one for one in said if not one.at_home}
    return render_template(
        "desk/asking.html", asking=asking, family=family, adults=adults, names=names,
        replies=at_table, said_at_home=[one for one in said if one.at_home], at_home=asked_people(session(), asking),
        member_id=member_id, form=form, errors=errors,
    )  # fmt: skip


def _names(names: list[str]) -> str:
    """The call names as one would say them."""
    if not names[1:]:
        return "".join(names)
    return str(_("%(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1]))


def _show(asking: Asking) -> str:
    return url_for("desk_askings.show", asking_id=asking.id)
