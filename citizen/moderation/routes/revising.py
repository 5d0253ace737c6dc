"""A new version that an author sends in of what is public with a part removed, on the page of its item."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, Revision, TextVersion
from citizen.moderation import actions, queries, rules
from citizen.moderation.forms.deciding import DecisionForm, DeclineForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.further import further
from citizen.moderation.routes.loading import asked_desk, go_on, load_item
from citizen.moderation.routes.marking import marking_for

Answer = Response | tuple[str, int]


@rooms.get("/moderation/<ref>/revision")
@access.staff(Role.MODERATOR)
def revision(ref: str) -> str:
    """The newest version that its author has sent in, whatever has become of it."""
    contribution = load_item(ref)
    return _page(contribution, _newest(contribution), DeclineForm(formdata=None))


@rooms.post("/moderation/<ref>/revision")
@access.staff(Role.MODERATOR)
def answer_revision(ref: str) -> Answer:
    """Publish the new version, or leave what is public as it is."""
    contribution, form = load_item(ref, for_change=True), DeclineForm()
    newest, stood, viewer = _newest(contribution), queries.item(contribution.id), access.required_viewer()
    if not _is_open(contribution, newest) or form.seen_version != contribution.version:
        return _page(contribution, newest, form, is_late=True), 409
    if request.form.get("answer") == "publish":
        actions.publish_revision(
            newest, contribution, user_id=viewer.id, expected_version=form.seen_version
        )
        return go_on(contribution, stood, decided=ref)
    if not form.validate():
        return _page(contribution, newest, form), 422
    actions.decline_revision(
        newest, contribution, user_id=viewer.id, reason=form.chosen_reason, words=form.typed_words,
        expected_version=form.seen_version,
    )
    flash(_("Everyone goes on reading what was public before. The author reads your answer on the receipt."),
          "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/revision/undo")
@access.staff(Role.MODERATOR)
def take_revision_answer_back(ref: str) -> Answer:
    contribution, form = load_item(ref, for_change=True), DecisionForm()
    newest = _newest(contribution)
    try:
        actions.take_revision_answer_back(
            newest, contribution, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision:
        return _page(contribution, newest, DeclineForm(formdata=None), is_late=True), 409
    flash(_("It has been taken back."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


def shown(contribution: Contribution) -> dict[str, Any]:
    """What an item's page tells of new versions: one that waits, else the last that was answered."""
    found = contribution_queries.revisions(contribution.id)
    if not found:
        return {"revisions": [], "revision": None}
    texts = [(one, contribution_queries.version(contribution.id, one.version)) for one in found]
    return {
        "revisions": texts, "decline": DeclineForm(formdata=None), **_told(contribution, found[-1]),
    }


def _told(contribution: Contribution, newest: Revision) -> dict[str, Any]:
    new = contribution_queries.version(contribution.id, newest.version)
    public = contribution_queries.latest_text(contribution.id)
    photos = contribution_queries.photos(contribution.id)
    who = newest.answered_by
    return {
        "revision": newest, "is_open": _is_open(contribution, newest), "new": new,
        "new_photos": photos[new.number], "against": difference(public, new),
        "photos_differ": photos[new.number] != photos[public.number],
        "may_take_revision_back": actions.may_take_revision_answer_back(newest, contribution),
        "answered_by": queries.people([who]).get(who) if who else None,
    }


def difference(old: TextVersion, new: TextVersion) -> dict[str, list[rules.Piece]]:
    """What a version changes in one before it."""
    return {
        "title": rules.difference(old.title or "", new.title or ""),
        "body": rules.difference(old.body, new.body),
        "place": rules.difference(old.place or "", new.place or ""),
    }


def _is_open(contribution: Contribution, newest: Revision) -> bool:
    return newest.answered_at is None and states.may_be_redacted(contribution.visibility)


def _newest(contribution: Contribution) -> Revision:
    found = contribution_queries.revisions(contribution.id)
    return found[-1] if found else abort(404)


def _page(
    contribution: Contribution, newest: Revision, form: DeclineForm, *, is_late: bool = False
) -> str:
    return render_template(
        "moderation/revision.html", desk=asked_desk(), item=contribution, decline=form, is_late=is_late,
        text=contribution_queries.latest_text(contribution.id), marking=marking_for(contribution),
        step=next(reversed(queries.history(contribution.id)), None), further=further(contribution),
        **_told(contribution, newest),
    )
