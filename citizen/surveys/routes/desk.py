"""An editor's desk: my surveys, a new one, how one is run, and the library to begin from."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, audit, clock, locale
from citizen.base.errors import Conflict, Refused
from citizen.base.forms import choices
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.desk import (
    SHOWN_WORDS,
    CopyForm,
    LibraryForm,
    NewForm,
    SettingsForm,
)
from citizen.surveys.forms.words import LEVEL_NAMES, LEVEL_SENTENCES
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules import FLOOR, Level, Shown
from citizen.surveys.rules.level import told_count
from citizen.surveys.rules.standing import Standing, standing

Answer = Response | tuple[str, int]
_OF_DRAFTS = tuple(f"surveys.{name}" for name in (
    "desk", "edit", "preview", "translate", "publish", "people", "xlsform"
))
_OF_ANSWERS = ("surveys.staff_results", "surveys.exports")


@dataclass(frozen=True)
class Owner:
    """Whom a survey can be for: a municipality, or all of a programme."""

    value: str
    words: str
    programme: Programme
    municipality: Municipality | None

    @property
    def municipality_id(self) -> int | None:
        """The municipality it is for; none where it is for all."""
        return self.municipality.id if self.municipality else None


@rooms.app_template_global()
def pages_of(survey: Survey) -> tuple[str, ...]:
    """The pages of a survey that the viewer may open; answers have some once it is published."""
    programme = programme_queries.programme_by_id(survey.programme_id)
    if not policy.may_edit(access.required_viewer(), survey, programme):
        return ()
    return _OF_DRAFTS + (_OF_ANSWERS if queries.is_published(survey.id) else ())


@rooms.app_template_global()
def level_words() -> dict[str, tuple[str, str]]:
    """Level → its name and the sentence that respondents read."""
    return {level.value: (str(LEVEL_NAMES[level]), str(LEVEL_SENTENCES[level])) for level in LEVEL_NAMES}


@rooms.app_template_global()
def received_words(survey: Survey, count: int) -> str:
    """How many answers have come; only that they are few, where that many could be known by name."""
    told = told_count(survey.level, survey.k, count)
    if told is None:
        return str(_("Fewer than %(count)s answers", count=locale.number(survey.k)))
    return str(ngettext("%(count)s answer", "%(count)s answers", told, count=locale.number(told)))


@rooms.get("/surveys/desk")
@access.staff(*policy.EDITORS)
def desks() -> str:
    mine = _mine()
    numbers = queries.latest_numbers(s.id for s in mine)
    by_state: dict[Standing, list[Survey]] = {state: [] for state in Standing}
    for survey in mine:
        by_state[standing_of(survey, survey.id in numbers)].append(survey)
    return render_template(
        "surveys/edit/desks.html", by_state=by_state, titles=queries.titles_of(s.id for s in mine),
        received=queries.received_counts(s.id for s in mine), owners=_names_of_owners(mine),
        may_make=bool(_owners()), waiting=queries.with_waiting(s.id for s in mine),
    )


def standing_of(survey: Survey, is_published: bool) -> Standing:
    """Where a survey stands today."""
    return standing(
        clock.today(), is_published=is_published, is_closed=survey.closed_at is not None,
        opens_on=survey.opens_on, closes_on=survey.closes_on,
    )


def _mine() -> list[Survey]:
    viewer = access.required_viewer()
    programmes = programme_queries.programmes_of(viewer.municipalities(*policy.EDITORS))
    by_id = {p.id: p for p in programmes}
    return [s for s in queries.surveys_of(set(by_id)) if policy.may_edit(viewer, s, by_id[s.programme_id])]


def _names_of_owners(surveys: list[Survey]) -> dict[int, str]:
    """Survey → whom it is for; nothing is said where there is nothing to choose."""
    words = {(o.programme.id, o.municipality_id): o.words for o in _owners()}
    if len(words) < 2:
        return {}
    return {s.id: words.get((s.programme_id, s.municipality_id), "") for s in surveys}


def _owners() -> list[Owner]:
    viewer = access.required_viewer()
    found = []
    for programme in programme_queries.programmes_of(viewer.municipalities(*policy.EDITORS)):
        title = locale.in_language(programme.titles, locale.current())[0]
        if len(programme.municipalities) > 1:
            everybody = _("Everybody in %(programme)s", programme=title)
            found.append(Owner(f"{programme.slug}:", everybody, programme, None))
        for town in policy.desks(viewer, programme, policy.EDITORS):
            name = locale.in_language(town.names, locale.current())[0]
            found.append(Owner(f"{programme.slug}:{town.slug}", f"{name} – {title}", programme, town))
    return found


def _offer(form: NewForm | CopyForm) -> list[Owner]:
    owners = _owners() or abort(404)
    form.owner.choices = choices(*((o.value, o.words) for o in owners))
    return owners


@rooms.get("/surveys/desk/new")
@access.staff(*policy.EDITORS)
def new() -> str:
    form = NewForm(source=locale.current(), others=[], once=True)
    _offer(form)
    return render_template("surveys/edit/new.html", form=form)


@rooms.post("/surveys/desk/new")
@access.staff(*policy.EDITORS)
def make() -> Answer:
    form = NewForm()
    owners = _offer(form)
    if not form.validate():
        return render_template("surveys/edit/new.html", form=form), 422
    owner = next(o for o in owners if o.value == form.owner.data)
    user_id = access.required_viewer().id
    survey = actions.create_survey(
        programme_id=owner.programme.id, municipality_id=owner.municipality_id,
        languages=form.languages, title=str(form.title.data), level=Level(form.level.data), user_id=user_id,
        once=bool(form.once.data), closes_on=form.closes_on.day,
    )
    audit.record("surveys.create", survey.ref, user_id)
    flash(_("The survey has been made. Nobody but you and your colleagues sees it until it is published."),
          "success")
    return redirect(url_for(".edit", ref=survey.ref), 303)


@rooms.get("/surveys/<ref>/desk")
@access.staff(*policy.EDITORS)
def desk(ref: str) -> str:
    survey, _programme = load_desk(ref)
    form = SettingsForm(
        obj=survey, opens_on=_day(survey.opens_on), closes_on=_day(survey.closes_on), version=survey.version
    )
    return _desk_page(survey, form)


def _day(value: object) -> str:
    return str(value) if value else ""


@rooms.post("/surveys/<ref>/desk")
@access.staff(*policy.EDITORS)
def change_settings(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    form = SettingsForm()
    if queries.has_begun(survey.id):
        # Fields that are fixed are not sent.
        form.level.data, form.k.data = survey.level, survey.k
    if survey.closed_at is not None:
        form.opens_on.data, form.closes_on.data = _day(survey.opens_on), _day(survey.closes_on)
    if not form.validate():
        return _desk_page(survey, form), 422
    try:
        actions.change_settings(
            survey, _settings(form), user_id=access.required_viewer().id, expected_version=form.seen_version
        )
    except Conflict as conflict:
        form.version.data = str(survey.version)
        return _desk_page(survey, form, conflict), 409
    except Refused as refused:
        return _desk_page(survey, form, refused), 422
    flash(_("Saved"), "success")
    return redirect(url_for(".desk", ref=survey.ref), 303)


def _settings(form: SettingsForm) -> actions.Settings:
    return actions.Settings(
        opens_on=form.opens_on.day, closes_on=form.closes_on.day, level=Level(form.level.data),
        once=bool(form.once.data), asks_sector=bool(form.asks_sector.data), results=Shown(form.results.data),
        k=int(form.k.data), in_library=bool(form.in_library.data),
    )


def _desk_page(survey: Survey, form: SettingsForm, refused: Refused | None = None) -> str:
    versions = queries.versions_told(survey.id)
    return render_template(
        "surveys/edit/desk.html", survey=survey, form=form, refused=refused, versions=versions,
        title=queries.titles_of([survey.id]).get(survey.id, {}), state=standing_of(survey, bool(versions)),
        received=queries.received(survey.id), some_wait=queries.some_wait(survey.id),
        has_begun=queries.has_begun(survey.id), floor=FLOOR, shown_words=SHOWN_WORDS,
        order=queries.draft_of(survey).languages,
    )


@rooms.get("/surveys/desk/library")
@access.staff(*policy.EDITORS)
def library() -> str:
    form = LibraryForm(request.args)
    words = str(form.q.data or "")
    return render_template("surveys/edit/library.html", form=form, words=words, found=queries.library(words))


@rooms.get("/surveys/desk/library/<ref>")
@access.staff(*policy.EDITORS)
def library_survey(ref: str) -> str:
    form = CopyForm()
    _offer(form)
    return render_template("surveys/edit/offered.html", form=form, offered=_offered(ref))


@rooms.post("/surveys/desk/library/<ref>")
@access.staff(*policy.EDITORS)
def copy(ref: str) -> Answer:
    offered, form = _offered(ref), CopyForm()
    owners = _offer(form)
    if not form.validate():
        return render_template("surveys/edit/offered.html", form=form, offered=offered), 422
    owner = next(o for o in owners if o.value == form.owner.data)
    made = actions.copy_survey(
        offered.published, programme_id=owner.programme.id, municipality_id=owner.municipality_id,
        user_id=access.required_viewer().id,
    )
    flash(_("The survey has been copied, in all its languages. Change what you like: the original stays."),
          "success")
    return redirect(url_for(".edit", ref=made.ref), 303)


def _offered(ref: str) -> queries.Offered:
    return queries.offered(ref.upper()) or abort(404)
