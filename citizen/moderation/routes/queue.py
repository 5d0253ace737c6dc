"""The queue of what has come in, one item at a time, and several at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.forms import ActionForm, choices
from citizen.base.pages import asked_page
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas import queries as idea_queries
from citizen.moderation import actions, policy, queries, rules
from citizen.moderation.forms import FORMS, DecisionForm, SelectionForm
from citizen.moderation.routes.blueprint import rooms
from citizen.places import queries as place_queries
from citizen.places.queries import maps_for
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme
from citizen.surveys import queries as survey_queries


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


# ---- the queue


@rooms.get("/moderation/")
@access.staff(Role.MODERATOR)
def index() -> str:
    desk = _desk()
    counts = queries.counts(desk.selection)
    page = queries.items(desk.selection, desk.state, asked_page(), counts.get(desk.state, 0))
    if page.number > page.last:
        abort(404)
    today = clock.today()
    return render_template(
        "moderation/index.html", desk=desk, state=desk.state, tabs=rules.TABS, counts=counts, page=page,
        days={item.id: rules.days_waited(item.submitted_at, today, clock.LOCAL) for item in page.items},
        decided=_just_decided(), reported=idea_queries.reported(desk.selection.municipalities),
        adds_to=idea_queries.added_to([item.id for item in page.items if not item.title]),
        answers=survey_queries.questions_answered([item.id for item in page.items if not item.title]),
        asked=contribution_queries.open_deletion_requests(_own_municipalities()),
    )


# ---- several at once


@rooms.get("/moderation/publishing")
@access.staff(Role.MODERATOR)
def confirm_publishing() -> str | Response:
    """List what has been chosen. Changes nothing, so it is read like any other page."""
    desk, versions = _desk(), rules.read_chosen(request.args.getlist("chosen"))
    found = queries.items_by_ref(list(versions), _own_municipalities())
    if not found:
        flash(_("Choose at least one idea."), "warning")
        return redirect(url_for(".index", **desk.kept), 303)
    return _publishing_page(desk, found, versions)


@rooms.post("/moderation/publishing")
@access.staff(Role.MODERATOR)
def publish_chosen() -> Response | tuple[str, int]:
    desk, versions = _desk(), rules.read_chosen(request.form.getlist("chosen"))
    chosen = queries.contributions_by_ref(list(versions), _own_municipalities()) or abort(404)
    lot = actions.publish_lot(chosen, versions, user_id=access.required_viewer().id)
    if not lot.published:
        return _publishing_page(desk, queries.items_by_ref(lot.skipped, _own_municipalities()), versions), 409
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


# ---- one at a time


@rooms.get("/moderation/<ref>")
@access.staff(Role.MODERATOR)
def show(ref: str) -> str:
    return _item_page(_contribution(ref))


@rooms.post("/moderation/<ref>")
@access.staff(Role.MODERATOR)
def decide(ref: str) -> Response | tuple[str, int]:
    contribution = _contribution(ref, for_change=True)
    after, waited = _asked_decision(), contribution.visibility == Visibility.SUBMITTED
    form = FORMS[after]()
    if form.seen_version == contribution.version and not form.validate():
        return _item_page(contribution, after, form), 422
    try:
        actions.decide(
            contribution, after, user_id=access.required_viewer().id, reason=form.chosen_reason,
            words=form.typed_words, expected_version=form.seen_version,
        )
    except StaleDecision:
        return _conflict_page(contribution, after, form), 409
    desk = _desk()
    if not waited:
        return redirect(url_for(".show", ref=ref, decided=ref, **desk.kept), 303)
    if following := queries.next_waiting(desk.selection, contribution):
        return redirect(url_for(".show", ref=following, decided=ref, **desk.searched), 303)
    return redirect(url_for(".index", decided=ref, **desk.searched), 303)


@rooms.post("/moderation/<ref>/undo")
@access.staff(Role.MODERATOR)
def undo(ref: str) -> Response | tuple[str, int]:
    contribution = _contribution(ref, for_change=True)
    form = DecisionForm()
    try:
        actions.undo(
            contribution, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision:
        return _conflict_page(contribution), 409
    flash(_("The decision has been taken back."), "success")
    return redirect(url_for(".show", ref=ref, **_desk().kept), 303)


@rooms.post("/moderation/<ref>/reports")
@access.staff(Role.MODERATOR)
def close_reports(ref: str) -> Response:
    actions.keep_as_it_is(_contribution(ref, for_change=True), user_id=access.required_viewer().id)
    flash(_("The reports have been closed. Nothing else has changed."), "success")
    return redirect(url_for(".show", ref=ref, **_desk().kept), 303)


def _item_page(
    contribution: Contribution, after: Visibility | None = None, form: DecisionForm | None = None
) -> str:
    """The page of one item; with a form that could not be accepted, as it was filled in."""
    desk = _desk()
    forms = _open_forms(contribution)
    if after and form and after in forms:
        forms[after] = form
    texts = queries.texts(contribution.id)
    steps = queries.history(contribution.id)
    untitled = [] if texts[0].title else [contribution.id]
    return render_template(
        "moderation/show.html", desk=desk, item=contribution, texts=texts, steps=steps, forms=forms,
        photos=contribution_queries.photos(contribution.id), faulty=form, change=_difference(texts),
        queue=queries.place_in_queue(desk.selection, contribution), may_undo=_may_undo(steps),
        days=rules.days_waited(contribution.submitted_at, clock.today(), clock.LOCAL),
        decided=_just_decided(), reports=idea_queries.reports(contribution.id),
        asked=contribution_queries.deletion_requests(contribution.id),
        adds_to=idea_queries.added_to(untitled).get(contribution.id),
        answers=survey_queries.questions_answered(untitled).get(contribution.id),
        **_place(desk, contribution),
    )


def _place(desk: Desk, contribution: Contribution) -> dict[str, Any]:
    """The point of an idea, and a map to show it on, where there are such."""
    point, programme = idea_queries.point_of(contribution.id), desk.programmes.get(contribution.programme_id)
    whose = maps_for(programme, contribution.municipality_id) if programme else []
    return {"point": point, "map": place_queries.map_showing(point, whose)}


def _conflict_page(
    contribution: Contribution, after: Visibility | None = None, form: DecisionForm | None = None
) -> str:
    """Who was first, and what the second one had typed; to be tried again where that is still open."""
    may_try_again = after is not None and states.staff_may_step(
        contribution.visibility, after, contribution.kind
    )
    return render_template(
        "moderation/conflict.html", desk=_desk(), item=contribution, form=form, after=after,
        text=contribution_queries.latest_text(contribution.id), may_try_again=may_try_again,
        step=next(reversed(queries.history(contribution.id)), None),
    )


def _open_forms(contribution: Contribution) -> dict[Visibility, DecisionForm]:
    """An empty form for each step that staff may take from here."""
    return {
        after: form(formdata=None) for after, form in FORMS.items()
        if states.staff_may_step(contribution.visibility, after, contribution.kind)
    }


def _difference(texts: Sequence[TextVersion]) -> dict[str, list[rules.Piece]] | None:
    """What changed in the newest version, where there is one before it."""
    if len(texts) < 2:
        return None
    new, old = texts[0], texts[1]
    return {
        "title": rules.difference(old.title or "", new.title or ""),
        "body": rules.difference(old.body, new.body),
        "place": rules.difference(old.place or "", new.place or ""),
    }


def _may_undo(steps: Sequence[queries.Step]) -> bool:
    return bool(steps) and states.may_be_undone(steps[-1].after, is_undoing=steps[-1].undoes_id is not None)


# ---- loading


def _contribution(ref: str, *, for_change: bool = False) -> Contribution:
    found = queries.contribution(ref, for_change=for_change)
    if found is None or not policy.may_moderate(access.required_viewer(), found):
        abort(404)
    return found


def _own_municipalities() -> set[int]:
    return access.required_viewer().municipalities(Role.MODERATOR)


def _asked_state() -> Visibility:
    try:
        return Visibility(request.args.get("state", Visibility.SUBMITTED))
    except ValueError:
        abort(404)


def _asked_decision() -> Visibility:
    asked = request.form.get("decision", "")
    return next((after for after in FORMS if after == asked), None) or abort(422)


def _just_decided() -> tuple[queries.Item, str] | None:
    """What the viewer decided on the page before, as long as it can be undone; with the state it took."""
    ref = request.args.get("decided")
    found = queries.items_by_ref([ref], _own_municipalities()) if ref else []
    latest = contribution_queries.latest_change(found[0].id) if found else None
    if latest is None or latest.user_id != access.required_viewer().id:
        return None
    if not states.may_be_undone(latest.after, is_undoing=latest.undoes_id is not None):
        return None
    return found[0], latest.after


def _desk() -> Desk:
    own = _own_municipalities()
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
    selection = queries.Selection(
        municipalities=frozenset({municipality.id} if municipality else own),
        programme_id=programme.id if programme else None,
        language=locale.match(form.written_in.data) or "",
        words=form.q.data or "",
    )
    asked = {
        "programme": programme and programme.slug, "municipality": municipality and municipality.slug,
        "written_in": selection.language, "q": selection.words,
    }
    searched, state = {name: value for name, value in asked.items() if value}, _asked_state()
    kept = searched if state is Visibility.SUBMITTED else {**searched, "state": state.value}
    return Desk(form, programmes, municipalities, state, selection, searched, kept)
