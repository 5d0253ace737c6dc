"""Appeals: what an author asks another person to look at, and the answer to it."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from citizen.base import access
from citizen.base.access import Role
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Appeal, Contribution
from citizen.contributions.rules import Visibility
from citizen.moderation import actions, policy, queries
from citizen.moderation.actions.appeals import UPHELD
from citizen.moderation.forms.second import AppealAnswerForm, SecondForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import go_on
from citizen.moderation.routes.second import Answer, conflict_page, desk_kept, load_asked, text_of


@rooms.get("/moderation/<ref>/appeal")
@access.staff(*policy.ANSWERERS)
def appeal(ref: str) -> str:
    contribution = load_asked(ref)
    asked = _newest_appeal(contribution)
    return _appeal_page(contribution, asked, _answer_form(contribution, asked, formdata=None))


@rooms.post("/moderation/<ref>/appeal")
@access.staff(*policy.ANSWERERS)
def answer_appeal(ref: str) -> Answer:
    contribution = load_asked(ref, for_change=True)
    asked = _newest_appeal(contribution)
    form = _answer_form(contribution, asked)
    if form.seen_version != contribution.version or contribution_queries.open_appeal(contribution.id) is None:
        return conflict_page(contribution, form.typed_words), 409
    if not policy.may_answer_appeal(access.required_viewer(), contribution):
        abort(403)
    if not form.validate():
        return _appeal_page(contribution, asked, form), 422
    stood = queries.item(contribution.id)
    actions.answer_appeal(
        asked, contribution, form.outcome.data, user_id=access.required_viewer().id,
        reason=form.reason.data or None, words=form.typed_words, expected_version=form.seen_version,
    )
    if desk_kept():
        return go_on(contribution, stood, answered=ref)
    flash(_("The appeal has been answered. Its author reads the answer on the receipt."), "success")
    return redirect(url_for(".appeal", ref=ref), 303)


@rooms.post("/moderation/<ref>/appeal/undo")
@access.staff(*policy.ANSWERERS)
def take_appeal_back(ref: str) -> Answer:
    contribution, form = load_asked(ref, for_change=True), SecondForm()
    asked, viewer = _newest_appeal(contribution), access.required_viewer()
    took_a_step = asked.decision_id is not None and asked.answered_by == viewer.id
    latest = contribution_queries.latest_change(contribution.id)
    if took_a_step and (latest is None or latest.id != asked.decision_id):
        # What has been decided since is not theirs to take back.
        return conflict_page(contribution), 409
    take = actions.undo if took_a_step else actions.take_back_appeal_answer
    values: dict[str, Any] = {} if took_a_step else {"appeal": asked}
    try:
        take(
            contribution=contribution, user_id=viewer.id, expected_version=form.seen_version, **values
        )
    except StaleDecision:
        return conflict_page(contribution), 409
    flash(_("The answer has been taken back. The appeal waits again."), "success")
    return redirect(url_for(".show" if desk_kept() else ".appeal", ref=ref, **desk_kept()), 303)


def _newest_appeal(contribution: Contribution) -> Appeal:
    found = contribution_queries.appeals(contribution.id)
    return found[-1] if found else abort(404)


def _answer_form(contribution: Contribution, asked: Appeal, **values: Any) -> AppealAnswerForm:
    """What may be decided from here, with the reason of the decision chosen beforehand."""
    offered = {UPHELD: _("The decision stands")}
    is_redacted = contribution.visibility == Visibility.PUBLISHED
    named = {
        Visibility.PUBLISHED: _("Show what was removed") if is_redacted else _("Publish after all"),
        Visibility.RETURNED: _("Ask the author for changes"),
    }
    offered |= {
        after.value: words for after, words in named.items()
        if states.may_step_on_appeal(contribution.visibility, after, contribution.kind)
    }
    return AppealAnswerForm(offered, **values)


def _appeal_page(contribution: Contribution, asked: Appeal, form: AppealAnswerForm) -> str:
    return render_template(
        "moderation/second/appeal.html", **_told(contribution, asked, form), **text_of(contribution),
        redaction=contribution_queries.redaction(contribution.id), desk_kept=desk_kept(),
    )


def shown(contribution: Contribution) -> dict[str, Any]:
    """What an item's page tells of appeals; an open one is decided there."""
    found = contribution_queries.appeals(contribution.id)
    if not found:
        return {"appeals": [], "appeal": None}
    told = _told(contribution, found[-1], _answer_form(contribution, found[-1], formdata=None))
    return {**told, "appeals": found, "appeal": found[-1] if told["is_open"] else None}


def _told(contribution: Contribution, asked: Appeal, form: AppealAnswerForm) -> dict[str, Any]:
    deciders, viewer = contribution_queries.deciders(asked.step_id), access.required_viewer()
    steps = {step.id: step for step in queries.history(contribution.id)}
    may_take_back = asked.answered_by == viewer.id and (
        actions.may_take_back_appeal_answer(asked, contribution, viewer.id)
        or asked.decision_id == next(reversed(steps), None)
    )
    return {
        "appeal_form": form, "appeal": asked, "appealed_step": steps[asked.step_id],
        "may_answer": policy.may_answer_appeal(viewer, contribution),
        "is_open": contribution_queries.open_appeal(contribution.id) is asked,
        "may_take_back": may_take_back, "decided_self": viewer.id in deciders,
        "appeal_others": queries.others(contribution.municipality_id, deciders, _who(contribution)),
        "confirmed": [one for one in queries.looks(contribution.id) if one.outcome == "confirmed"],
    }


def _who(contribution: Contribution) -> tuple[Role, ...]:
    return (Role.MODERATOR,) if contribution.visibility == Visibility.PUBLISHED else policy.ANSWERERS
