"""What several pages load, each with its access, and what their forms offer."""

from collections.abc import Callable, Sequence

from flask import abort
from wtforms import SelectField

from citizen.base import access, locale
from citizen.base.forms import choices
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme
from citizen.surveys import policy, queries
from citizen.surveys.models import Survey
from citizen.surveys.queries import Published


def load_survey(ref: str) -> Survey:
    """The survey of an address, or not found."""
    return queries.survey(ref.upper()) or abort(404)


def load_published(ref: str) -> tuple[Survey, Published, Programme]:
    """A survey that has been published, with its newest version, or not found."""
    survey = load_survey(ref)
    published = queries.latest(survey.id) or abort(404)
    return survey, published, programme_queries.programme_by_id(survey.programme_id)


def load_desk(ref: str) -> tuple[Survey, Programme]:
    """A survey that the viewer edits, or not found."""
    return _load_where(policy.may_edit, ref)


def load_helping(ref: str) -> tuple[Survey, Programme]:
    """A survey that the viewer may print, type in on paper and set up kiosks for, or not found."""
    return _load_where(policy.may_help, ref)


def _load_where(
    may: Callable[[access.Viewer, Survey, Programme], bool], ref: str
) -> tuple[Survey, Programme]:
    survey = load_survey(ref)
    programme = programme_queries.programme_by_id(survey.programme_id)
    if not may(access.required_viewer(), survey, programme):
        abort(404)
    return survey, programme


def title_of(survey: Survey) -> tuple[str, str]:
    """A survey's title as it is published, else as it is drafted, and the language it is in."""
    published = queries.latest(survey.id)
    texts = published.texts if published else queries.draft_texts(survey.id)
    return locale.in_language(texts.get("title", {}), locale.current(), queries.draft_of(survey).languages)


def offer_towns(field: SelectField, towns: Sequence[Municipality]) -> None:
    """Have a field offer municipalities; a single one needs no choosing."""
    field.choices = choices(*((m.slug, locale.in_language(m.names, locale.current())[0]) for m in towns))
    if len(towns) == 1:
        field.data = towns[0].slug
