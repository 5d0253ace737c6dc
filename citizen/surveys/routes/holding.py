"""Whether an answer that has just been sent counts at once or is held back, and the page that lets it in.

Nobody is told and nobody is stopped: all of it is received, and has its receipt.
"""

import hashlib
import json

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, kiosk, locale, trap
from citizen.base.forms import ActionForm
from citizen.base.limits import sent_this_hour
from citizen.contributions.rules import FLOOD_FROM, Held
from citizen.surveys import actions, policy, queries
from citizen.surveys.models import Survey
from citizen.surveys.routes.attempts import Answering, sender
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk, title_of
from citizen.surveys.rules import Channel
from citizen.surveys.rules.holding import BUSY, allowance, is_repeated
from citizen.surveys.rules.reading import texts_in

_TEXTS = 10


def held_as(here: Answering) -> Held | None:
    """Why an answer is held back: a program filled in the form, or far more comes from its address than from
    any school, or the same comes over and over. Counts it.

    Whoever was invited is known, and so are staff and a device that somebody has set up.
    """
    by_link = sender(here.survey).channel != Channel.INVITATION
    if kiosk.is_on("surveys") or not by_link or access.viewer() is not None:
        return None
    count, same = sent_this_hour("answers"), sent_this_hour(f"answer:{_digest(here)}")
    if trap.is_filled_in():
        return Held.TRAP
    if _is_much(here.survey, count):
        return Held.RATE
    text = "\n".join(text for value in here.answers.values() for text in texts_in(value) if text)
    if is_repeated(same, len(here.answers)) or queries.alike_lately(here.survey, text) >= FLOOD_FROM:
        return Held.FLOOD
    return None


def _is_much(survey: Survey, count: int) -> bool:
    """Whether an address has sent more than people behind one do. The database is asked of few."""
    hold_after = int(current_app.extensions["citizen.settings"].hold_after)
    if count <= allowance(hold_after, is_busy=True):
        return False
    return count > allowance(hold_after, is_busy=queries.arrived_today(survey, BUSY) >= BUSY)


def _digest(here: Answering) -> str:
    """What is the same in two answers that say the same; counted for an hour, kept nowhere."""
    said = json.dumps([here.survey.id, here.attempt.answers], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


# ---- staff


@rooms.get("/surveys/<ref>/held")
@access.staff(*policy.EDITORS)
def held(ref: str) -> str:
    survey, programme = load_desk(ref)
    return render_template(
        "surveys/results/held.html", survey=survey, programme=programme, title=title_of(survey),
        held=queries.held_answers(survey, _TEXTS), form=ActionForm(),
    )


@rooms.post("/surveys/<ref>/held")
@access.staff(*policy.EDITORS)
def let_in(ref: str) -> Response:
    """Count what was held back for one reason."""
    survey, _programme = load_desk(ref)
    why = request.form.get("why", "")
    if why not in set(Held):
        abort(404)
    count = actions.let_in(survey, why, user_id=access.required_viewer().id)
    if count:
        flash(ngettext("%(count)s answer counts from now on.", "%(count)s answers count from now on.", count,
                       count=locale.number(count)), "success")
    else:
        flash(_("Nothing is held back for that reason any more."), "warning")
    return redirect(url_for(".held", ref=survey.ref), 303)
