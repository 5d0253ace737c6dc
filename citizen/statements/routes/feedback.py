"""Telling of a barrier, and dealing with what has been told."""

import uuid

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, locale, trap
from citizen.base.access import Role
from citizen.base.limits import limiter
from citizen.base.pages import asked_page
from citizen.statements import actions, queries
from citizen.statements.forms import FeedbackForm
from citizen.statements.models import Feedback
from citizen.statements.routes.blueprint import rooms
from citizen.statements.routes.loading import load_mine, load_municipality, my_municipalities
from citizen.statements.rules.places import path_here

FORM = "/statements/<town>/accessibility/feedback"
LIST = "/statements/<town>/manage/feedback"
# The largest number that fits the column; anything above is no message.
MESSAGE = LIST + "/<int(max=2147483647):feedback_id>"


def submit_limit() -> str:
    return str(current_app.extensions["citizen.settings"].submit_limit)


@rooms.get(FORM)
@access.public
def feedback(town: str) -> str:
    form = FeedbackForm(formdata=None, page=path_here(request.args.get("page", "")),
                        client_key=str(uuid.uuid4()))
    return render_template("statements/feedback.html", municipality=load_municipality(town), form=form)


@rooms.post(FORM)
@access.public
@limiter.limit(submit_limit)
def send_feedback(town: str) -> Response | tuple[str, int]:
    municipality, form = load_municipality(town), FeedbackForm()
    if not form.validate() or _asks_again(form):
        return render_template("statements/feedback.html", municipality=municipality, form=form), 422
    actions.send_feedback(municipality, actions.NewFeedback(
        body=str(form.body.data), page=str(form.page.data), email=form.email.data or None,
        language=locale.current(), client_key=form.key,
    ))
    return redirect(url_for(".thanks", town=town), 303)


def _asks_again(form: FeedbackForm) -> bool:
    """Whether the form came as programs send it. Each message is mailed, so it is asked for once more."""
    if not trap.is_tripped():
        return False
    form.body.errors = [_("Send it once more, please. It looked as if a program had sent it.")]
    return True


@rooms.get(FORM + "/thanks")
@access.public
def thanks(town: str) -> str:
    return render_template("statements/thanks.html", municipality=load_municipality(town))


@rooms.get(LIST)
@access.staff(Role.ADMINISTRATOR)
def feedback_list(town: str) -> str:
    municipality = load_mine(town)
    page = queries.feedback(municipality.id, asked_page())
    if page.number > page.last:
        abort(404)
    return render_template("statements/manage/feedback.html", municipality=municipality, page=page,
                           municipalities=my_municipalities())


@rooms.post(MESSAGE + "/handled")
@access.staff(Role.ADMINISTRATOR)
def handle_feedback(town: str, feedback_id: int) -> Response:
    actions.mark_handled(_load(town, feedback_id), user_id=access.required_viewer().id)
    return _back(town, feedback_id)


@rooms.post(MESSAGE + "/open")
@access.staff(Role.ADMINISTRATOR)
def reopen_feedback(town: str, feedback_id: int) -> Response:
    actions.mark_open(_load(town, feedback_id), user_id=access.required_viewer().id)
    return _back(town, feedback_id)


def _load(town: str, feedback_id: int) -> Feedback:
    return queries.feedback_by_id(load_mine(town).id, feedback_id) or abort(404)


def _back(town: str, feedback_id: int) -> Response:
    """To the same message on the same page of the list."""
    page = request.args.get("page") if request.args.get("page", "1") != "1" else None
    return redirect(url_for(".feedback_list", town=town, page=page, _anchor=f"message-{feedback_id}"), 303)
