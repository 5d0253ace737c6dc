"""Merge an idea with another one: found, laid side by side, merged, and taken apart again."""

import re

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.ideas import queries as idea_queries
from citizen.ideas.queries import PublicIdea
from citizen.moderation import actions, queries
from citizen.moderation.forms.deciding import DecisionForm
from citizen.moderation.forms.further import FindOtherForm, MergeForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, load_item, own_municipalities

MOST_OFFERED = 10
_REF = re.compile(r"I-[0-9A-Z]{1,10}")

Answer = Response | tuple[str, int]


@rooms.get("/moderation/<ref>/merge")
@access.staff(Role.MODERATOR)
def find_other(ref: str) -> str:
    """Look for the other idea; with ``other``, both side by side. Changes nothing."""
    contribution = load_item(ref)
    if asked := request.args.get("other"):
        return _side_by_side(contribution, load_item(asked), MergeForm(version=contribution.version))
    return _finding_page(contribution, FindOtherForm(request.args))


@rooms.post("/moderation/<ref>/merge")
@access.staff(Role.MODERATOR)
def merge(ref: str) -> Answer:
    form = MergeForm()
    # Both at once, in the order of their ids: two who merge the same two never block each other.
    contribution, into = queries.both(ref, form.other.data or "", own_municipalities())
    if contribution is None or into is None:
        abort(404)
    try:
        actions.merge(
            contribution, into, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision as conflict:
        form.version.data = str(contribution.version)
        return _side_by_side(contribution, into, form, conflict), 409
    flash(_("The two ideas have been merged."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/merge/undo")
@access.staff(Role.MODERATOR)
def unmerge(ref: str) -> Response:
    contribution = load_item(ref, for_change=True)
    actions.unmerge(
        contribution, user_id=access.required_viewer().id, expected_version=DecisionForm().seen_version
    )
    flash(_("The two ideas are on their own again."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


def _finding_page(contribution: Contribution, form: FindOtherForm) -> str:
    words = (form.q.data or "").strip()
    return render_template(
        "moderation/further/merge.html", desk=asked_desk(), item=contribution, form=form,
        text=contribution_queries.latest_text(contribution.id), found=_offered(contribution, words),
        words=words, may_merge=_may_merge(contribution),
    )


def _offered(contribution: Contribution, words: str) -> list[PublicIdea]:
    """Published ideas that it may be merged with: those that say the same, or those that were asked for."""
    own, programme_id = own_municipalities(), contribution.programme_id
    if _REF.fullmatch(words.upper()):
        one = idea_queries.public_idea(words.upper())
        found = [one] if one else []
    elif words:
        found = list(idea_queries.public_ideas(programme_id, words=words).items)
    else:
        text = contribution_queries.latest_text(contribution.id)
        whole = f"{text.title or ''}\n{text.body}"
        likest = contribution_queries.similar(programme_id, whole, MOST_OFFERED * 2)
        found = idea_queries.ideas_by_id([match.id for match in likest])
    merged = contribution_queries.merged_with([idea.id for idea in found])
    return [
        idea for idea in found
        if idea.id != contribution.id and idea.municipality_id in own and idea.id not in merged
    ][:MOST_OFFERED]


def _side_by_side(
    contribution: Contribution, into: Contribution, form: MergeForm, conflict: StaleDecision | None = None
) -> str:
    may_merge = _may_merge(contribution) and _may_take(contribution, into)
    return render_template(
        "moderation/further/merging.html", desk=asked_desk(), item=contribution, other=into, form=form,
        text=contribution_queries.latest_text(contribution.id),
        other_text=contribution_queries.latest_text(into.id),
        support=idea_queries.support_of([contribution.id, into.id]), conflict=conflict, may_merge=may_merge,
    )


def _may_merge(contribution: Contribution) -> bool:
    waits = contribution.kind == "idea" and contribution.visibility == Visibility.SUBMITTED
    merges = waits or states.may_be_merged(contribution.kind, contribution.visibility)
    return merges and contribution_queries.standing_merge(contribution.id) is None


def _may_take(contribution: Contribution, into: Contribution) -> bool:
    takes = states.may_be_merged(into.kind, into.visibility) and into.id != contribution.id
    return takes and contribution_queries.standing_merge(into.id) is None
