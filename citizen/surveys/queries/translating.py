"""The texts of a draft as translators see them."""

from collections.abc import Mapping, Sequence

from citizen.base import locale
from citizen.surveys.models import Survey
from citizen.surveys.queries.surveys import draft_of, text_rows
from citizen.surveys.rules.translating import Done, completeness


def text_in(
    texts: Mapping[str, Mapping[str, str]], key: str, language: str, order: Sequence[str]
) -> tuple[str, str]:
    """A survey's text in a language, else in the nearest there is: of Nynorsk Bokmål, then the first.

    Parameters
    ----------
    order : the languages the survey is offered in, the source first.

    Returns
    -------
    (text, the language it is in); two empty strings where there is none.
    """
    return locale.in_language(texts.get(key, {}), language, order)


def done_by_language(survey: Survey) -> dict[str, Done]:
    """How far each language of a draft has come, the source first."""
    return completeness(draft_of(survey), text_rows(survey.id))
