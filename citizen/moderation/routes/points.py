"""Whether everyone sees an idea's point on the map."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.base.forms import VersionForm
from citizen.ideas import queries as idea_queries
from citizen.moderation import actions
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, load_item


@rooms.post("/moderation/<ref>/point")
@access.staff(Role.MODERATOR)
def choose_point(ref: str) -> Response:
    """Keep the point from others; with ``show``, let them see it again."""
    contribution, shows = load_item(ref, for_change=True), "show" in request.form
    if idea_queries.point_of(contribution.id) is None:
        abort(404)
    actions.show_point(
        contribution, shows, user_id=access.required_viewer().id, expected_version=VersionForm().seen_version
    )
    flash(_("Everyone can see the point again.") if shows
          else _("Others cannot see the point any more. It is kept."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)
