"""An author asks that somebody else look at a decision: once for each, in words or without."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, ids
from citizen.base.limits import guess_limited, limiter, receipt_limit
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.ideas.forms import AppealForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import load_receipt


@rooms.get("/receipt/<code>/appeal")
@access.public
@guess_limited
def appeal(code: str) -> str:
    return _page(load_receipt(code), code, AppealForm(formdata=None))


@rooms.post("/receipt/<code>/appeal")
@access.public
@guess_limited
@limiter.limit(receipt_limit)
def send_appeal(code: str) -> Response | tuple[str, int]:
    """Note that the author asks. Nothing changes before somebody else has looked."""
    contribution, form = load_receipt(code, for_change=True), AppealForm()
    if not form.validate():
        return _page(contribution, code, form), 422
    contributions.ask_again(contribution, form.words.data or None)
    flash(_("Thank you. Somebody who has not decided about it before looks at it and answers you here."),
          "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def second_eyes(contribution: Contribution) -> dict[str, Any]:
    """What a receipt tells of other people's eyes: those asked for, and those that may be."""
    appeals, waits = contribution_queries.appeals(contribution.id), contribution_queries.open_appeal
    return {
        "appeals": appeals, "open_appeal": waits(contribution.id) if appeals else None,
        "may_appeal": contribution_queries.may_appeal(contribution),
        # Decisions by which something was public with a part removed.
        "redacting": {
            step.id for step in contribution_queries.visibility_history(contribution.id)
            if step.after == "published"
        } if appeals else set(),
        "is_being_confirmed": contribution.visibility == "hidden"
        and contribution_queries.open_look(contribution.id) is not None,
    }


def _page(contribution: Contribution, code: str, form: AppealForm) -> str:
    return render_template(
        "ideas/receipt/appeal.html", contribution=contribution, code=ids.read_code(code), form=form,
        text=contribution_queries.latest_text(contribution.id),
        step=contribution_queries.standing_step(contribution.id), **second_eyes(contribution),
    )
