"""Mail to an author: in their language, with the receipt and a way to stop it."""

from datetime import timedelta
from typing import Any

from flask import render_template

from citizen.base import locale, outbox
from citizen.contributions.actions.contacts import address, stop_address
from citizen.contributions.actions.receiving import receipt_code
from citizen.contributions.queries import Address, municipality_names


def write_to_author(
    author: Address, subject: object, template: str, *, about: str, wait: timedelta = timedelta(0),
    **values: Any,
) -> None:
    """Leave a mail for an author.

    Parameters
    ----------
    subject : lazy words, said in the author's language.
    template : gets ``receipt`` and ``stop``, two whole addresses, and ``municipality``, the name of who
        writes, beside the values.
    """
    stop = stop_address(author.ref, author.language)
    municipality = locale.in_language(municipality_names(author.ref), author.language)[0]
    with locale.speaking(author.language):
        outbox.put(
            receiver=author.email, language=author.language, subject=str(subject), about=about, wait=wait,
            stop_url=stop,
            body=render_template(
                template, stop=stop, ref=author.ref, municipality=municipality,
                receipt=address("ideas.receipt", author.language, code=receipt_code(author.ref)), **values,
            ),
        )
