"""What came of a survey: figures for staff as they come in; for everybody, where none tells of a person."""

from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.pages import asked_page
from citizen.programmes.models import Programme
from citizen.surveys import policy, queries
from citizen.surveys.models import Survey
from citizen.surveys.queries.results import EVERYBODY, Kinds, Narrowed
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_published
from citizen.surveys.rules import charts, crossing, figures
from citizen.surveys.rules.document import TEXT_KINDS, Document, Kind, Texts
from citizen.surveys.rules.figures import Series
from citizen.surveys.rules.level import least_shown, told_count
from citizen.surveys.rules.release import Released, from_json, together


@dataclass(frozen=True)
class Loaded:
    """A survey with all its versions, as its results need them."""

    survey: Survey
    programme: Programme
    versions: list[queries.Published]

    @property
    def documents(self) -> dict[int, Document]:
        return {one.number: one.document for one in self.versions}

    @property
    def words(self) -> dict[int, Texts]:
        """The texts of each version."""
        return {one.number: one.texts for one in self.versions}

    @property
    def newest(self) -> queries.Published:
        return self.versions[-1]

    def as_template(self) -> dict[str, Any]:
        return {"survey": self.survey, "programme": self.programme, "newest": self.newest,
                "words": self.words, "charts": charts, "figures": figures, "kinds_of_text": TEXT_KINDS}


def _load(ref: str) -> Loaded:
    survey, _newest, programme = load_published(ref)
    return Loaded(survey, programme, queries.versions(survey.id))


def _load_for_staff(ref: str) -> Loaded:
    found = _load(ref)
    if not policy.may_read_results(access.required_viewer(), found.survey, found.programme):
        abort(404)
    return found


@rooms.get("/surveys/<ref>/results")
@access.public
def results(ref: str) -> str:
    found = _load(ref)
    told, made_on = _told(found)
    return render_template("surveys/results/public.html", told=told, made_on=made_on,
                           is_public=policy.has_public_results(found.survey),
                           texts=queries.public_texts(found.survey.id), **found.as_template())


def _told(found: Loaded) -> tuple[dict[str, Released], Any]:
    """What everybody may see, by question; nothing where that is nothing."""
    result = queries.public_result(found.survey.id)
    if result is None or not policy.has_public_results(found.survey):
        return {}, None
    skeletons = figures.series_of(found.documents, _as_counts(result.figures))
    return from_json(result.figures, skeletons), result.made_on


def _as_counts(stored: dict[str, Any]) -> figures.Counts:
    """So many as were asked: what is no longer asked is there if it has been told."""
    return {(key.split(".")[0], int(key.split(".")[1]), line["row"], "*"): line["asked"]
            for key, one in stored.items() for line in one["lines"]}


@rooms.get("/surveys/<ref>/results.json")
@access.public
def results_json(ref: str) -> Response:
    """The same figures for programs: null where a figure is hidden."""
    found = _load(ref)
    result = queries.public_result(found.survey.id) if policy.has_public_results(found.survey) else None
    texts = found.newest.texts
    return jsonify({
        "survey": found.survey.ref, "title": texts["title"], "k": found.survey.k,
        "submissions": result.submissions if result else None,
        "made_on": result.made_on.isoformat() if result else None,
        "hidden": _("A figure is null where it could tell of fewer than %(count)s people.",
                    count=found.survey.k),
        "questions": {} if result is None else {
            key: one | {"text": found.words[one["version"]][f"{key.split('.')[0]}.text"]}
            for key, one in result.figures.items()
        },
    })


@rooms.get("/surveys/<ref>/results/<question>")
@access.public
def texts(ref: str, question: str) -> str:
    """What was written to a question and has been published, each text beside its theme."""
    found = _load(ref)
    asked = found.newest.document.question(question)
    if asked is None or not asked.contributes or not policy.has_public_results(found.survey):
        abort(404)
    page = queries.written(found.survey.id, question, only_public=True, page=asked_page())
    return _texts_page("surveys/results/texts.html", found, question, page)


@rooms.get("/surveys/<ref>/figures")
@access.signed_in
def staff_results(ref: str) -> str:
    found = _load_for_staff(ref)
    survey = found.survey
    kinds = queries.kinds(survey.id)
    narrowed = _narrowed(kinds)
    counts, missing = queries.with_uncounted(
        survey.id, found.documents, queries.tallies(survey.id, narrowed), narrowed
    )
    k = least_shown(survey.level, survey.k)
    every = list(figures.series_of(found.documents, counts))
    total = counts.get(EVERYBODY, 0)
    shown = together(every, found.documents, total, k)
    return render_template(
        "surveys/results/staff.html", series=shown, k=k, missing=missing,
        total=told_count(survey.level, survey.k, total), narrowed=narrowed, kinds=kinds,
        crossed=None if missing else _crossed(found, every, shown, narrowed, total, k),
        crossable=crossing.crossable(every), some_wait=queries.some_wait(survey.id),
        held=queries.held_answers(survey), **found.as_template(),
    )


def _narrowed(kinds: Kinds) -> Narrowed:
    """What the address asks for, as far as there is such an answer. ``-`` is a sector that nobody said."""
    def chosen(name: str) -> Any:
        wanted = request.args.get(name)
        return next((value for value in getattr(kinds, name) if wanted == (str(value) or "-")), None)

    names = ("version", "language", "channel", "municipality_id", "sector")
    return Narrowed(**{name: chosen(name) for name in names})


def _crossed(
    found: Loaded, every: list[Series], shown: list[Series], narrowed: Narrowed, total: int, k: int
) -> crossing.Crossed | None:
    """Two questions held against each other, where the address names two that can be."""
    known = {one.key: one for one in crossing.crossable(every)}
    protected = {one.key: one for one in shown}
    first, second = (known.get(request.args.get(name, "")) for name in ("rows", "columns"))
    if first is None or second is None or second.question.kind is Kind.SEVERAL or first.key == second.key:
        return None
    pairs = queries.crossed(found.survey.id, (first.question.id, first.question.series),
                            (second.question.id, second.question.series), narrowed)
    return crossing.crossed((first, protected[first.key]), (second, protected[second.key]), pairs, total, k)


@rooms.get("/surveys/<ref>/figures/<question>")
@access.signed_in
def staff_texts(ref: str, question: str) -> str:
    """All that was written to a question, for staff."""
    found = _load_for_staff(ref)
    asked = next((q for one in reversed(found.versions) if (q := one.document.question(question))), None)
    if asked is None:
        abort(404)
    page = (queries.written(found.survey.id, question, only_public=False, page=asked_page())
            if asked.contributes else queries.plain_texts(found.survey.id, question, asked_page()))
    return _texts_page("surveys/results/staff_texts.html", found, question, page, asked=asked)


def _texts_page(template: str, found: Loaded, question: str, page: Any, **more: Any) -> str:
    if page.number > page.last:
        abort(404)
    ids = [one.contribution_id for one in page.items if hasattr(one, "contribution_id")]
    themes = current_app.extensions["citizen.public_themes_of"](ids) if ids else {}
    newest = next(one for one in reversed(found.versions) if one.document.question(question))
    return render_template(template, page=page, themes=themes, question=question, version=newest.number,
                           **found.as_template(), **more)
