"""What to take out of a survey."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from citizen.base.forms import Filled, Form, choices
from citizen.surveys.actions.exporting import Words

SEPARATORS = {"semicolon": ";", "comma": ","}
_WORDS = {
    Words.BESIDE: _l("Beside the other answers"),
    Words.APART: _l("In a file of its own, in random order"),
    Words.WITHOUT: _l("In no file"),
}
_ALL = "all"


class PackForm(Form):
    """One archive with everything."""

    version = SelectField(_l("Version"))
    words = RadioField(_l("Where should free text stand?"), [Filled(_l("Choose one option"))])
    separator = RadioField(
        _l("Separator in CSV files"), [Filled(_l("Choose one option"))],
        choices=choices(("semicolon", _l("Semicolon")), ("comma", _l("Comma"))),
    )

    def __init__(self, *, allowed: Sequence[Words], versions: Sequence[int], **values: Any) -> None:
        super().__init__(**values)
        self.words.choices = choices(*((word.value, _WORDS[word]) for word in allowed))
        self.version.choices = choices(
            (_ALL, _("All versions")),
            *((str(number), _("Version %(number)s", number=number)) for number in reversed(versions)),
        )

    @property
    def delimiter(self) -> str:
        return SEPARATORS[str(self.separator.data)]

    @property
    def chosen_version(self) -> int | None:
        """The version asked for; None for all."""
        return None if self.version.data == _ALL else int(self.version.data)
