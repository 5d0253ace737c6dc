"""The queue of what needs somebody's eyes, and views of it that somebody has named."""

from urllib.parse import parse_qs, urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock
from citizen.base.access import Role
from citizen.base.pages import asked_page
from citizen.contributions import queries as contribution_queries
from citizen.ideas import queries as idea_queries
from citizen.moderation import actions, queries, rules
from citizen.moderation.forms.queue import KIND_WORDS, ViewForm
from citizen.moderation.routes.answered import just_answered
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, just_decided, own_municipalities
from citizen.moderation.rules.urgency import FOR_ANOTHER, Kind
from citizen.surveys import queries as survey_queries


@rooms.get("/moderation/")
@access.staff(Role.MODERATOR)
def index() -> str:
    return _page(ViewForm(formdata=None))


@rooms.post("/moderation/views")
@access.staff(Role.MODERATOR)
def save_view() -> Response | tuple[str, int]:
    form = ViewForm()
    if not form.validate():
        return _page(form), 422
    chosen = urlencode(asked_desk().kept, doseq=True)
    actions.save_view(access.required_viewer().id, str(form.name.data), chosen)
    flash(_("The view has been saved."), "success")
    return redirect(url_for(".index", **asked_desk().kept), 303)


@rooms.post("/moderation/views/<int(max=2147483647):view_id>/removal")
@access.staff(Role.MODERATOR)
def drop_view(view_id: int) -> Response:
    if not actions.drop_view(access.required_viewer().id, view_id):
        abort(404)
    flash(_("The view has been removed."), "success")
    return redirect(url_for(".index", **asked_desk().kept), 303)


def _page(form: ViewForm) -> str:
    desk, viewer = asked_desk(), access.required_viewer()
    counts = queries.counts(desk.selection)
    tab = desk.tab
    page = queries.items(desk.selection, desk.state, asked_page(), counts.get(tab, 0))
    if page.number > page.last:
        abort(404)
    today = clock.today()
    untitled = [item.id for item in page.items if not item.title]
    own = queries.decided_by_viewer(desk.selection) if tab in FOR_ANOTHER else []
    hands = {who for item in (*page.items, *own) if item.waiting
             for who in (item.waiting.holder, item.waiting.assigned_to, item.waiting.decided_by) if who}
    reported = [item.id for item in page.items
                if item.waiting and item.waiting.kind in (Kind.REPORTED, Kind.APPEAL)]
    views = queries.saved_views(viewer.id)
    return render_template(
        "moderation/index.html", desk=desk, state=desk.state, tabs=rules.TABS, counts=counts,
        page=page, own=own,
        days={item.id: rules.days_waited(item.waiting.since, today, clock.LOCAL)
              for item in page.items if item.waiting},
        decided=just_decided(), answered=just_answered(),
        lot=queries.lot(request.args.get("lot", ""), viewer.id),
        adds_to=idea_queries.added_to(untitled), answers=survey_queries.questions_answered(untitled),
        asked=contribution_queries.open_deletion_requests(own_municipalities()),
        reports=idea_queries.weighed_of(reported) if reported else {}, why=KIND_WORDS,
        people=queries.people(hands) if hands else {}, form=form,
        views=[(view, parse_qs(view.chosen)) for view in views],
    )
