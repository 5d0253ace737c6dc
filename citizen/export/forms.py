"""What to take out, in which variant and format."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import ValidationError

from citizen.base.forms import Filled, Form, choices
from citizen.export.rules.files import SEPARATORS, Format, Variant, What

WHAT_WORDS = {
    What.IDEAS: _l("Ideas, each with its theme"),
    What.THEMES: _l("Themes"),
    What.CANDIDATES: _l("Portfolio candidates"),
    What.EVERYTHING: _l("Everything: ideas, themes and portfolio candidates"),
}
FORMAT_WORDS = {
    Format.XLSX: _l("XLSX, for Excel and other spreadsheets"),
    Format.CSV: _l("CSV, for any spreadsheet"),
    Format.JSON: _l("JSON, for other programs"),
}
VARIANT_WORDS = {
    Variant.PUBLIC: _l("Public: what everyone may read"),
    Variant.INTERNAL: _l("Internal: all ideas with their states, for staff only"),
}
SEPARATOR_WORDS = {"semicolon": _l("Semicolon"), "comma": _l("Comma")}


def _one_of(*allowed: str) -> Any:
    def check(form: Any, field: Any) -> None:
        if field.data not in allowed:
            raise ValidationError(gettext("Choose one option"))

    return check


def _radios(label: Any, words: Any) -> RadioField:
    return RadioField(
        label, [Filled(_l("Choose one option")), _one_of(*(str(value) for value in words))],
        choices=choices(*((str(value), sentence) for value, sentence in words.items())),
        validate_choice=False,
    )


class ExportForm(Form):
    """One file."""

    what = _radios(_l("What do you want?"), WHAT_WORDS)
    variant = _radios(_l("Who is it for?"), VARIANT_WORDS)
    format = _radios(_l("Format"), FORMAT_WORDS)
    separator = _radios(_l("Separator in CSV files"), SEPARATOR_WORDS)

    @property
    def delimiter(self) -> str:
        return SEPARATORS[str(self.separator.data)]
