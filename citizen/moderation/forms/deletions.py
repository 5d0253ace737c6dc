"""The shape of an answer to whoever asks for deletion."""

from flask_babel import lazy_gettext as _l

from citizen.base.forms import AtMost, Filled, Form, Text
from citizen.moderation.forms.deciding import WORDS_LENGTH


class AnswerForm(Form):
    """What the author hears of a request for deletion."""

    answer = Text(
        _l("Answer to the author"), [Filled(_l("Write an answer to the author")), AtMost(WORDS_LENGTH)]
    )
