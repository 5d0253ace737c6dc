"""The queue of what has come in, and several at once."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.forms import ActionForm
from citizen.base.pages import asked_page
from citizen.contributions import queries as contribution_queries
from citizen.contributions.rules import Visibility
from citizen.ideas import queries as idea_queries
from citizen.moderation import actions, queries, rules
from citizen.moderation.routes import second
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import Desk, asked_desk, just_decided, own_municipalities
from citizen.surveys import queries as survey_queries


@rooms.get("/moderation/")
@access.staff(Role.MODERATOR)
def index() -> str:
    desk = asked_desk()
    counts = queries.counts(desk.selection)
    page = queries.items(desk.selection, desk.state, asked_page(), counts.get(desk.state, 0))
    if page.number > page.last:
        abort(404)
    today = clock.today()
    return render_template(
        "moderation/index.html", desk=desk, state=desk.state, tabs=rules.TABS, counts=counts, page=page,
        days={item.id: rules.days_waited(item.submitted_at, today, clock.LOCAL) for item in page.items},
        decided=just_decided(), reported=idea_queries.reported(desk.selection.municipalities),
        adds_to=idea_queries.added_to([item.id for item in page.items if not item.title]),
        answers=survey_queries.questions_answered([item.id for item in page.items if not item.title]),
        asked=contribution_queries.open_deletion_requests(own_municipalities()), **second.waiting(),
    )


# ---- several at once


@rooms.get("/moderation/publishing")
@access.staff(Role.MODERATOR)
def confirm_publishing() -> str | Response:
    """List what has been chosen. Changes nothing, so it is read like any other page."""
    desk, versions = asked_desk(), rules.read_chosen(request.args.getlist("chosen"))
    found = queries.items_by_ref(list(versions), own_municipalities())
    if not found:
        flash(_("Choose at least one idea."), "warning")
        return redirect(url_for(".index", **desk.kept), 303)
    return _publishing_page(desk, found, versions)


@rooms.post("/moderation/publishing")
@access.staff(Role.MODERATOR)
def publish_chosen() -> Response | tuple[str, int]:
    desk, versions = asked_desk(), rules.read_chosen(request.form.getlist("chosen"))
    chosen = queries.contributions_by_ref(list(versions), own_municipalities()) or abort(404)
    lot = actions.publish_lot(chosen, versions, user_id=access.required_viewer().id)
    if not lot.published:
        return _publishing_page(desk, queries.items_by_ref(lot.skipped, own_municipalities()), versions), 409
    count = len(lot.published)
    flash(ngettext("%(count)s idea has been published.", "%(count)s ideas have been published.", count,
                   count=locale.number(count)), "success")
    if lot.skipped:
        flash(ngettext("%(count)s idea had changed meanwhile and was skipped: %(refs)s.",
                       "%(count)s ideas had changed meanwhile and were skipped: %(refs)s.",
                       len(lot.skipped), count=locale.number(len(lot.skipped)), refs=", ".join(lot.skipped)),
              "warning")
    return redirect(url_for(".index", **desk.kept), 303)


def _publishing_page(desk: Desk, found: Sequence[queries.Item], versions: dict[str, int]) -> str:
    unchanged = [
        item for item in found
        if item.visibility == Visibility.SUBMITTED and item.version == versions[item.ref]
    ]
    return render_template(
        "moderation/publishing.html", desk=desk, form=ActionForm(), unchanged=unchanged,
        changed=[item for item in found if item not in unchanged],
    )
