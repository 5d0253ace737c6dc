"""The texts of a draft as translators see them."""

from collections.abc import Mapping, Sequence

from citizen.base import locale


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
