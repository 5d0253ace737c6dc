"""Pages to read: programmes, the themes of one, a theme, what is unsorted."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from citizen.base import access, jobs, locale
from citizen.base.access import Role
from citizen.base.forms import VersionForm, choices
from citizen.base.pages import Page, asked_page
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.surveys import queries as survey_queries
from citizen.surveys.queries import Answered
from citizen.themes import actions, queries, rules
from citizen.themes.forms import (
    UNSORTED,
    ExamplesForm,
    FindForm,
    IdeasForm,
    IntoForm,
    MoveForm,
    RenameForm,
)
from citizen.themes.models import Theme
from citizen.themes.queries import Member, ThemeSummary
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
    return index_view(load_programme(slug))


@rooms.get("/themes/<slug>/unsorted")
@access.staff(Role.FACILITATOR)
def unsorted(slug: str) -> str:
    return unsorted_view(load_programme(slug))


@rooms.get("/themes/<slug>/<ref>")
@access.staff(Role.FACILITATOR)
def show(slug: str, ref: str) -> str:
    programme = load_programme(slug)
    return theme_view(programme, load_theme(programme, ref))


def index_view(programme: Programme, find: FindForm | None = None) -> str:
    """The page of a programme's themes, with a form that may have come back."""
    found, run = queries.themes(programme.id), queries.latest_run(programme.id)
    published, unsorted = queries.published_count(programme.id), queries.unplaced_count(programme.id)
    by_name = request.args.get("sort") == "name"
    if by_name:
        found.sort(key=lambda theme: theme.called(locale.current()).casefold())
    by_ref = {theme.ref: theme for theme in found}
    return render_template(
        "themes/index.html", programme=programme, themes=found, run=run, rules=rules,
        who=queries.name_of(run.user_id) if run else None,
        published=published, unsorted=unsorted, by_name=by_name,
        representatives=queries.representatives(found),
        names={m.id: m.names for m in programme.municipalities},
        running=jobs.under_way(actions.KIND, actions.subject_of(programme.id)),
        waiting=queries.proposal(programme.id), outdated=queries.is_outdated(programme.id),
        run_again=run is not None and rules.should_run_again(unsorted, published, run.texts),
        find=find or FindForm(None, wanted="suggested", published=published),
        joins=[(by_ref[one], by_ref[other]) for one, other in (queries.joins(run) if run else ())
               if one in by_ref and other in by_ref],
    )


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
        why=why(programme.id, page, {theme.id: theme for theme in found}),
        has_run=queries.latest_run(programme.id) is not None,
        move_to=url_for(".move_unsorted", slug=programme.slug),
        split_to=url_for(".split_unsorted", slug=programme.slug),
    )


def theme_view(
    programme: Programme, theme: Theme, *, rename: RenameForm | None = None,
    ideas: IdeasForm | None = None, examples: ExamplesForm | None = None,
) -> str:
    """A theme's page, with a form that may have come back."""
    doubtful_first = request.args.get("order") == "doubt"
    page = queries.members_page(theme.id, asked_page(), doubtful_first=doubtful_first)
    if page.number > page.last:
        abort(404)
    found = queries.themes(programme.id)
    history = queries.edits(theme.id)
    version = history[0].id if history else 0
    every = queries.theme_names(programme.id)
    return render_template(
        "themes/show.html", programme=programme, theme=theme, page=page, rules=rules, every=every,
        figures=next((t for t in found if t.id == theme.id), None), history=history,
        undo=history[0] if history and actions.may_be_undone(history[0]) else None,
        ended_in=_ended_in(theme, every), names={m.id: m.names for m in programme.municipalities},
        rename=rename or RenameForm(None, name=theme.name, version=version),
        ideas=ideas or offer_targets(MoveForm(None), found, theme),
        examples=examples or _examples_form(theme, version), closing=VersionForm(None, version=version),
        into=_into_form(found, theme), moved=_just_moved(programme), doubtful_first=doubtful_first,
        doubtful=_still_in(theme, theme.dissenters), alike=queries.alike(theme.id),
        touching=queries.touching(theme.id),
        why=why(programme.id, page, {one.id: one for one in every.values()}),
        move_to=url_for(".move", slug=programme.slug, ref=theme.ref),
        split_to=url_for(".split", slug=programme.slug, ref=theme.ref),
    )


def _examples_form(theme: Theme, version: int) -> ExamplesForm | None:
    """The examples of an own theme; None for another."""
    if not theme.own:
        return None
    examples = queries.made_by_people(theme.programme_id).own.get(theme.ref, ())
    return ExamplesForm(None, examples="\n".join(examples), version=version)


def _still_in(theme: Theme, contribution_ids: list[int]) -> list[Member]:
    found = queries.members_by_id(contribution_ids)
    inside = [found[i] for i in contribution_ids if i in found]
    return [idea for idea in inside if idea.theme_id == theme.id and not idea.pinned]


@dataclass(frozen=True)
class Why:
    """What a page needs to say of ideas why they are where they are.

    Attributes
    ----------
    concepts : id of a concept → its name in each language.
    near : the ideas that those on the page are nearest to, by number.
    themes : themes by number.
    answered : the question that an answer in a survey answers, by number.
    """

    concepts: dict[str, dict[str, str]]
    near: dict[int, Member]
    themes: Mapping[int, Theme | ThemeSummary]
    answered: Mapping[int, Answered]

    def most_like(self, idea: Member) -> list[Member]:
        """The ideas that one on the page is nearest to, as far as they can be read."""
        return [self.near[number] for number in idea.near if number in self.near]


def why(programme_id: int, page: Page, themes: Mapping[int, Theme | ThemeSummary]) -> Why:
    """Gather it for the ideas of a page, in one question each."""
    run = queries.latest_run(programme_id)
    near = queries.members_by_id({number for idea in page.items for number in idea.near})
    untitled = [idea.contribution_id for idea in page.items if not idea.title]
    return Why(run.concepts if run else {}, near, themes, survey_queries.questions_answered(untitled))


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
