"""The shape of what a municipality tells authors about each reason."""

from collections.abc import Mapping
from typing import Any

from flask import get_template_attribute
from wtforms import HiddenField

from citizen.base.forms import AtMost, Form, Text
from citizen.contributions.rules import Reason
from citizen.moderation.forms.deciding import WORDS_LENGTH


class _WordsForm(Form):
    """Parent: what the page was made from, as a mark."""

    seen = HiddenField()


def words_form(words: Mapping[str, str] | None = None) -> Any:
    """A field for each reason, filled with words unless something was sent."""
    in_words = get_template_attribute("parts/states.html", "reason")
    fields = {
        reason.value: Text(str(in_words(reason.value)), [AtMost(WORDS_LENGTH)]) for reason in Reason
    }
    return type("ReasonWordsForm", (_WordsForm,), fields)(**dict(words or {}))
