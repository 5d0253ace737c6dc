"""What waits for another person: grave decisions to be confirmed, and appeals of authors."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Appeal, Contribution, SecondLook
from citizen.contributions.rules import Visibility
from citizen.moderation import actions, policy, queries
from citizen.moderation.actions.appeals import UPHELD
from citizen.moderation.forms.second import AppealAnswerForm, SecondForm
from citizen.moderation.routes.blueprint import rooms

Answer = Response | tuple[str, int]


@rooms.get("/moderation/second")
@access.staff(*policy.ANSWERERS)
def second() -> str:
    return render_template("moderation/second/index.html", **waiting())


def waiting() -> dict[str, Any]:
    """What waits for another person in the viewer's municipalities."""
    looks, appeals = queries.waiting(access.required_viewer().municipalities(*policy.ANSWERERS))
    return {"looks": looks, "appeals": appeals}


# ---- a second person confirms or disagrees


@rooms.get("/moderation/<ref>/second")
@access.staff(*policy.ANSWERERS)
def look(ref: str) -> str:
    return _look_page(_load(ref), SecondForm(formdata=None))


@rooms.post("/moderation/<ref>/second")
@access.staff(*policy.ANSWERERS)
def answer_look(ref: str) -> Answer:
    contribution, form = _load(ref, for_change=True), SecondForm()
    answer: Callable[..., None] | None = {
        "confirm": actions.confirm, "disagree": actions.disagree,
    }.get(request.form.get("answer", ""))
    if answer is None:
        abort(422)
    waited_for = contribution_queries.open_look(contribution.id)
    if waited_for is None or form.seen_version != contribution.version:
        return conflict_page(contribution, form.typed_words), 409
    if not form.validate():
        return _look_page(contribution, form), 422
    answer(
        waited_for, contribution, user_id=access.required_viewer().id, note=form.typed_words,
        expected_version=form.seen_version,
    )
    if answer is actions.confirm:
        flash(_("You have confirmed the decision. Two people stand for it now."), "success")
    else:
        flash(_("You have disagreed. It is published again.") if waited_for.after == Visibility.HIDDEN
              else _("You have disagreed. It waits for a decision as before."), "success")
    return redirect(url_for(".look", ref=ref), 303)


@rooms.post("/moderation/<ref>/second/undo")
@access.staff(*policy.ANSWERERS)
def take_back(ref: str) -> Answer:
    """Take back one's own proposal, or one's own answer."""
    contribution, form = _load(ref, for_change=True), SecondForm()
    newest = contribution_queries.newest_look(contribution.id) or abort(404)
    try:
        actions.take_back(
            newest, contribution, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision:
        return conflict_page(contribution), 409
    flash(_("It has been taken back."), "success")
    return redirect(url_for(".look", ref=ref), 303)


def shown(contribution: Contribution) -> dict[str, Any]:
    """What an item's page tells of other people's eyes."""
    found, appeals = queries.looks(contribution.id), contribution_queries.appeals(contribution.id)
    newest = contribution_queries.newest_look(contribution.id) if found else None
    waited_for = contribution_queries.open_look(contribution.id) if found else None
    viewer = access.required_viewer()
    return {
        "looks": found, "look": found[-1] if waited_for else None,
        "others": _others(contribution, waited_for) if waited_for else [],
        "may_take_answer_back": newest is not None
        and actions.may_take_back_answer(newest, contribution, viewer.id),
        "appeals": appeals, "appeal": contribution_queries.open_appeal(contribution.id) if appeals else None,
        "second_form": SecondForm(formdata=None),
    }


def tell_if_waiting(contribution: Contribution) -> None:
    """Say after a decision that a second person has to look."""
    if waited_for := contribution_queries.open_look(contribution.id):
        if not _others(contribution, waited_for):
            flash(_("Nobody else in the municipality may be the second person yet. It waits until an"
                    " administrator has given somebody a role."), "warning")
        elif waited_for.after == Visibility.HIDDEN:
            flash(_("It is hidden now. Another person has to confirm it."), "success")
        else:
            flash(_("It is kept as a proposal. Another person has to confirm it."), "success")


def answered(contribution: Contribution) -> dict[str, Any]:
    """The last look at a contribution, for whoever comes too late; and what stands by now."""
    return {"look": next(reversed(queries.looks(contribution.id)), None)}


def _others(contribution: Contribution, waited_for: SecondLook) -> list[str]:
    return queries.others(contribution.municipality_id, {waited_for.first_id})


def conflict_page(contribution: Contribution, words: str = "") -> str:
    """Who was first; what the second one had typed is kept."""
    return render_template(
        "moderation/second/conflict.html", item=contribution, words=words, **answered(contribution),
        text=contribution_queries.latest_text(contribution.id),
        step=next(reversed(queries.history(contribution.id)), None),
        may_moderate=policy.may_moderate(access.required_viewer(), contribution),
        asked=next(reversed(contribution_queries.appeals(contribution.id)), None),
    )


def _look_page(contribution: Contribution, form: SecondForm) -> str:
    values = {**shown(contribution), "second_form": form}
    return render_template("moderation/second/look.html", **_text(contribution), **values)


# ---- appeals


@rooms.get("/moderation/<ref>/appeal")
@access.staff(*policy.ANSWERERS)
def appeal(ref: str) -> str:
    contribution = _load(ref)
    asked = _newest_appeal(contribution)
    return _appeal_page(contribution, asked, _answer_form(contribution, asked, formdata=None))


@rooms.post("/moderation/<ref>/appeal")
@access.staff(*policy.ANSWERERS)
def answer_appeal(ref: str) -> Answer:
    contribution = _load(ref, for_change=True)
    asked = _newest_appeal(contribution)
    form = _answer_form(contribution, asked)
    if form.seen_version != contribution.version or contribution_queries.open_appeal(contribution.id) is None:
        return conflict_page(contribution, form.typed_words), 409
    if not policy.may_answer_appeal(access.required_viewer(), contribution):
        abort(403)
    if not form.validate():
        return _appeal_page(contribution, asked, form), 422
    actions.answer_appeal(
        asked, contribution, form.outcome.data, user_id=access.required_viewer().id,
        reason=form.reason.data or None, words=form.typed_words, expected_version=form.seen_version,
    )
    flash(_("The appeal has been answered. Its author reads the answer on the receipt."), "success")
    return redirect(url_for(".appeal", ref=ref), 303)


@rooms.post("/moderation/<ref>/appeal/undo")
@access.staff(*policy.ANSWERERS)
def take_appeal_back(ref: str) -> Answer:
    contribution, form = _load(ref, for_change=True), SecondForm()
    asked, viewer = _newest_appeal(contribution), access.required_viewer()
    took_a_step = asked.decision_id and asked.answered_by == viewer.id
    take = actions.undo if took_a_step else actions.take_back_appeal_answer
    values: dict[str, Any] = {} if took_a_step else {"appeal": asked}
    try:
        take(
            contribution=contribution, user_id=viewer.id, expected_version=form.seen_version, **values
        )
    except StaleDecision:
        return conflict_page(contribution), 409
    flash(_("The answer has been taken back. The appeal waits again."), "success")
    return redirect(url_for(".appeal", ref=ref), 303)


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
    deciders, viewer = contribution_queries.deciders(asked.step_id), access.required_viewer()
    steps = {step.id: step for step in queries.history(contribution.id)}
    may_take_back = asked.answered_by == viewer.id and (
        actions.may_take_back_appeal_answer(asked, contribution, viewer.id)
        or asked.decision_id == next(reversed(steps), None)
    )
    return render_template(
        "moderation/second/appeal.html", form=form, asked=asked, step=steps[asked.step_id],
        may_answer=policy.may_answer_appeal(viewer, contribution),
        redaction=contribution_queries.redaction(contribution.id),
        is_open=contribution_queries.open_appeal(contribution.id) is asked, may_take_back=may_take_back,
        decided_self=viewer.id in deciders,
        others=queries.others(contribution.municipality_id, deciders, _who(contribution)),
        looks=[one for one in queries.looks(contribution.id) if one.outcome == "confirmed"],
        **_text(contribution),
    )


def _who(contribution: Contribution) -> tuple[Role, ...]:
    return (Role.MODERATOR,) if contribution.visibility == Visibility.PUBLISHED else policy.ANSWERERS


# ---- what both load


def _load(ref: str, *, for_change: bool = False) -> Contribution:
    """Something that another person has to look at, or had to; not found for others."""
    found = queries.contribution(ref, for_change=for_change)
    if found is None or not policy.may_answer(access.required_viewer(), found):
        abort(404)
    if not queries.looks(found.id) and not contribution_queries.appeals(found.id):
        abort(404)
    return found


def _text(contribution: Contribution) -> dict[str, Any]:
    """A contribution as it is now, for whoever looks at it."""
    text = contribution_queries.latest_text(contribution.id)
    return {
        "item": contribution, "text": text,
        "photos": contribution_queries.photos(contribution.id)[text.number],
        "may_moderate": policy.may_moderate(access.required_viewer(), contribution),
    }
