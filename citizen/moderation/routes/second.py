"""What waits for another person, and grave decisions that one confirms."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.contributions import queries as contribution_queries
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, SecondLook
from citizen.contributions.rules import Visibility
from citizen.moderation import actions, policy, queries
from citizen.moderation.forms.second import SecondForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, go_on

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
    return _look_page(load_asked(ref), SecondForm(formdata=None))


@rooms.post("/moderation/<ref>/second")
@access.staff(*policy.ANSWERERS)
def answer_look(ref: str) -> Answer:
    contribution, form = load_asked(ref, for_change=True), SecondForm()
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
    stood = queries.item(contribution.id)
    answer(
        waited_for, contribution, user_id=access.required_viewer().id, note=form.typed_words,
        expected_version=form.seen_version,
    )
    if desk_kept():
        return go_on(contribution, stood, answered=ref)
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
    contribution, form = load_asked(ref, for_change=True), SecondForm()
    newest = contribution_queries.newest_look(contribution.id) or abort(404)
    try:
        actions.take_back(
            newest, contribution, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision:
        return conflict_page(contribution), 409
    flash(_("It has been taken back."), "success")
    return redirect(url_for(".show" if desk_kept() else ".look", ref=ref, **desk_kept()), 303)


def shown(contribution: Contribution) -> dict[str, Any]:
    """What an item's page tells of a second person."""
    found = queries.looks(contribution.id)
    newest = contribution_queries.newest_look(contribution.id) if found else None
    waited_for = contribution_queries.open_look(contribution.id) if found else None
    return {
        "looks": found, "look": found[-1] if waited_for else None,
        "others": _others(contribution, waited_for) if waited_for else [],
        "may_take_answer_back": newest is not None
        and actions.may_take_back_answer(newest, contribution, access.required_viewer().id),
        "second_form": SecondForm(formdata=None), "desk_kept": desk_kept(),
    }


def desk_kept() -> dict[str, Any]:
    """What leads on in the queue, where somebody answers from the page of an item there; else nothing.

    Administrators answer without a queue.
    """
    moderates = access.required_viewer().has(Role.MODERATOR)
    return {"queue": "y", **asked_desk().kept} if moderates and request.args.get("queue") else {}


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
    return render_template("moderation/second/look.html", **text_of(contribution), **values)


# ---- what both load


def load_asked(ref: str, *, for_change: bool = False) -> Contribution:
    """Something that another person has to look at, or had to; not found for others."""
    found = queries.contribution(ref, for_change=for_change)
    if found is None or not policy.may_answer(access.required_viewer(), found):
        abort(404)
    if not queries.looks(found.id) and not contribution_queries.appeals(found.id):
        abort(404)
    return found


def text_of(contribution: Contribution) -> dict[str, Any]:
    """A contribution as it is now, for whoever looks at it."""
    text = contribution_queries.latest_text(contribution.id)
    return {
        "item": contribution, "text": text,
        "photos": contribution_queries.photos(contribution.id)[text.number],
        "may_moderate": policy.may_moderate(access.required_viewer(), contribution),
        "holder": queries.holder(queries.item(contribution.id)),
    }
