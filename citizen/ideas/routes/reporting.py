"""A reader asks the municipality to look at something published. Nothing happens by itself."""

from flask import abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, trap
from citizen.base.browsers import browser_key
from citizen.base.limits import limiter, sent_this_hour, submit_limit
from citizen.contributions.rules import Held
from citizen.ideas import actions, queries
from citizen.ideas.forms import ReportForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import load_programme, own_programme
from citizen.ideas.rules.weighing import MANY_REPORTS
from citizen.programmes.models import Programme


@rooms.get("/ideas/<slug>/<ref>/report")
@access.public
def report(slug: str, ref: str) -> str:
    return _page(*_load(slug, ref), ReportForm())


@rooms.post("/ideas/<slug>/<ref>/report")
@access.public
@limiter.limit(submit_limit)
def send_report(slug: str, ref: str) -> Response | tuple[str, int]:
    programme, idea, line = _load(slug, ref)
    form = ReportForm()
    if not form.validate():
        return _page(programme, idea, line, form), 422
    is_new = "browser" not in session
    actions.report(line.id if line else idea.id, browser_key(), form.reason.data, form.words.data,
                   fresh=is_new, doubt=_doubt())
    flash(_("Thank you. The municipality reads your report and decides what to do. Nothing is removed"
            " before somebody has looked, and nobody knows who sent it."), "success")
    return redirect(url_for(".show", slug=slug, ref=idea.ref), 303)


def _doubt() -> Held | None:
    """Why the report that was sent counts less than others; counts it."""
    count = sent_this_hour("reports")
    if trap.is_tripped():
        return Held.TRAP
    return Held.RATE if count > MANY_REPORTS else None


def _load(slug: str, ref: str) -> tuple[Programme, queries.PublicIdea, queries.Line | None]:
    """A published idea, or a published line with its idea, under its own programme."""
    programme, idea, line = load_programme(slug), queries.public_idea(ref), None
    if idea is None and (found := queries.line(ref)):
        idea, line = found
    if idea is None:
        abort(404)
    return own_programme(programme, idea), idea, line


def _page(
    programme: Programme, idea: queries.PublicIdea, line: queries.Line | None, form: ReportForm
) -> str:
    return render_template("ideas/report.html", programme=programme, idea=idea, line=line, form=form)
