"""Words and parts of photos taken out; what was there before, looked at by those who may, on the record."""

import base64
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.base.forms import whole_number
from citizen.base.pictures import hide
from citizen.base.transaction import keep_anyway
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, Picture, TextVersion
from citizen.contributions.rules import Reason, Visibility
from citizen.moderation import actions, queries
from citizen.moderation.forms.deciding import DecisionForm
from citizen.moderation.forms.redacting import RedactionForm, asked_version
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, go_on, load_item


@rooms.get("/moderation/<ref>/redaction")
@access.staff(Role.MODERATOR)
def redaction(ref: str) -> str | Response:
    contribution = load_item(ref)
    if not states.may_be_redacted(contribution.visibility):
        flash(_("This idea cannot take that step from where it is now."), "warning")
        return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)
    text = _base(contribution, whole_number(request.args.get("of_version"))) or (
        contribution_queries.latest_text(contribution.id))
    if _is_concealed(contribution, text):
        # What was there before is on a page that leaves a row.
        abort(404)
    return _page(contribution, _form(contribution, text), text)


@rooms.post("/moderation/<ref>/redaction")
@access.staff(Role.MODERATOR)
def redact(ref: str) -> Response | tuple[str, int]:
    """Publish without what is marked; or, with ``preview``, show how that would read."""
    contribution = load_item(ref, for_change=True)
    text, stood = _base(contribution, asked_version()), queries.item(contribution.id)
    if text is None or not states.may_be_redacted(contribution.visibility):
        return _too_late(contribution), 409
    form = _form(contribution, text)
    is_right = form.validate()
    if form.seen_version != contribution.version:
        return _again(contribution, text, form), 409
    if not is_right or "preview" in request.form or not form.removed:
        return _once_more(contribution, text, form, is_right), 422
    try:
        _redact(contribution, text, form)
    except StaleDecision:
        return _again(contribution, text, form), 409
    return go_on(contribution, stood, decided=ref)


@rooms.post("/moderation/<ref>/original")
@access.staff(Role.MODERATOR)
def original(ref: str) -> Response:
    """What a text was before something was taken out of it. A post, since each look leaves a row."""
    contribution = load_item(ref)
    concealed = contribution_queries.concealed_texts(contribution.id) or abort(404)
    actions.look(contribution, user_id=access.required_viewer().id)
    photos = {t.number: contribution_queries.pictures_of(contribution.id, t.number) for t in concealed}
    text = contribution_queries.authors_text(contribution.id)
    form = _form(contribution, text, formdata=None)
    return _in_no_cache(render_template(
        "moderation/original.html", desk=asked_desk(), item=contribution, texts=concealed, photos=photos,
        text=text, form=form, source=_inline, may_redact=_may_be_shown(contribution),
        made_by_staff=contribution_queries.redacted_numbers(contribution.id), preview=None,
    ))


@rooms.post("/moderation/<ref>/original/publication")
@access.staff(Role.MODERATOR)
def publish_original(ref: str) -> Response | tuple[str, int]:
    """Show everyone again what was taken out."""
    contribution, form = load_item(ref, for_change=True), DecisionForm()
    text = contribution_queries.authors_text(contribution.id)
    try:
        actions.show_original(contribution, text, user_id=access.required_viewer().id,
                              expected_version=form.seen_version)
    except StaleDecision:
        return _too_late(contribution), 409
    return redirect(url_for(".show", ref=ref, decided=ref, **asked_desk().kept), 303)


def offer(contribution: Contribution, after: Visibility, form: DecisionForm) -> str | None:
    """Redaction before refusal: what to show whoever refuses for personal data that could be taken out."""
    refuses = after in (Visibility.RETURNED, Visibility.REJECTED)
    if not refuses or form.chosen_reason != Reason.PERSONAL_DATA or "anyway" in request.form:
        return None
    if form.seen_version != contribution.version or not states.may_be_redacted(contribution.visibility):
        return None
    text = contribution_queries.latest_text(contribution.id)
    proposal = _form(contribution, text, formdata=None, words=form.typed_words, version=contribution.version)
    proposal.read_begun()
    if not proposal.removed:
        return None
    return render_template(
        "moderation/offer.html", desk=asked_desk(), item=contribution, text=text, after=after, form=form,
        proposal=proposal,
    )


def _form(contribution: Contribution, text: TextVersion, **values: Any) -> RedactionForm:
    """The form for a version; where something has been taken out of just this one, as it was done then."""
    photos = contribution_queries.pictures_of(contribution.id, text.number)
    taken_out = contribution_queries.redaction(contribution.id)
    before = taken_out.removed if taken_out and taken_out.of_version == text.number else None
    return RedactionForm(text, photos, contribution.language, before, **values)


def _base(contribution: Contribution, number: int) -> TextVersion | None:
    """What something is to be taken out of: the newest text, what its author wrote, or what they have sent
    in instead; no other."""
    own, sent_in = contribution_queries.authors_text(contribution.id), contribution_queries.open_revision(
        contribution.id)
    texts = [contribution_queries.latest_text(contribution.id), own]
    if sent_in:
        texts.append(contribution_queries.version(contribution.id, sent_in.version))
    return next((text for text in texts if text.number == number), None)


def _is_concealed(contribution: Contribution, text: TextVersion) -> bool:
    return text.number < contribution_queries.concealed_below(contribution.id)


def _may_be_shown(contribution: Contribution) -> bool:
    """Whether what was taken out of the newest text can be shown again, or be taken out otherwise."""
    is_whole = contribution_queries.redaction(contribution.id) is None
    return not is_whole and states.may_be_redacted(contribution.visibility)


def _redact(contribution: Contribution, text: TextVersion, form: RedactionForm) -> None:
    actions.redact(
        contribution, of_version=text.number, removed=form.removed, reason=form.chosen_reason,
        texts={name: form.read(name) for name in form.texts},
        photos=[(one.picture, form.read(one.id), one.cells) for one in form.covered],
        user_id=access.required_viewer().id, words=form.typed_words, expected_version=form.seen_version,
    )


def _once_more(contribution: Contribution, text: TextVersion, form: RedactionForm, is_right: bool) -> str:
    """The page with what was filled in: to be put right, or to see how it will read."""
    if is_right and not form.removed:
        form.body.errors = [_("Mark the words or the parts of a photo that are to be removed.")]
    if _is_concealed(contribution, text):
        # It shows what only those may see who leave a row.
        actions.look(contribution, user_id=access.required_viewer().id)
        keep_anyway()
    return _page(contribution, form, text, preview=is_right and bool(form.removed))


def _again(contribution: Contribution, text: TextVersion, form: RedactionForm) -> str:
    """Somebody was first. Where the text is still the same, the marks still fit."""
    newest = contribution_queries.latest_text(contribution.id)
    if text.number != newest.number:
        return _too_late(contribution)
    return _page(contribution, form, text, step=_latest_step(contribution))


def _too_late(contribution: Contribution) -> str:
    """Somebody was first, and has changed what was marked; it can be copied from here."""
    kept = [request.form.get(name, "") for name in ("title", "body", "place", "words")]
    return render_template(
        "moderation/redaction_conflict.html", desk=asked_desk(), item=contribution,
        kept=[text for text in kept if text], step=_latest_step(contribution),
        text=contribution_queries.latest_text(contribution.id),
        may_redact=states.may_be_redacted(contribution.visibility),
    )


def _latest_step(contribution: Contribution) -> queries.Step | None:
    return next(reversed(queries.history(contribution.id)), None)


def _page(
    contribution: Contribution, form: RedactionForm, text: TextVersion | None = None, *,
    preview: bool = False, step: queries.Step | None = None,
) -> str:
    text = text or contribution_queries.latest_text(contribution.id)
    concealed = _is_concealed(contribution, text)
    return render_template(
        "moderation/redaction.html", desk=asked_desk(), item=contribution, text=text, form=form, step=step,
        source=_inline if concealed else _by_address, preview=partial(_preview, form) if preview else None,
    )


def _preview(form: RedactionForm) -> list[tuple[str, str]]:
    """Each photo as it will be, and its description."""
    found = []
    for one in form.covered:
        content = contribution_queries.picture_content(one.picture.id, "full") or b""
        small = hide(content, one.cells).small.content
        found.append((_as_address(small), form.read(one.id)))
    return found


def _by_address(picture: Picture) -> str:
    return url_for("pictures.show", ref=picture.ref, size="full")


def _inline(picture: Picture) -> str:
    """A photo within the page: what is concealed has no address."""
    return _as_address(contribution_queries.picture_content(picture.id, "full") or b"")


def _as_address(content: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(content).decode()


def _in_no_cache(page: str) -> Response:
    answer = Response(page, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer
