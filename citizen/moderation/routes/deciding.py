"""One item: read, decided, and taken back."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock
from citizen.base.access import Role
from citizen.base.forms import choices
from citizen.base.transaction import nothing_changed
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas import queries as idea_queries
from citizen.moderation import actions, queries, rules
from citizen.moderation.forms.deciding import FORMS, DecisionForm, SeenForm
from citizen.moderation.forms.queue import KIND_WORDS, AssignmentForm
from citizen.moderation.routes import appeals, redacting, revising, second
from citizen.moderation.routes.answered import just_answered
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.further import further
from citizen.moderation.routes.loading import (
    Desk,
    asked_desk,
    go_on,
    just_decided,
    load_item,
    own_municipalities,
)
from citizen.moderation.routes.marking import marking_for
from citizen.moderation.rules.urgency import is_late
from citizen.places import queries as place_queries
from citizen.places.queries import maps_for
from citizen.surveys import queries as survey_queries


@rooms.get("/moderation/<ref>")
@access.staff(Role.MODERATOR)
def show(ref: str) -> str:
    return _item_page(load_item(ref))


@rooms.post("/moderation/<ref>")
@access.staff(Role.MODERATOR)
def decide(ref: str) -> Response | tuple[str, int]:
    contribution = load_item(ref, for_change=True)
    after, stood = _asked_decision(), queries.item(contribution.id)
    form = FORMS[after]()
    if form.seen_version == contribution.version and not form.validate():
        return _item_page(contribution, after, form), 422
    if offered := redacting.offer(contribution, after, form):
        return offered, 422
    try:
        actions.decide(
            contribution, after, user_id=access.required_viewer().id, reason=form.chosen_reason,
            words=form.typed_words, expected_version=form.seen_version,
        )
    except StaleDecision:
        return _conflict_page(contribution, after, form), 409
    second.tell_if_waiting(contribution)
    return go_on(contribution, stood, decided=ref)


@rooms.post("/moderation/<ref>/undo")
@access.staff(Role.MODERATOR)
def undo(ref: str) -> Response | tuple[str, int]:
    contribution = load_item(ref, for_change=True)
    form = DecisionForm()
    try:
        actions.undo(
            contribution, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision:
        return _conflict_page(contribution), 409
    flash(_("The decision has been taken back."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/seen")
@access.staff(Role.MODERATOR)
def keep_as_it_is(ref: str) -> Response | tuple[str, int]:
    """Somebody has looked at what is public, and it stays: reports are closed, none of them unread."""
    contribution, form = load_item(ref, for_change=True), SeenForm()
    stood = queries.item(contribution.id)
    if form.reports.data != rules.newest_open(idea_queries.reports(contribution.id)):
        nothing_changed()
        flash(_("Its reports have changed since you opened it. Read them, then decide."), "warning")
        return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)
    try:
        actions.keep_as_it_is(
            contribution, user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except StaleDecision:
        return _conflict_page(contribution), 409
    flash(_("It stays published as it is, and waits for nobody any more."), "success")
    return go_on(contribution, stood)


def _item_page(
    contribution: Contribution, after: Visibility | None = None, form: DecisionForm | None = None
) -> str:
    """The page of one item; with a form that could not be accepted, as it was filled in."""
    desk = asked_desk()
    appealed = appeals.shown(contribution)
    forms = _open_forms(contribution)
    if appealed["appeal"] and not appealed["decided_self"]:
        # Whoever publishes it again after all says so to its author, as the answer to the appeal.
        forms.pop(Visibility.PUBLISHED, None)
    if after and form and after in forms:
        forms[after] = form
    texts, redaction = queries.texts(contribution.id), contribution_queries.redaction(contribution.id)
    # What was there before something was removed is on a page of its own, and so is the difference.
    below = contribution_queries.concealed_below(contribution.id)
    texts = texts[:1] if redaction else [text for text in texts if text.number >= below]
    steps = queries.history(contribution.id)
    untitled = [] if texts[0].title else [contribution.id]
    reports = idea_queries.reports(contribution.id)
    return render_template(
        "moderation/show.html", desk=desk, item=contribution, texts=texts, steps=steps, forms=forms,
        photos=contribution_queries.photos(contribution.id), faulty=form,
        change=_difference(contribution, texts), may_undo=_may_undo(steps),
        queue=queries.place_in_queue(desk.selection, contribution),
        decided=just_decided(), answered=just_answered(), reports=reports, seen=rules.newest_open(reports),
        weighed=idea_queries.weighed(reports),
        asked=contribution_queries.deletion_requests(contribution.id),
        adds_to=idea_queries.added_to(untitled).get(contribution.id),
        answers=survey_queries.questions_answered(untitled).get(contribution.id),
        redaction=redaction, is_concealed=below > 0,
        may_redact=bool(forms) and states.may_be_redacted(contribution.visibility),
        marking=marking_for(contribution), **_place(desk, contribution), **appealed,
        **{**second.shown(contribution), "desk_kept": {"queue": "y", **desk.kept}},
        further=further(contribution), **revising.shown(contribution), **_around(contribution, texts[0]),
    )


def _around(contribution: Contribution, text: TextVersion) -> dict[str, Any]:
    """Why it waits, in whose hands it is, and what says the same."""
    item = queries.item(contribution.id)
    deciders = {item.decided_by, item.confirmed_by} if item else set()
    moderators = [
        one for one in queries.moderators(contribution.municipality_id) if one.id not in deciders
    ]
    assignment = AssignmentForm(formdata=None, to=str(item.assigned_to or "") if item else "")
    assignment.to.choices = choices(("", _("Nobody’s")), *((str(one.id), one.name) for one in moderators))
    alike = idea_queries.alike(contribution.programme_id, f"{text.title or ''}\n{text.body}")
    since = item.since if item else contribution.submitted_at
    return {
        "days": rules.days_waited(since, clock.today(), clock.LOCAL),
        "waiting": item,
        "is_late": item is not None and is_late(item.since, item.due_at, clock.now()),
        "is_for_viewer": access.required_viewer().id not in deciders,
        "holder": queries.holder(item), "assignment": assignment, "why": KIND_WORDS,
        "twins": queries.twins(item, own_municipalities()),
        "alike": [one for one in alike if one.id != contribution.id],
    }


def _place(desk: Desk, contribution: Contribution) -> dict[str, Any]:
    """The point of an idea, and a map to show it on, where there are such."""
    point, programme = idea_queries.point_of(contribution.id), desk.programmes.get(contribution.programme_id)
    whose = maps_for(programme, contribution.municipality_id) if programme else []
    hidden = point is not None and idea_queries.hides_point(contribution.id)
    return {"point": point, "map": place_queries.map_showing(point, whose), "hides_point": hidden}


def _conflict_page(
    contribution: Contribution, after: Visibility | None = None, form: DecisionForm | None = None
) -> str:
    """Who was first, and what the second one had typed; to be tried again where that is still open."""
    may_try_again = after is not None and states.staff_may_step(
        contribution.visibility, after, contribution.kind
    ) and not contribution_queries.open_look(contribution.id)
    return render_template(
        "moderation/conflict.html", desk=asked_desk(), item=contribution, form=form, after=after,
        text=contribution_queries.latest_text(contribution.id), may_try_again=may_try_again,
        step=_newest(contribution), **second.answered(contribution),
    )


def _newest(contribution: Contribution) -> queries.Step | None:
    """The newest step, unless something else has become of the idea since."""
    step = next(reversed(queries.history(contribution.id)), None)
    further_at = contribution_queries.last_further_at(contribution.id)
    return None if step and further_at and further_at > step.at else step


def _open_forms(contribution: Contribution) -> dict[Visibility, DecisionForm]:
    """An empty form for each step that one of the staff may take from here."""
    if contribution_queries.open_look(contribution.id):
        return {}
    return {
        after: form(formdata=None) for after, form in FORMS.items()
        if states.staff_may_step(contribution.visibility, after, contribution.kind)
    }


def _difference(
    contribution: Contribution, texts: Sequence[TextVersion]
) -> dict[str, list[rules.Piece]] | None:
    """What its author, or who typed it in, changed in the newest version, where there is one before it."""
    if len(texts) < 2:
        return None
    is_shown_again = texts[0].number in contribution_queries.redacted_numbers(contribution.id)
    if is_shown_again and texts[0].made_by == "staff":
        return None
    return revising.difference(texts[1], texts[0])


def _may_undo(steps: Sequence[queries.Step]) -> bool:
    newest = steps[-1] if steps else None
    if newest is None or not states.may_be_undone(newest.after, is_undoing=newest.undoes_id is not None):
        return False
    return actions.may_undo(newest.id, access.required_viewer().id)


def _asked_decision() -> Visibility:
    asked = request.form.get("decision", "")
    return next((after for after in FORMS if after == asked), None) or abort(422)
