"""The shape of what administrators state, and of what somebody tells of a barrier."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from citizen.base import clock, locale
from citizen.base.forms import (
    AtMost,
    Day,
    Filled,
    Line,
    Text,
    VersionForm,
    choices,
    is_address,
    is_day,
)
from citizen.base.words import clean_line, has_words
from citizen.privacy.forms import AsksFirst, no_identity
from citizen.statements.actions import NewBreach
from citizen.statements.models import Profile
from citizen.statements.rules.breaches import GROUPS, Criterion, Finding, Ground, Method
from citizen.statements.rules.numbers import organisation_number
from citizen.statements.rules.places import LONGEST_PLACE, without_secrets
from citizen.statements.rules.texts import NAMES, unknown_names

BODY_LENGTH = 5000
WHAT_LENGTH = 2000
OFFICIAL_HOST = "uustatus.no"

GROUP_WORDS = {
    "no_vision": _l("Use without vision"),
    "limited_vision": _l("Use with limited vision"),
    "no_colour": _l("Use without perception of colour"),
    "no_hearing": _l("Use without hearing"),
    "limited_hearing": _l("Use with limited hearing"),
    "no_voice": _l("Use without a voice"),
    "limited_movement": _l("Use with limited movement or strength"),
    "limited_reach": _l("Use with limited reach"),
    "seizures": _l("Risk of seizures from flashing light"),
    "limited_cognition": _l("Use with limited cognition"),
}
METHOD_WORDS = {
    Method.OWN: _l("Our own people have gone through the pages"),
    Method.EXPERT: _l("An independent expert has gone through the pages"),
    Method.USERS: _l("People with disabilities have tried the service"),
    Method.AUTOMATIC: _l("Automatic checks of all pages"),
}
GROUND_WORDS = {
    Ground.NOT_YET: _l("It has not been fixed yet"),
    Ground.BURDEN: _l("Fixing it would be a disproportionate burden"),
    Ground.OUTSIDE: _l("The law does not ask for it"),
}


def is_past(form: Any, field: Any) -> None:
    """The field holds a day that has come."""
    if field.day and field.day > clock.today():
        raise ValidationError(_("The day cannot lie in the future"))


class ProfileForm(VersionForm):
    """What a municipality states of itself and of how its service was looked at."""

    service_name = Line(_l("Name of the service"), [AtMost(120)])
    organisation_number = Line(_l("Organisation number"), [AtMost(20)])
    address = Line(_l("Postal address"), [AtMost(200)])
    phone = Line(_l("Telephone"), [AtMost(40)])
    officer_name = Line(_l("Name of the data protection officer"), [AtMost(120)])
    officer_email = EmailField(
        _l("E-mail of the data protection officer"), [Optional(), AtMost(254), is_address],
        filters=[clean_line],
    )
    assessed_on = Day(_l("Day of the latest assessment"), [is_day, is_past])
    method = SelectField(
        _l("How it was assessed"), validate_choice=False,
        choices=choices(("", _l("Not assessed by us yet")), *((m.value, w) for m, w in METHOD_WORDS.items())),
    )
    official_url = Line(_l("Address of the statement at uustatus.no"), [AtMost(300)])

    def __init__(self, country: str, **values: Any) -> None:
        super().__init__(**values)
        self.country = country

    @classmethod
    def of(cls, country: str, stated: Profile) -> "ProfileForm":
        """The form as a page shows what is stated."""
        names = [n for n in cls.facts_of(country) if n != "assessed_on"]
        day = stated.assessed_on.isoformat() if stated.assessed_on else ""
        return cls(country, formdata=None, assessed_on=day, version=str(stated.version),
                   **{name: getattr(stated, name) for name in names})

    @staticmethod
    def facts_of(country: str) -> list[str]:
        """The facts a municipality of a country states."""
        named = ["service_name", "organisation_number", "address", "phone", "officer_name", "officer_email",
                 "assessed_on", "method"]
        return [*named, "official_url"] if country == "NO" else named

    @property
    def facts(self) -> dict[str, Any]:
        """What the form says, by the names of the columns."""
        said = {name: self[name].data or "" for name in self.facts_of(self.country)}
        return said | {"assessed_on": self.assessed_on.day, "method": self.method.data or None}

    def validate_organisation_number(self, field: Any) -> None:
        written = organisation_number(field.data, self.country) if field.data else ""
        if written is None:
            raise ValidationError(
                _("This is no organisation number. Look for a digit that is missing or wrong.")
            )
        field.data = written

    def validate_method(self, field: Any) -> None:
        if field.data and field.data not in set(Method):
            raise ValidationError(_("Choose one option"))
        if bool(field.data) != bool(self.assessed_on.data):
            raise ValidationError(_("State both the day and how it was assessed, or neither"))

    def validate_official_url(self, field: Any) -> None:
        try:
            address = urlsplit(field.data or "")
            host = (address.hostname or "").removeprefix("www.")
            right = address.scheme == "https" and host == OFFICIAL_HOST and address.netloc == address.hostname
        except ValueError:
            right = False
        if field.data and (not right or " " in field.data):
            raise ValidationError(_("Copy the whole address, which begins with https://uustatus.no/"))


class BreachForm(VersionForm):
    """Something that is not accessible. Texts are asked for in the municipality's languages."""

    ground = RadioField(
        _l("Why it is so"), [Filled(_l("Choose one option"))], validate_choice=False,
        choices=choices(*((ground.value, words) for ground, words in GROUND_WORDS.items())),
    )
    criterion = SelectField(_l("Requirement that is broken"), validate_choice=False)
    what_sv, what_nb = Text(_l("In Swedish")), Text(_l("In Bokmål"))
    what_nn, what_en = Text(_l("In Nynorsk")), Text(_l("In English"))
    groups = SelectMultipleField(
        _l("Whom it concerns"), [Filled(_l("Choose at least one"))], choices=choices(*GROUP_WORDS.items())
    )
    why_sv, why_nb = Text(_l("In Swedish")), Text(_l("In Bokmål"))
    why_nn, why_en = Text(_l("In Nynorsk")), Text(_l("In English"))
    since_on = Day(_l("Known since"), [is_day, is_past])
    planned_on = Day(_l("To be fixed by"), [is_day])

    def __init__(self, criteria: Sequence[Criterion], languages: Iterable[str], **values: Any) -> None:
        super().__init__(**values)
        self.languages = list(languages)
        self._numbers = {c.number for c in criteria}
        named = ((c.number, f"{c.number} {c.names[locale.current()]}") for c in criteria)
        self.criterion.choices = choices(("", _("Choose a requirement")), *named)

    @staticmethod
    def values_of(found: Finding) -> dict[str, Any]:
        """What the form shows of something that is stored."""
        texts = {f"what_{lang}": words for lang, words in found.what.items()}
        texts |= {f"why_{lang}": words for lang, words in found.why.items()}
        days = {"since_on": found.since_on, "planned_on": found.planned_on}
        return texts | {name: day.isoformat() if day else "" for name, day in days.items()} | {
            "criterion": found.criterion.number if found.criterion else "", "ground": found.ground.value,
            "groups": list(found.groups), "version": str(found.version),
        }

    def fields(self, name: str) -> list[tuple[str, Any]]:
        """(language, field) of ``what`` or ``why``."""
        return [(lang, self[f"{name}_{lang}"]) for lang in self.languages]

    def texts(self, name: str) -> dict[str, str]:
        """The words that are there, by language."""
        return {lang: field.data for lang, field in self.fields(name) if field.data}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for field, sentence in self._lacking():
            field.errors = [*field.errors, sentence]
            valid = False
        return valid

    def _lacking(self) -> list[tuple[Any, str]]:
        found: list[tuple[Any, str]] = []
        outside = self.ground.data == Ground.OUTSIDE
        if self.criterion.data not in self._numbers and (self.criterion.data or not outside):
            found.append((self.criterion, _("Choose a requirement")))
        if not self.texts("what"):
            found.append((self.fields("what")[0][1], _("Tell what is not accessible, and on which page")))
        if self.ground.data in (Ground.BURDEN, Ground.OUTSIDE) and not self.texts("why"):
            found.append((self.fields("why")[0][1], _("Tell the reason")))
        return found + [
            (field, _("Shorten the text to %(max)s characters or fewer", max=WHAT_LENGTH))
            for name in ("what", "why") for _lang, field in self.fields(name)
            if len(field.data or "") > WHAT_LENGTH
        ]

    def validate_ground(self, field: Any) -> None:
        if field.data not in set(Ground):
            raise ValidationError(_("Choose one option"))

    @property
    def told(self) -> NewBreach:
        """What the form says."""
        return NewBreach(
            criterion=self.criterion.data or None, ground=Ground(self.ground.data),
            what=self.texts("what"), why=self.texts("why"),
            groups=[group for group in GROUPS if group in (self.groups.data or [])],
            since_on=self.since_on.day or clock.today(), planned_on=self.planned_on.day,
        )


class SectionForm(VersionForm):
    """One section of the privacy notice or the rules, in one language."""

    body = Text(_l("Text"), [Filled(_l("Write the text, or go back to the default")), AtMost(BODY_LENGTH)])

    def validate_body(self, field: Any) -> None:
        for name in unknown_names(field.data):
            raise ValidationError(_(
                "“{%(name)s}” cannot be filled in. Use one of these: %(names)s", name=name,
                names=", ".join(f"{{{known}}}" for known in NAMES),
            ))


class FeedbackForm(AsksFirst):
    """A barrier that somebody tells of."""

    asked_about, is_shown = ("body", "page"), False

    body = Text(
        _l("What was the problem?"),
        [Filled(_l("Tell us what the problem was")), AtMost(BODY_LENGTH), no_identity],
    )
    page = Line(_l("On which page?"), [AtMost(LONGEST_PLACE), no_identity])
    email = EmailField(_l("E-mail"), [Optional(), AtMost(254), is_address], filters=[clean_line])
    client_key = HiddenField()

    def validate_body(self, field: Any) -> None:
        if not has_words(field.data):
            raise ValidationError(_("Write with letters, so that others can read it"))

    def validate_page(self, field: Any) -> None:
        # A receipt's address opens the receipt.
        field.data = without_secrets(field.data or "")

    def validate_client_key(self, field: Any) -> None:
        # It guards against double sends, nothing else.
        try:
            field.data = str(uuid.UUID(field.data or ""))
        except ValueError:
            field.data = str(uuid.uuid4())

    @property
    def key(self) -> str:
        """The same text under the same key is one message, however often it arrives."""
        return str(uuid.uuid5(uuid.UUID(self.client_key.data), self.body.data))
