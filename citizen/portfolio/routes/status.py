"""A candidate's status: within the house first, then in public."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.contributions import queries as contribution_queries
from citizen.portfolio import actions, queries
from citizen.portfolio.forms import PublishForm
from citizen.portfolio.routes.dossier import dossier_page, status_form
from citizen.portfolio.routes.loading import load_candidate, rooms, version_in


@rooms.post("/portfolio/<slug>/<ref>/status")
@access.staff(Role.FACILITATOR)
def change_status(slug: str, ref: str) -> Response | tuple[str, int]:
    programme, candidate = load_candidate(slug, ref, for_change=True)
    form = status_form(candidate)
    if not form.status.data:
        form.validate()
        return dossier_page(programme, candidate, form), 422
    actions.change_status(
        candidate, str(form.status.data), user_id=access.required_viewer().id,
        expected_version=version_in(form.version.data),
    )
    flash(_("The status has been changed. Only staff see it until you make it public."), "success")
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


@rooms.get("/portfolio/<slug>/<ref>/publication")
@access.staff(Role.FACILITATOR)
def confirm_publication(slug: str, ref: str) -> str:
    programme, candidate = load_candidate(slug, ref, to_work=True)
    change = queries.latest_change(candidate.id)
    if change.public_at:
        raise Conflict(_("This status has already been made public."))
    audience = [text.id for text in queries.audience(candidate)]
    return render_template(
        "portfolio/publish.html", programme=programme, candidate=candidate, authors=len(audience),
        with_address=len(contribution_queries.contacts(audience)),
        form=PublishForm(version=candidate.version), now=clock.now(),
    )


@rooms.post("/portfolio/<slug>/<ref>/publication")
@access.staff(Role.FACILITATOR)
def publish(slug: str, ref: str) -> Response:
    _programme_found, candidate = load_candidate(slug, ref, for_change=True)
    count = actions.publish_status(
        candidate, user_id=access.required_viewer().id,
        expected_version=version_in(PublishForm().version.data),
    )
    flash(
        ngettext("The status is public. %(count)s author sees it.",
                 "The status is public. %(count)s authors see it.", count, count=locale.number(count)),
        "success",
    )
    return redirect(url_for(".show", slug=slug, ref=ref), 303)
