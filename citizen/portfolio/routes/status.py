"""A candidate's status: within the house first, then in public."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.contributions import queries as contribution_queries
from citizen.portfolio import actions, queries, rules
from citizen.portfolio.forms import PublishForm
from citizen.portfolio.models import Candidate
from citizen.portfolio.routes.dossier import dossier_page, status_form
from citizen.portfolio.routes.loading import load_candidate, rooms
from citizen.programmes.models import Programme


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
        expected_version=form.seen_version,
    )
    flash(_("The status has been changed. Only staff see it until you make it public."), "success")
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


@rooms.get("/portfolio/<slug>/<ref>/publication")
@access.staff(Role.FACILITATOR)
def confirm_publication(slug: str, ref: str) -> str:
    programme, candidate = load_candidate(slug, ref, to_work=True)
    if queries.latest_change(candidate.id).public_at:
        raise Conflict(_("This status has already been made public."))
    return _publication_page(programme, candidate, _publish_form(candidate))


@rooms.post("/portfolio/<slug>/<ref>/publication")
@access.staff(Role.FACILITATOR)
def publish(slug: str, ref: str) -> Response | tuple[str, int]:
    programme, candidate = load_candidate(slug, ref, for_change=True)
    form = _publish_form(candidate)
    version = form.seen_version
    # An old page may carry another status: what that one needed says nothing about this one.
    if version == candidate.version and not form.validate():
        return _publication_page(programme, candidate, form), 422
    try:
        count = actions.publish_status(
            candidate, user_id=access.required_viewer().id, expected_version=version,
            words=form.words.data or None,
        )
    except Conflict as conflict:
        # What was typed stays; whoever reads the status as it is now may make that one public.
        form.version.data = str(candidate.version)
        return _publication_page(programme, candidate, form, conflict), 409
    flash(
        ngettext("The status is public. %(count)s author sees it.",
                 "The status is public. %(count)s authors see it.", count, count=locale.number(count)),
        "success",
    )
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


def _publish_form(candidate: Candidate) -> PublishForm:
    return PublishForm(version=candidate.version, needs_words=rules.needs_words(candidate.status))


def _publication_page(
    programme: Programme, candidate: Candidate, form: PublishForm, conflict: Conflict | None = None
) -> str:
    audience = [text.id for text in queries.audience(candidate)]
    return render_template(
        "portfolio/publish.html", programme=programme, candidate=candidate, authors=len(audience),
        with_address=len(contribution_queries.authors_to_tell(audience)),
        change=queries.latest_change(candidate.id), form=form, conflict=conflict, now=clock.now(),
    )
