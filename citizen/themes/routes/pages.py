"""Pages to read: programmes, the themes of one, a theme, what is unsorted."""

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from citizen.base import access, jobs, locale
from citizen.base.access import Role
from citizen.base.forms import choices
from citizen.base.pages import asked_page
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.themes import actions, queries, rules
from citizen.themes.forms import UNSORTED, IdeasForm, IntoForm, MoveForm, RenameForm
from citizen.themes.models import Theme
from citizen.themes.queries import ThemeSummary
from citizen.themes.routes.rooms import load_programme, load_theme, rooms


@rooms.get("/themes/")
@access.staff(Role.FACILITATOR)
def programmes() -> str:
    mine = access.required_viewer().municipalities(Role.FACILITATOR)
    found = programme_queries.programmes_of(mine)
    return render_template(
        "themes/programmes.html", programmes=found, counts=queries.counts([p.id for p in found])
    )


@rooms.get("/themes/<slug>")
@access.staff(Role.FACILITATOR)
def index(slug: str) -> str:
    programme = load_programme(slug)
    found, run = queries.themes(programme.id), queries.latest_run(programme.id)
    published, unsorted = queries.published_count(programme.id), queries.unplaced_count(programme.id)
    by_name = request.args.get("sort") == "name"
    if by_name:
        found.sort(key=lambda theme: theme.called(locale.current()).casefold())
    return render_template(
        "themes/index.html", programme=programme, themes=found, run=run, rules=rules,
        who=queries.name_of(run.user_id) if run else None,
        published=published, unsorted=unsorted, by_name=by_name,
        representatives=queries.representatives(found),
        names={m.id: m.names for m in programme.municipalities},
        running=jobs.under_way(actions.KIND, actions.subject_of(programme.id)),
        run_again=run is not None and rules.should_run_again(unsorted, published, run.texts),
    )


@rooms.get("/themes/<slug>/unsorted")
@access.staff(Role.FACILITATOR)
def unsorted(slug: str) -> str:
    return unsorted_view(load_programme(slug))


@rooms.get("/themes/<slug>/<ref>")
@access.staff(Role.FACILITATOR)
def show(slug: str, ref: str) -> str:
    programme = load_programme(slug)
    return theme_view(programme, load_theme(programme, ref))


def unsorted_view(programme: Programme, ideas: IdeasForm | None = None) -> str:
    """The page of what is in no theme, with a form that may have come back."""
    page = queries.unsorted_page(programme.id, asked_page())
    if page.number > page.last:
        abort(404)
    found = queries.themes(programme.id)
    return render_template(
        "themes/unsorted.html", programme=programme, page=page, rules=rules, moved=_just_moved(programme),
        names={m.id: m.names for m in programme.municipalities},
        ideas=ideas or offer_targets(MoveForm(None), found, None),
        move_to=url_for(".move_unsorted", slug=programme.slug),
        split_to=url_for(".split_unsorted", slug=programme.slug),
    )


def theme_view(
    programme: Programme, theme: Theme, *, rename: RenameForm | None = None, ideas: IdeasForm | None = None
) -> str:
    """A theme's page, with a form that may have come back."""
    page = queries.members_page(theme.id, asked_page())
    if page.number > page.last:
        abort(404)
    found = queries.themes(programme.id)
    history = queries.edits(theme.id)
    every = queries.theme_names(programme.id)
    return render_template(
        "themes/show.html", programme=programme, theme=theme, page=page, rules=rules, every=every,
        figures=next((t for t in found if t.id == theme.id), None), history=history,
        undo=history[0] if history and actions.may_be_undone(history[0]) else None,
        ended_in=_ended_in(theme, every), names={m.id: m.names for m in programme.municipalities},
        rename=rename or RenameForm(None, name=theme.name, version=history[0].id if history else 0),
        ideas=ideas or offer_targets(MoveForm(None), found, theme),
        into=_into_form(found, theme), moved=_just_moved(programme),
        move_to=url_for(".move", slug=programme.slug, ref=theme.ref),
        split_to=url_for(".split", slug=programme.slug, ref=theme.ref),
    )


def offer_targets(form: IdeasForm, found: list[ThemeSummary], source: Theme | None) -> IdeasForm:
    """Fill in where ideas can be moved to: every open theme but their own, and unsorted."""
    others = _others(found, source)
    unsorted = [(UNSORTED, _("Unsorted"))] if source else []
    form.target.choices = choices(("", _("Choose a theme")), *others, *unsorted)
    return form


def _into_form(found: list[ThemeSummary], theme: Theme) -> IntoForm:
    form = IntoForm(None)
    form.into.choices = choices(("", _("Choose a theme")), *_others(found, theme))
    return form


def _others(found: list[ThemeSummary], source: Theme | None) -> list[tuple[str, str]]:
    return [(t.ref, t.called(locale.current())) for t in found if source is None or t.id != source.id]


def _just_moved(programme: Programme) -> queries.Move | None:
    """What the viewer moved on the page before, as long as it can be taken back."""
    asked = request.args.get("moved", "")
    # The longest number that fits the column; anything longer is no edit.
    if not asked.isdecimal() or len(asked) > 9:
        return None
    return queries.move(programme.id, int(asked), access.required_viewer().id)


def _ended_in(theme: Theme, every: dict[str, Theme]) -> Theme | None:
    """The theme that a merged one is part of now."""
    if theme.merged_into_id is None:
        return None
    by_id = {one.id: one for one in every.values()}
    return by_id[rules.end_of_merges(theme.id, {i: one.merged_into_id for i, one in by_id.items()})]
