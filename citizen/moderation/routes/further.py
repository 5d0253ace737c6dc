"""What is decided about an item beside publishing: official answers and notes."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution
from citizen.ideas import queries as idea_queries
from citizen.moderation import actions, queries
from citizen.moderation.forms.deciding import DecisionForm
from citizen.moderation.forms.further import NoteForm, OfficialAnswerForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, load_item
from citizen.programmes import queries as programme_queries

Answer = Response | tuple[str, int]


def further(contribution: Contribution) -> dict[str, Any]:
    """What the item's page shows beside its decision."""
    moves = contribution_queries.moves_of(contribution.id)
    ways = {one for step in moves for one in (step.before, step.after)}
    names = {p.id: p.titles for p in programme_queries.programmes() if p.id in ways} if ways else {}
    answers = contribution_queries.answers_of(contribution.id)
    kind, visibility = contribution.kind, contribution.visibility
    standing = contribution_queries.standing_merge(contribution.id)
    merges = contribution_queries.merges_of(contribution.id)
    waits = visibility == states.Visibility.SUBMITTED and kind == "idea"
    return {
        "merges": merges, "moves": moves, "programmes": names,
        "merged_into": next((one for one in merges if one.is_into and not one.undone_at), None),
        "answers": answers, "answer": next((a for a in reversed(answers) if a.undone_at is None), None),
        "notes": queries.notes(contribution.id), "note_form": NoteForm(None),
        "words": queries.words_for(contribution), "is_merged": standing is not None,
        "may_merge": standing is None and (waits or states.may_be_merged(kind, visibility)),
        "may_move": states.may_be_moved(kind, visibility, contribution.handling),
        "may_answer": states.may_be_answered(kind, visibility),
    }


@rooms.get("/moderation/<ref>/answer")
@access.staff(Role.MODERATOR)
def write_answer(ref: str) -> str:
    contribution = load_item(ref)
    standing = contribution_queries.official_answer(contribution.id)
    form = OfficialAnswerForm(
        version=contribution.version, body=standing.body if standing else "",
        signed=standing.signed if standing else "",
    )
    return _answer_page(contribution, form)


@rooms.post("/moderation/<ref>/answer")
@access.staff(Role.MODERATOR)
def publish_answer(ref: str) -> Answer:
    contribution, form = load_item(ref, for_change=True), OfficialAnswerForm()
    if not form.validate():
        return _answer_page(contribution, form), 422
    try:
        actions.answer_officially(
            contribution, form.body.data, signed=form.signed.data,
            user_id=access.required_viewer().id, expected_version=form.seen_version,
        )
    except StaleDecision as conflict:
        # What was typed stays; whoever looks at the idea as it is now may send it again.
        form.version.data = str(contribution.version)
        return _answer_page(contribution, form, conflict), 409
    flash(_("The answer has been published under the idea."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/answer/undo")
@access.staff(Role.MODERATOR)
def undo_answer(ref: str) -> Response:
    contribution = load_item(ref, for_change=True)
    actions.take_answer_back(
        contribution, user_id=access.required_viewer().id, expected_version=DecisionForm().seen_version
    )
    flash(_("The answer has been taken back."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.get("/moderation/<ref>/notes")
@access.staff(Role.MODERATOR)
def notes(ref: str) -> str:
    return _notes_page(load_item(ref), NoteForm())


@rooms.post("/moderation/<ref>/notes")
@access.staff(Role.MODERATOR)
def add_note(ref: str) -> Answer:
    contribution, form = load_item(ref, for_change=True), NoteForm()
    if not form.validate():
        return _notes_page(contribution, form), 422
    actions.note(contribution, form.body.data, user_id=access.required_viewer().id)
    flash(_("Saved"), "success")
    return redirect(url_for(".show", ref=ref, _anchor="notes", **asked_desk().kept), 303)


def _answer_page(
    contribution: Contribution, form: OfficialAnswerForm, conflict: StaleDecision | None = None
) -> str:
    return render_template(
        "moderation/further/answer.html", desk=asked_desk(), item=contribution, form=form,
        text=contribution_queries.latest_text(contribution.id), conflict=conflict,
        standing=contribution_queries.official_answer(contribution.id),
        may_answer=states.may_be_answered(contribution.kind, contribution.visibility),
        parts=idea_queries.merged_here(contribution.id),
    )


def _notes_page(contribution: Contribution, form: NoteForm) -> str:
    return render_template(
        "moderation/further/notes_page.html", desk=asked_desk(), item=contribution, form=form,
        text=contribution_queries.latest_text(contribution.id), notes=queries.notes(contribution.id),
    )
