"""The shape of what staff send about themselves and each other."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from citizen.accounts import rules
from citizen.accounts.queries import Place
from citizen.base import locale
from citizen.base.access import Role
from citizen.base.forms import AtMost, Filled, Form, Line, choices, is_address
from citizen.base.words import clean_line

LONGEST_PASSWORD = 200

_WEAKNESSES = {
    rules.Weakness.SHORT: _l("Choose a password of at least 12 characters"),
    rules.Weakness.OWN_NAME: _l("Choose a password that is not your name or e-mail address"),
    rules.Weakness.COMMON: _l("Many people use this password. Choose another one"),
}


class Secret(PasswordField):  # type: ignore[misc]
    """A password: kept as typed, but the same from every keyboard."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = unicodedata.normalize("NFC", valuelist[0]) if valuelist else ""


def _email(*more: Any) -> EmailField:
    return EmailField(
        _l("E-mail"), [Filled(_l("Enter an e-mail address, like name@example.org")), AtMost(254), *more],
        filters=[clean_line],
    )


def _name() -> Line:
    return Line(_l("Name"), [Filled(_l("Enter a name")), AtMost(120)])


def _language() -> SelectField:
    return SelectField(
        _l("Language"), [Filled(_l("Choose one option"))], choices=choices(*locale.NAMES.items())
    )


class SignInForm(Form):
    """E-mail and password; ``next`` is where the reader was going."""

    email = _email()
    password = Secret(_l("Password"), [Filled(_l("Enter your password")), AtMost(LONGEST_PASSWORD)])
    next = HiddenField()


class ForgotForm(Form):
    """The address a link is sent to."""

    email = _email(is_address)


def _new_password() -> Secret:
    return Secret(_l("New password"), [Filled(_l("Choose a password")), AtMost(LONGEST_PASSWORD)])


class PasswordForm(Form):
    """A new password for a person."""

    password = _new_password()

    def __init__(self, *, email: str, name: str, **more: Any) -> None:
        super().__init__(**more)
        self._of = {"email": email, "name": name}

    def validate_password(self, field: Any) -> None:
        if weakness := rules.weakness(field.data, **self._of):
            raise ValidationError(str(_WEAKNESSES[weakness]))


class ChangePasswordForm(PasswordForm):
    """A new password, and the old one where there is one."""

    old = Secret(_l("Your password now"), [Filled(_l("Enter your password")), AtMost(LONGEST_PASSWORD)])
    # Again, so that it comes after the old one.
    password = _new_password()

    def __init__(self, *, has_password: bool, **more: Any) -> None:
        super().__init__(**more)
        if not has_password:
            del self.old


class ProfileForm(Form):
    """How somebody is called and which language they read."""

    name = _name()
    language = _language()


def _roles() -> SelectMultipleField:
    return SelectMultipleField(_l("Roles"))


class RolesForm(Form):
    """Roles per municipality, each as ``slug:role``."""

    roles = _roles()
    seen = HiddenField()

    def __init__(self, places: Iterable[Place], **more: Any) -> None:
        super().__init__(**more)
        self._meaning = {f"{p.slug}:{role}": (p.id, role) for p in places for role in Role}
        self.roles.choices = choices(*((value, value) for value in self._meaning))

    @property
    def grants(self) -> set[tuple[int, Role]]:
        """The chosen roles as (municipality, role)."""
        return {self._meaning[value] for value in self.roles.data or ()}

    @grants.setter
    def grants(self, held: Iterable[tuple[int, Role]]) -> None:
        values = {meaning: value for value, meaning in self._meaning.items()}
        self.roles.data = [values[g] for g in held if g in values]


class InviteForm(RolesForm):
    """A new member of staff."""

    name = _name()
    email = _email(is_address)
    language = _language()
    # Again, so that it comes after the person.
    roles = _roles()

    def validate_roles(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one role"))


class SearchForm(Form):
    """Search of the list; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Search"), filters=[clean_line])
