"""An XLSForm file to read in, and sentences about what it does not carry over."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from citizen.base.forms import Filled, Form, OneFile, choices
from citizen.surveys.rules.xlsform.left import Left, Why

_LEFT = {
    Why.TYPE: _l("Questions of the type “%(value)s” do not exist here. The row is left out."),
    Why.REPEAT: _l("Nothing can be asked over and over. The row “%(value)s” is left out."),
    Why.UNNAMED: _l("The row has no name and is left out (%(value)s)."),
    Why.NO_LIST: _l("There is no list of choices named “%(value)s”. The question is left out."),
    Why.NO_LABEL: _l("The row has no text. Its name is shown instead."),
    Why.SAME_NAME: _l("Another question has the name “%(value)s” already. This one is left out."),
    Why.CONDITION: _l("This condition cannot be kept, so everybody is asked: %(value)s"),
    Why.LIMIT: _l("This limit cannot be kept, or not all of it: %(value)s"),
    Why.REQUIRED: _l("It cannot depend on answers whether a question is required: %(value)s"),
    Why.FILTER: _l("All choices of the list are shown; they cannot depend on answers: %(value)s"),
    Why.COLUMN: _l("The column “%(value)s” is not used."),
    Why.LOOKS: _l("The look “%(value)s” is not used."),
    Why.MARKUP: _l("Bold letters, links and other markup in the text became plain words."),
    Why.LANGUAGE: _l("No survey can be in “%(value)s”. If the file has no other language, its texts are kept "
                     "as if they were in the language of this page."),
    Why.UNPAIRED: _l("A group ends that has not begun."),
    Why.REFERENCE: _l("A text asks for %(value)s, which is no question of the survey. It stands as it is."),
    Why.JUMP: _l("Pages that lead to another page do not exist in XLSForm. Use conditions instead."),
    Why.UNIT: _l("The unit of the number is left out."),
    Why.DECIMALS: _l("How many decimals the number has is left out."),
    Why.CODES: _l("“Don't know” and “Prefer not to say” are left out. Only questions with options "
                  "have them."),
    Why.EXCLUSIVE: _l("That an option is chosen alone, or stays at the end, is left out."),
    Why.HIDDEN: _l("The question is no longer asked and is left out."),
    Why.PLACE_WORDS: _l("A place in words becomes a point on the map."),
}
_UNREADABLE = {
    "no_sheet": _l("The file has no sheet named survey, so it is no XLSForm."),
    "no_columns": _l("The sheet survey needs the columns type and name."),
    "no_questions": _l("The file has no question that can be carried over."),
    "large": _l("The file is too large. An XLSForm can have at most 2 MB and 20,000 rows in a sheet."),
    "same_names": _l("Two columns are named %(name)s."),
}


class SheetForm(Form):
    """A file, and the programme that its survey is for."""

    programme = SelectField(_l("Programme"), [Filled(_l("Choose one option"))])
    file = OneFile(_l("XLSForm file"), [Filled(_l("Choose a file"))])

    def __init__(self, *, programmes: Sequence[tuple[str, str]], **values: Any) -> None:
        super().__init__(**values)
        self.programme.choices = choices(*programmes)

    def validate_file(self, field: Any) -> None:
        if not field.data.filename.lower().endswith((".xlsx", ".xlsm")):
            raise ValidationError(_("Save the file as an Excel workbook (.xlsx) first."))


class DraftForm(Form):
    """A file that was read, sealed, on its way to becoming a draft."""

    programme = HiddenField()
    sealed = HiddenField()


def left_words(left: Left) -> str:
    """What is not carried over, as a sentence."""
    return str(_LEFT[left.why]) % {"value": left.value or left.name}


def unreadable_words(kind: str, **values: object) -> str:
    """Why a whole file cannot be used."""
    words = _UNREADABLE.get(kind, _l("The file is no Excel workbook (.xlsx), or it is damaged."))
    return str(words) % {"name": "", **values}
