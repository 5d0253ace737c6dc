"""Who answers: invitations, reminders and closing."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, ids, locale
from citizen.base.forms import ActionForm
from citizen.base.limits import guess_limited
from citizen.base.pages import Page, asked_page
from citizen.base.transaction import only_asks
from citizen.base.uploads import takes_files
from citizen.programmes.models import Programme
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.people import LARGEST_FILE, InviteForm, SureForm, wrong_words
from citizen.surveys.models import Invitation, Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk, offer_towns, title_of
from citizen.surveys.rules import Level, inviting

Answer = Response | tuple[str, int]
PAGE = 50


@rooms.get("/surveys/<ref>/people")
@access.staff(*policy.EDITORS)
def people(ref: str) -> str:
    survey, programme = load_desk(ref)
    return _page(survey, programme, _invite_form(survey, programme))


@rooms.post("/surveys/<ref>/people/check")
@access.staff(*policy.EDITORS)
@only_asks
@takes_files(1, LARGEST_FILE)
def check_people(ref: str) -> Answer:
    """Read addresses and tell what would be sent; nothing is."""
    survey, programme = load_desk(ref)
    form = _invite_form(survey, programme)
    if not form.validate():
        return _page(survey, programme, form), 422
    found = inviting.sort_out(form.addresses.data or "", queries.invited_addresses(survey.id))
    if found.wrong or not found.new:
        if not (found.wrong or found.twice or found.known):
            form.addresses.errors = [_("Write at least one address, or choose a file.")]
        return _page(survey, programme, form, found), 422
    return _checked_page(survey, programme, form, found), 200


@rooms.post("/surveys/<ref>/people")
@access.staff(*policy.EDITORS)
def invite(ref: str) -> Answer:
    """Send what the page before has shown."""
    survey, programme = load_desk(ref)
    form = _invite_form(survey, programme)
    if not form.validate():
        return _page(survey, programme, form), 422
    found = inviting.sort_out(form.addresses.data or "", queries.invited_addresses(survey.id))
    if found.wrong:
        return _page(survey, programme, form, found), 422
    town = next(m for m in policy.desks(access.required_viewer(), programme, policy.EDITORS)
                if m.slug == form.municipality.data)
    count = actions.invite(survey, found.new, municipality_id=town.id, language=str(form.language.data),
                           user_id=access.required_viewer().id)
    flash(ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count,
                   count=locale.number(count)), "success")
    return redirect(url_for(".people", ref=survey.ref), 303)


@rooms.get("/surveys/<ref>/people/invited")
@access.staff(*policy.EDITORS)
def invited(ref: str) -> str:
    """Everybody who has been invited; who has answered stands there only where answers are named."""
    survey, programme = load_desk(ref)
    counts, number = queries.counts(survey.id), asked_page()
    rows = queries.invitations(survey.id, offset=(number - 1) * PAGE, limit=PAGE)
    is_named = survey.level == Level.NAMED
    return render_template(
        "surveys/people/invited.html", survey=survey, programme=programme, title=title_of(survey),
        page=Page(rows, number, PAGE, counts.invited), is_named=is_named,
        answered=actions.answered_invitations(survey) if is_named else set(),
    )


# ---- reminders


@rooms.get("/surveys/<ref>/people/reminder")
@access.staff(*policy.EDITORS)
def reminder(ref: str) -> str:
    survey, programme = load_desk(ref)
    return _reminder_page(survey, programme)


@rooms.post("/surveys/<ref>/people/reminder")
@access.staff(*policy.EDITORS)
def remind(ref: str) -> Response:
    survey, _programme = load_desk(ref)
    if survey.closed_at is not None:
        abort(409)
    count = actions.to_remind(survey)
    actions.remind(survey, access.required_viewer().id)
    flash(_("The reminder is on its way, to at most %(count)s people.", count=locale.number(count)),
          "success")
    return redirect(url_for(".people", ref=survey.ref), 303)


def _reminder_page(survey: Survey, programme: Programme) -> str:
    if survey.closed_at is not None or queries.latest(survey.id) is None:
        abort(404)
    return render_template(
        "surveys/people/reminder.html", survey=survey, programme=programme, title=title_of(survey),
        count=actions.to_remind(survey), is_exact=survey.level == Level.NAMED,
        was_today=actions.reminded_today(survey),
    )


# ---- closing


@rooms.get("/surveys/<ref>/closing")
@access.staff(*policy.EDITORS)
def closing(ref: str) -> str:
    survey, programme = load_desk(ref)
    return _closing_page(survey, programme, SureForm())


@rooms.post("/surveys/<ref>/closing")
@access.staff(*policy.EDITORS)
def close(ref: str) -> Answer:
    """End a survey for good."""
    survey, programme = load_desk(ref)
    form = SureForm()
    if not form.validate():
        return _closing_page(survey, programme, form), 422
    actions.close(survey, access.required_viewer().id)
    flash(_("The survey has been closed."), "success")
    return redirect(url_for(".people", ref=survey.ref), 303)


def _closing_page(survey: Survey, programme: Programme, form: SureForm) -> str:
    return render_template(
        "surveys/people/closing.html", survey=survey, programme=programme, title=title_of(survey), form=form,
        published=queries.latest(survey.id),
        received=queries.received(survey.id), some_wait=queries.some_wait(survey.id),
        unfinished=queries.unfinished(survey.id),
    )


# ---- no more mail


@rooms.get("/surveys/invitation/<code>/stop")
@access.public
@guess_limited
def stop_mail(code: str) -> tuple[str, int]:
    """Ask first: programs that look for viruses open every link of a mail."""
    return _stop_page(queries.invitation_by_digest(actions.invitation_digest(ids.read_code(code))))


@rooms.post("/surveys/invitation/<code>/stop")
@access.public
@guess_limited
def stop_mail_now(code: str) -> tuple[str, int]:
    """Also asked by mail programs, which have no token of a form (RFC 8058): the address is the key."""
    invitation = queries.invitation_by_digest(actions.invitation_digest(ids.read_code(code)))
    if invitation is not None:
        actions.decline(invitation)
    return _stop_page(invitation)


def _stop_page(invitation: Invitation | None) -> tuple[str, int]:
    page = render_template(
        "surveys/people/stop.html", invitation=invitation, form=ActionForm(formdata=None),
        is_kept=invitation is not None
        and queries.survey_by_id(invitation.survey_id).level == Level.NAMED,
    )
    return page, 200 if invitation else 404


# ---- pages


def _invite_form(survey: Survey, programme: Programme) -> InviteForm:
    form = InviteForm()
    own = policy.desks(access.required_viewer(), programme, policy.EDITORS)
    if survey.municipality_id is not None:
        own = [town for town in own if town.id == survey.municipality_id]
    offer_towns(form.municipality, own)
    form.language.data = form.language.data or queries.draft_of(survey).languages[0]
    return form


def _page(
    survey: Survey, programme: Programme, form: InviteForm, found: inviting.Sorted | None = None
) -> str:
    return render_template("surveys/people/index.html", **_told(survey, programme, form), found=found)


def _told(survey: Survey, programme: Programme, form: InviteForm) -> dict[str, Any]:
    return {
        "survey": survey, "programme": programme, "title": title_of(survey), "form": form,
        "counts": queries.counts(survey.id), "answered": actions.answered_count(survey),
        "is_named": survey.level == Level.NAMED, "most": inviting.MOST_AT_ONCE, "today": clock.today(),
        "published": queries.latest(survey.id), "wrong_words": wrong_words,
        "was_today": actions.reminded_today(survey),
    }


def _checked_page(
    survey: Survey, programme: Programme, form: InviteForm, found: inviting.Sorted
) -> str:
    return render_template(
        "surveys/people/checked.html", **_told(survey, programme, form), found=found,
        lines="\n".join(one.line for one in found.new),
    )
