"""What every form asks of a text before it goes out: nothing private unless its author means it."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from citizen.analysis.personal import Kind
from citizen.base.forms import Form, VersionForm
from citizen.privacy.rules import doubts, is_stopped

MOST_TOLD = 5
KIND_WORDS = {
    Kind.IDENTITY: _l("Identity number"),
    Kind.PHONE: _l("Telephone number"),
    Kind.EMAIL: _l("E-mail address"),
    Kind.ADDRESS: _l("Street address"),
    Kind.PLATE: _l("Number plate"),
}
_LOOKS_LIKE = {
    Kind.IDENTITY: _l("“%(words)s” may be a national identity number."),
    Kind.PHONE: _l("“%(words)s” looks like a telephone number."),
    Kind.EMAIL: _l("“%(words)s” looks like an e-mail address."),
}


def doubtful(text: str) -> list[str]:
    """What looks private in a text, in sentences for its author alone."""
    said = [str(_LOOKS_LIKE[one.kind]) % {"words": text[one.start:one.end]} for one in doubts(text)]
    return list(dict.fromkeys(said))[:MOST_TOLD]


def no_identity(form: Any, field: Any) -> None:
    """An identity number that can hardly be anything else is stopped at the door."""
    if is_stopped(field.data or ""):
        raise ValidationError(_("The text seems to contain a national identity number. Remove it."))


class AsksFirst(Form):
    """A form that asks its author about what looks private, at the field, before anything is sent.

    ``asked_about`` names the fields; a field with several texts has them as ``texts``. ``is_shown``: everyone
    will read it; else the municipality alone, and whoever asks it for its records.
    """

    asked_about: tuple[str, ...] = ()
    is_shown = True
    # Shown only where there is something to ask.
    checked = BooleanField(_l("Send it as it is"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.checked is None or self.checked.data:
            return valid
        asked = [(field, sentence) for field, text in self._texts() for sentence in doubtful(text)]
        for field, sentence in asked:
            field.errors = [*field.errors, sentence]
        if asked:
            self.checked.errors = [self._question()]
        return valid and not asked

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The question comes last: it stands below what it is about."""
        box = self.checked.id if self.checked else None
        return sorted(super().problems, key=lambda problem: problem[0] == box)

    def _texts(self) -> Iterator[tuple[Any, str]]:
        for name in self.asked_about:
            field = self[name]
            for text in field.texts if hasattr(field, "texts") else [field.data or ""]:
                yield field, text

    def _question(self) -> str:
        if self.is_shown:
            return str(_(
                "The text seems to contain contact details or a private number. Everyone will see it."
                " Change it, or tick the box to send it as it is."
            ))
        return str(_(
            "The text seems to contain contact details or a private number. It is not published, but others"
            " may ask to read it. Change it, or tick the box to send it as it is."
        ))


class ChoiceForm(VersionForm):
    """What a municipality wants marked for its moderators."""

    shows_hints = BooleanField(_l("Mark street addresses and number plates too"))
