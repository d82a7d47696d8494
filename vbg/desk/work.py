"""The page of the work that failed: what, since when, why, and a press to try again. No names of anybody."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vbg import queue
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.request import session, viewer
from vbg.web.sentences import JOBS
from vbg.web.words import say

bp = Blueprint("work", __name__, url_prefix="/work")


@bp.get("")
@opens_to(Audience.STAFF)
def index() -> ResponseReturnValue:
    """All work that failed lately, what waits for a person first."""
    rows = [(row, _(JOBS.get(row.name, row.name)), say(row.reason)) for row in queue.setbacks(session())]
    return render_template("desk/work.html", rows=rows, here="work")


@bp.post("/<uuid:job_id>/start")
@opens_to(Audience.STAFF)
def restart(job_id: UUID) -> ResponseReturnValue:
    """Try one again now."""
    queue.restart(session(), viewer(), job_id)
    flash(_("It is being tried again now."))
    return redirect(url_for("work.index"))
