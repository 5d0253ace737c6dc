"""A candidate's dossier: read it, refresh it, change its words and its themes."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.base.forms import choices
from citizen.contributions import queries as contribution_queries
from citizen.ideas.forms import SECTOR_WORDS
from citizen.portfolio import actions, policy, queries, rules
from citizen.portfolio.forms import STATUS_WORDS, ChangeThemesForm, EditForm, StatusForm
from citizen.portfolio.models import Candidate
from citizen.portfolio.routes.loading import (
    load_candidate,
    offered_quotes,
    rooms,
    shown_with,
    texts_in_order,
    wording,
)
from citizen.portfolio.rules import Difference
from citizen.programmes.models import Programme
from citizen.themes import queries as theme_queries
from citizen.themes.queries import ThemeSummary


@rooms.get("/portfolio/<slug>/<ref>")
@access.staff(*policy.READERS)
def show(slug: str, ref: str) -> str:
    programme, candidate = load_candidate(slug, ref)
    return dossier_page(programme, candidate, status_form(candidate))


def dossier_page(programme: Programme, candidate: Candidate, form: StatusForm) -> str:
    """The dossier as staff read it, with the true figures."""
    behind = contribution_queries.published_texts(programme.id, queries.ids_behind(candidate.id))
    return render_template(
        "portfolio/show.html", programme=programme, candidate=candidate, form=form,
        steps=queries.history(candidate.id), behind=behind,
        themes=queries.themes_behind([candidate.id])[candidate.id],
        quotes=texts_in_order(programme.id, candidate.quotes), **shown_with(programme),
    )


def status_form(candidate: Candidate) -> StatusForm:
    """The form that offers the sensible next steps."""
    form = StatusForm()
    form.status.choices = choices(*((s, STATUS_WORDS[s]) for s in rules.next_statuses(candidate.status)))
    if request.method == "GET":
        form.version.data = str(candidate.version)
    return form


@rooms.post("/portfolio/<slug>/<ref>/refresh")
@access.staff(Role.FACILITATOR)
def refresh(slug: str, ref: str) -> Response:
    _programme_found, candidate = load_candidate(slug, ref, for_change=True)
    found = actions.refresh_evidence(candidate, user_id=access.required_viewer().id)
    flash(_in_words(found), "success")
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


@rooms.get("/portfolio/<slug>/<ref>/edit")
@access.staff(Role.FACILITATOR)
def edit(slug: str, ref: str) -> str:
    programme, candidate = load_candidate(slug, ref, to_work=True)
    return _edit_page(programme, candidate, EditForm(obj=candidate))


@rooms.post("/portfolio/<slug>/<ref>/edit")
@access.staff(Role.FACILITATOR)
def save(slug: str, ref: str) -> Response | tuple[str, int]:
    programme, candidate = load_candidate(slug, ref, for_change=True)
    form = EditForm()
    form.offer_quotes(queries.ids_behind(candidate.id))
    if not form.validate():
        return _edit_page(programme, candidate, form), 422
    try:
        actions.edit_candidate(
            candidate, wording(form), user_id=access.required_viewer().id,
            expected_version=form.seen_version,
        )
    except Conflict as conflict:
        # What was typed stays; whoever reads both may save over what is there now.
        form.version.data = str(candidate.version)
        return _edit_page(programme, candidate, form, conflict), 409
    flash(_("Saved"), "success")
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


def _edit_page(
    programme: Programme, candidate: Candidate, form: EditForm, conflict: Conflict | None = None
) -> str:
    themes = queries.themes_behind([candidate.id])[candidate.id]
    behind = set(queries.ids_behind(candidate.id))
    offered = offered_quotes(
        programme.id, {t.id: t.representatives for t in themes},
        theme_queries.members([t.id for t in themes]), behind=behind, kept=candidate.quotes,
    )
    return render_template(
        "portfolio/edit.html", programme=programme, candidate=candidate, form=form, offered=offered,
        conflict=conflict,
    )


@rooms.get("/portfolio/<slug>/<ref>/themes")
@access.staff(Role.FACILITATOR)
def themes(slug: str, ref: str) -> str:
    programme, candidate = load_candidate(slug, ref, to_work=True)
    standing = set(queries.standing_themes_of(candidate))
    open_themes = theme_queries.themes(programme.id)
    form = ChangeThemesForm(
        version=candidate.version, theme=[t.ref for t in open_themes if t.id in standing]
    )
    return _themes_page(programme, candidate, form, open_themes)


@rooms.post("/portfolio/<slug>/<ref>/themes")
@access.staff(Role.FACILITATOR)
def change_themes(slug: str, ref: str) -> Response | tuple[str, int]:
    programme, candidate = load_candidate(slug, ref, for_change=True)
    open_themes = theme_queries.themes(programme.id)
    form = ChangeThemesForm()
    form.theme.choices = choices(*((t.ref, t.ref) for t in open_themes))
    if not form.validate():
        return _themes_page(programme, candidate, form, open_themes), 422
    found = actions.change_themes(
        candidate, [t.id for t in open_themes if t.ref in form.theme.data],
        user_id=access.required_viewer().id, expected_version=form.seen_version,
    )
    flash(_in_words(found), "success")
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


def _themes_page(
    programme: Programme, candidate: Candidate, form: ChangeThemesForm, open_themes: Sequence[ThemeSummary]
) -> str:
    return render_template(
        "portfolio/themes.html", programme=programme, candidate=candidate, form=form, themes=open_themes
    )


def _in_words(found: Difference) -> str:
    """What a recount changed, in whole sentences."""
    if not found:
        return str(_("Nothing has changed since the evidence was last counted."))
    came, left = found.came, found.left
    said = []
    if came:
        said.append(ngettext("%(count)s idea has come in.", "%(count)s ideas have come in.",
                             came, count=locale.number(came)))
    if left:
        said.append(ngettext("%(count)s idea is no longer there.", "%(count)s ideas are no longer there.",
                             left, count=locale.number(left)))
    if found.supporters_before != found.supporters_after:
        said.append(_("Support has gone from %(before)s to %(after)s.",
                      before=locale.number(found.supporters_before),
                      after=locale.number(found.supporters_after)))
    said += [_("A sector that was missing is now heard: %(sector)s.", sector=_sector(s)) for s in found.heard]
    said += [_("A sector is no longer heard: %(sector)s.", sector=_sector(s)) for s in found.silent]
    return " ".join(said)


def _sector(code: str) -> str:
    return str(_("Resident") if code == "resident" else SECTOR_WORDS[code])
