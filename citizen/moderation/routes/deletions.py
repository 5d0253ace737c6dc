"""Requests for deletion: read, decided by the law, answered. Nothing is deleted here."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, DeletionRequest
from citizen.moderation import actions, policy
from citizen.moderation.forms.deletions import AnswerForm
from citizen.moderation.routes.blueprint import rooms


@rooms.get("/moderation/deletions")
@access.staff(*policy.ANSWERERS)
def deletions() -> str:
    own = access.required_viewer().municipalities(*policy.ANSWERERS)
    asked = contribution_queries.open_deletion_requests(own)
    return render_template("moderation/deletions.html", asked=asked)


@rooms.get("/moderation/deletions/<int(max=2147483647):request_id>")
@access.staff(*policy.ANSWERERS)
def deletion(request_id: int) -> str:
    return _deletion_page(*_deletion(request_id), AnswerForm())


@rooms.post("/moderation/deletions/<int(max=2147483647):request_id>")
@access.staff(*policy.ANSWERERS)
def answer_deletion(request_id: int) -> Response | tuple[str, int]:
    """Mark as handled, with an answer. What the law lets go is deleted elsewhere, by a rule or by hand."""
    (asked, contribution), form = _deletion(request_id, for_change=True), AnswerForm()
    if not form.validate():
        return _deletion_page(asked, contribution, form), 422
    actions.answer_deletion(
        asked, contribution, str(form.answer.data), user_id=access.required_viewer().id
    )
    flash(_("The request has been answered. Its author reads the answer on the receipt."), "success")
    return redirect(url_for(".deletions"), 303)


def _deletion(request_id: int, *, for_change: bool = False) -> tuple[DeletionRequest, Contribution]:
    found = contribution_queries.deletion_request(request_id, for_change=for_change) or abort(404)
    if not policy.may_answer(access.required_viewer(), found[1]):
        abort(404)
    return found


def _deletion_page(asked: DeletionRequest, contribution: Contribution, form: AnswerForm) -> str:
    return render_template(
        "moderation/deletion.html", asked=asked, item=contribution, form=form,
        text=contribution_queries.latest_text(contribution.id),
        may_moderate=policy.may_moderate(access.required_viewer(), contribution),
    )
