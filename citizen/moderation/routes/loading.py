"""What a moderator has before them, and the one item that a page is about."""

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.forms import choices
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.moderation import policy, queries
from citizen.moderation.forms.queue import SelectionForm
from citizen.moderation.models import QueueItem
from citizen.moderation.rules.urgency import Kind
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme


@dataclass(frozen=True)
class Desk:
    """What a moderator has before them: their programmes and municipalities, and what they chose to see."""

    form: SelectionForm
    programmes: dict[int, Programme]
    municipalities: dict[int, Municipality]
    state: Visibility
    selection: queries.Selection
    # The same as part of an address, so that it lasts from page to page: what is searched for alone,
    # and with the state of the tab they come from.
    searched: dict[str, Any]
    kept: dict[str, Any]

    def titles(self, programme_id: int) -> dict[str, str]:
        """A programme's titles; none where the municipality has left it since."""
        found = self.programmes.get(programme_id)
        return found.titles if found else {}

    def names(self, municipality_id: int) -> dict[str, str]:
        """A municipality's names; none where it takes part in nothing any more."""
        found = self.municipalities.get(municipality_id)
        return found.names if found else {}


def load_item(ref: str, *, for_change: bool = False) -> Contribution:
    found = queries.contribution(ref, for_change=for_change)
    if found is None or not policy.may_moderate(access.required_viewer(), found):
        abort(404)
    return found


def own_municipalities() -> set[int]:
    return access.required_viewer().municipalities(Role.MODERATOR)


def just_decided() -> tuple[queries.Item, str, str | None] | None:
    """What the viewer decided on the page before, as long as it can be undone; with the state it took, and
    why."""
    ref = request.args.get("decided")
    found = queries.items_by_ref([ref], own_municipalities()) if ref else []
    latest = contribution_queries.latest_change(found[0].id) if found else None
    if latest is None or latest.user_id != access.required_viewer().id:
        return None
    if not states.may_be_undone(latest.after, is_undoing=latest.undoes_id is not None):
        return None
    return found[0], latest.after, latest.reason


def asked_desk() -> Desk:
    own = own_municipalities()
    programmes = {p.id: p for p in programme_queries.programmes_of(own)}
    municipalities = {m.id: m for p in programmes.values() for m in p.municipalities if m.id in own}
    form, language = SelectionForm(request.args), locale.current()
    form.programme.choices = choices(
        ("", _("All programmes")),
        *((p.slug, locale.in_language(p.titles, language)[0]) for p in programmes.values()),
    )
    form.municipality.choices = choices(
        ("", _("All municipalities")),
        *((m.slug, locale.in_language(m.names, language)[0]) for m in municipalities.values()),
    )
    programme = next((p for p in programmes.values() if p.slug == form.programme.data), None)
    municipality = next((m for m in municipalities.values() if m.slug == form.municipality.data), None)
    state, viewer = _asked_state(), access.required_viewer()
    whose = {"mine": viewer.id, "nobody": 0}
    selection = queries.Selection(
        municipalities=frozenset({municipality.id} if municipality else own),
        programme_id=programme.id if programme else None,
        languages=tuple(one for one in form.written_in.data or [] if one in locale.LANGUAGES),
        words=form.q.data or "", kind=form.why.data if form.why.data in set(Kind) else "",
        late=form.late.data, hits=form.hits.data, assigned_to=whose.get(form.desk.data or ""),
    )
    asked = {
        "programme": programme and programme.slug, "municipality": municipality and municipality.slug,
        "written_in": list(selection.languages), "q": selection.words, "why": selection.kind,
        "desk": form.desk.data if form.desk.data in whose else "",
        "late": "y" if selection.late else "", "hits": "y" if selection.hits else "",
    }
    searched = {name: value for name, value in asked.items() if value}
    kept = searched if state is Visibility.SUBMITTED else {**searched, "state": state.value}
    return Desk(form, programmes, municipalities, state, selection, searched, kept)


def _asked_state() -> Visibility:
    try:
        return Visibility(request.args.get("state", Visibility.SUBMITTED))
    except ValueError:
        abort(404)


def go_on(contribution: Contribution, stood: QueueItem | None, **more: Any) -> Response:
    """To what waits behind an item, from where it stood in the queue; to itself where it has not waited."""
    desk = asked_desk()
    if stood is None:
        return redirect(url_for(".show", ref=contribution.ref, **more, **desk.kept), 303)
    if following := queries.next_waiting(desk.selection, stood, contribution):
        return redirect(url_for(".show", ref=following, **more, **desk.searched), 303)
    return redirect(url_for(".index", **more, **desk.searched), 303)
