"""Before a survey is published: what stops it, what has changed, and what that does to answers given."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, audit, clock, locale
from citizen.base.errors import Conflict
from citizen.base.pages import whole_address
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.publishing import PublishForm, publish_form
from citizen.surveys.models import Survey
from citizen.surveys.queries import Proposal
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules.differences import Change, Effect
from citizen.surveys.rules.document import Document, Kind, Texts, asked

Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Place:
    """What a page calls a page or a question. ``number`` is 0 of what nobody is asked; ``text`` may be
    empty."""

    kind: str
    number: int
    text: str
    language: str


@rooms.get("/surveys/<ref>/publication")
@access.staff(*policy.EDITORS)
def publish(ref: str) -> str:
    survey, _programme = load_desk(ref)
    proposal = queries.proposal(survey)
    form = publish_form(proposal)
    form.seen.data = proposal.seen
    return _page(survey, proposal, form)


@rooms.post("/surveys/<ref>/publication")
@access.staff(*policy.EDITORS)
def publish_now(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    proposal = queries.proposal(survey)
    form = publish_form(proposal)
    if form.seen.data != proposal.seen:
        return _again(survey, _("The survey has changed since you opened this page. Nothing was published."))
    if not form.validate() or proposal.stops:
        return _page(survey, proposal, form), 422
    if proposal.before and not proposal.changes(form.confirmed, form.left_out):
        unchanged = _("Nothing has changed since version %(number)s.", number=proposal.before.number)
        return _page(survey, proposal, form, unchanged), 422
    viewer = access.required_viewer()
    try:
        version = actions.publish(
            survey, user_id=viewer.id, confirmed=form.confirmed, accepted=form.accepted,
            left_out=form.left_out, seen=proposal.seen,
        )
    except Conflict as conflict:
        return _again(survey, str(conflict))
    audit.record("surveys.publish", survey.ref, viewer.id, version=version.number,
                 begins_anew=sorted(form.confirmed), left_out=sorted(form.left_out))
    flash(_("Version %(number)s is published.", number=version.number), "success")
    return redirect(url_for(".publish", ref=survey.ref), 303)


@rooms.post("/surveys/<ref>/publication/put-back")
@access.staff(*policy.EDITORS)
def put_back(ref: str) -> Response:
    survey, _programme = load_desk(ref)
    actions.restore_lost(survey)
    audit.record("surveys.put_back", survey.ref, access.required_viewer().id)
    flash(_("What had been removed is back, and hidden."), "success")
    return redirect(url_for(".publish", ref=survey.ref), 303)


def _again(survey: Survey, conflict: str) -> tuple[str, int]:
    """The page as it is now, for somebody who saw it otherwise; nothing they ticked is taken over."""
    proposal = queries.proposal(survey)
    form = publish_form(proposal)
    form.process()
    form.seen.data = proposal.seen
    return _page(survey, proposal, form, conflict), 409


def _page(survey: Survey, proposal: Proposal, form: PublishForm, conflict: str = "") -> str:
    changes = proposal.changes(form.confirmed | proposal.must, form.left_out)
    return render_template(
        "surveys/publish/publish.html", survey=survey, proposal=proposal, form=form, conflict=conflict,
        by_effect=_by_effect(changes), places=_places(proposal),
        texts=_texts(proposal), fillers=_fillers(proposal), versions=queries.versions_told(survey.id),
        order=proposal.document.languages, now=clock.today(), address=_address(survey),
    )


def _address(survey: Survey) -> str:
    """Where it is answered, as it stands on posters."""
    return whole_address(url_for(".start", ref=survey.ref))


def _by_effect(changes: Sequence[Change]) -> list[tuple[Effect, list[tuple[str, list[Change]]]]]:
    """Changes by what they do, what asks most of the reader first; of one place together."""
    found = []
    for effect in (Effect.SERIES, Effect.HIDDEN, Effect.SINCE, Effect.SAME, Effect.NONE):
        alike = [change for change in changes if change.effect is effect]
        if alike:
            found.append((effect, [(where, list(of)) for where, of in groupby(alike, lambda c: c.where)]))
    return found


def _texts(proposal: Proposal) -> Texts:
    """The texts as they are, and as they were of what is no longer there."""
    return {**(proposal.before.texts if proposal.before else {}), **proposal.texts}


def _places(proposal: Proposal) -> dict[str, Place]:
    """Pages and questions as they are called; those that are gone too."""
    found = _named(proposal.document, proposal.texts)
    if proposal.before:
        gone = _named(proposal.before.document, proposal.before.texts)
        found |= {one: Place(place.kind, 0, place.text, place.language)
                  for one, place in gone.items() if one not in found}
    return found


def _named(document: Document, texts: Texts) -> dict[str, Place]:
    found, count = {}, 0
    for number, page in enumerate(document.pages, 1):
        found[page.id] = Place("page", number, *_said(texts, f"{page.id}.title", document))
        shown = {question.id for question in asked(page)}
        for question in page.questions:
            is_counted = question.id in shown and question.kind is not Kind.STATEMENT
            count += is_counted
            kind = "statement" if question.kind is Kind.STATEMENT else "question"
            found[question.id] = Place(kind, count if is_counted else 0,
                                       *_said(texts, f"{question.id}.text", document))
    return found


def _said(texts: Texts, key: str, document: Document) -> tuple[str, str]:
    return locale.in_language(texts.get(key, {}), locale.current(), document.languages)


def _fillers(proposal: Proposal) -> dict[str, list[str]]:
    """Language → the languages that its gaps are shown in."""
    found = {}
    for one in proposal.languages:
        said = [locale.in_language(proposal.texts.get(key, {}), one.language, proposal.document.languages)[1]
                for key in one.missing]
        found[one.language] = [name for name in dict.fromkeys(said) if name]
    return found
