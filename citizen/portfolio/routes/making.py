"""From themes to a new candidate."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, ids, locale
from citizen.base.access import Role
from citizen.base.forms import choices
from citizen.portfolio import actions, rules
from citizen.portfolio.forms import NewCandidateForm
from citizen.portfolio.routes.loading import load_programme, offered_quotes, rooms, shown_with, wording
from citizen.programmes.models import Programme
from citizen.themes import queries as theme_queries
from citizen.themes.queries import ThemeSummary


@rooms.get("/portfolio/<slug>/new")
@access.staff(Role.FACILITATOR)
def new(slug: str) -> str:
    programme = load_programme(slug, to_work=True)
    open_themes = theme_queries.themes(programme.id)
    asked = set(request.args.getlist("theme"))
    chosen = [t for t in open_themes if t.ref in asked]
    form = NewCandidateForm(ref=ids.new_ref("C"), theme=[t.ref for t in chosen])
    form.goals.data = rules.suggested_goals(t.goals for t in chosen)
    if len(chosen) == 1:
        form.title.data = chosen[0].called(locale.current())[: rules.TITLE_LENGTH]
    return _new_page(programme, form, open_themes, chosen, suggest=True)


@rooms.post("/portfolio/<slug>/new")
@access.staff(Role.FACILITATOR)
def create(slug: str) -> Response | tuple[str, int]:
    programme = load_programme(slug, to_work=True)
    open_themes = theme_queries.themes(programme.id)
    form = NewCandidateForm()
    chosen = [t for t in open_themes if t.ref in (form.theme.data or [])]
    form.theme.choices = choices(*((t.ref, t.ref) for t in open_themes))
    members = theme_queries.members([t.id for t in chosen])
    form.offer_quotes([m.contribution_id for m in members])
    if not form.validate():
        return _new_page(programme, form, open_themes, chosen), 422
    candidate = actions.create_candidate(
        str(form.ref.data), programme.id, [t.id for t in chosen], wording(form),
        language=locale.current(), user_id=access.required_viewer().id,
    )
    flash(_("The candidate has been made."), "success")
    return redirect(url_for(".show", slug=slug, ref=candidate.ref), 303)


def _new_page(
    programme: Programme, form: NewCandidateForm, open_themes: Sequence[ThemeSummary],
    chosen: Sequence[ThemeSummary], *, suggest: bool = False,
) -> str:
    members = theme_queries.members([t.id for t in chosen])
    offered = offered_quotes(programme.id, {t.id: t.representatives for t in chosen}, members)
    if suggest:
        form.quotes.data = rules.suggested_quotes([(text.id, text.language) for text in offered])
    return render_template(
        "portfolio/new.html", programme=programme, form=form, themes=open_themes, chosen=chosen,
        evidence=rules.evidence(members), offered=offered, **shown_with(programme),
    )
