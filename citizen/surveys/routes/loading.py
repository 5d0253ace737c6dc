"""What several pages load, each with its access."""

from flask import abort

from citizen.base import access
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
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
    survey = load_survey(ref)
    programme = programme_queries.programme_by_id(survey.programme_id)
    if not policy.may_edit(access.required_viewer(), survey, programme):
        abort(404)
    return survey, programme


def load_helping(ref: str) -> tuple[Survey, Programme]:
    """A survey that the viewer may print, type in on paper and set up kiosks for, or not found."""
    survey = load_survey(ref)
    programme = programme_queries.programme_by_id(survey.programme_id)
    if not policy.may_help(access.required_viewer(), survey, programme):
        abort(404)
    return survey, programme
