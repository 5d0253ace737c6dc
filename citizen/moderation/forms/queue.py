"""The shape of what a moderator chooses to see."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from citizen.base import locale
from citizen.base.forms import Form, choices
from citizen.base.words import clean_line


class SelectionForm(Form):
    """Search and filter of the queue; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Reference number or words"), filters=[clean_line])
    programme = SelectField(_l("Programme"), validate_choice=False)
    municipality = SelectField(_l("Municipality"), validate_choice=False)
    written_in = SelectField(
        _l("Language"), validate_choice=False,
        choices=choices(("", _l("All languages")), *locale.NAMES.items()),
    )
