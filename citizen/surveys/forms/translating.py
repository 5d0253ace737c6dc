"""The shape of translations as they are typed, and the words for what they are and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TextAreaField

from citizen.base import locale
from citizen.base.forms import Filled, Form, OneFile, VersionForm, choices
from citizen.base.words import clean_text
from citizen.surveys.forms.words import KIND_WORDS
from citizen.surveys.rules import TextState
from citizen.surveys.rules.document import Kind
from citizen.surveys.rules.translating import Flaw, Part, Spot
from citizen.surveys.rules.translation_judging import Problem, Trouble

STATES = {
    TextState.MISSING: _l("Missing"), TextState.MACHINE: _l("Machine translated"),
    TextState.STALE: _l("Source has changed"), TextState.REVIEWED: _l("Reviewed"),
}
TODO = "todo"
"""Everything that is not reviewed."""
_PARTS = {
    Part.TITLE: _l("Title of the survey"), Part.INTRO: _l("Introduction"),
    Part.THANKS: _l("Thanks at the end"), Part.PAGE_TITLE: _l("Heading of page %(page)s"),
    Part.PAGE_TEXT: _l("Text of page %(page)s"), Part.QUESTION: _l("Question %(number)s"),
    Part.HELP: _l("Help text for question %(number)s"), Part.ROW: _l("Item of question %(number)s"),
    Part.OPTION: _l("Answer option of question %(number)s"),
    Part.POINT: _l("Point %(point)s on the scale of question %(number)s"),
    Part.UNIT: _l("Unit of question %(number)s"),
}
_FLAWS = {
    Flaw.LOST: _l("%(value)s stands in the source and must stand here too: it becomes an earlier answer."),
    Flaw.INVENTED: _l("%(value)s does not stand in the source. Take it out."),
    Flaw.LONG: _l("Shorten the text to %(value)s characters or fewer"),
}
_TROUBLES = {
    Trouble.NO_KEY_COLUMN: _l(
        "There is no column named “key”. Download the file again and fill that one in."
    ),
    Trouble.NO_SOURCE_COLUMN: _l(
        "There is no column named “%(value)s”, which tells what the texts were translated from. Download the "
        "file again: the survey may now be translated from another language."
    ),
    Trouble.NO_LANGUAGE_COLUMN: _l(
        "There is no column with translations. They are named after the languages: %(value)s."
    ),
    Trouble.NO_KEY: _l("The row has no key."),
    Trouble.UNKNOWN: _l("The key “%(value)s” is not in this survey."),
    Trouble.RENAMED: _l("The key has been changed: this text has the key “%(value)s”."),
    Trouble.MOVED: _l(
        "The source text of this row belongs to the key “%(value)s”. Sort whole rows, never one column."
    ),
    Trouble.TWICE: _l("The key stands in row %(value)s too. Keep one of them."),
    Trouble.FORMULA: _l("A cell has a formula. Write the text itself."),
    Trouble.BROKEN: _l("The row has more cells than the first row has names."),
    Trouble.NO_SOURCE: _l("The source has no text here, so there is nothing to translate."),
}


def called(language: str) -> str:
    """A language's name where it stands alone."""
    return str(locale.IN_WORDS[language]).capitalize()


def where_words(spot: Spot) -> str:
    """Where a text stands."""
    if spot.question is not None and spot.question.kind is Kind.STATEMENT:
        return _("Help text for a text without an answer") if spot.part is Part.HELP \
            else str(KIND_WORDS[Kind.STATEMENT])
    return str(_PARTS[spot.part]) % {
        "page": spot.page, "number": spot.number, "point": spot.key.rpartition(".")[2],
    }


def kind_words(spot: Spot) -> str:
    """What kind of question a text belongs to; empty where it belongs to none."""
    return str(KIND_WORDS[spot.question.kind]) if spot.question else ""


def flaw_words(found: tuple[Flaw, str]) -> str:
    """What is wrong with a translation and what to do about it."""
    return str(_FLAWS[found[0]]) % {"value": found[1]}


def problem_words(problem: Problem) -> str:
    """What is wrong with a row of a file."""
    if isinstance(problem.code, Flaw):
        return flaw_words((problem.code, problem.value))
    return str(_TROUBLES[problem.code]) % {"value": problem.value}


def clash_words(now: str) -> str:
    """That somebody else was first with a text, and what it says now."""
    if not now:
        return str(_("Somebody else has taken this text away. Save once more to keep yours."))
    return str(_(
        "Somebody else has changed this text to “%(text)s”. Save once more to replace it with yours.",
        text=now,
    ))


@dataclass(frozen=True)
class Typed:
    """One translation as it came with the form.

    ``was`` is what the page showed, ``source`` what it was to be translated from, ``is_right`` whether a
    person says that it needs no change.
    """

    text: str
    was: str
    source: str
    is_right: bool


class TextsForm(Form):
    """All translations of a page. Fields are named after keys: ``text-q2.o3``."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.flaws: dict[str, str] = {}
        # Key → where its text stands, so that each flaw can be told apart on top.
        self.places: dict[str, str] = {}

    def typed(self, spots: Mapping[str, Spot]) -> dict[str, Typed]:
        """Key → what was typed, in the order of the survey; what is no text of it is passed over."""
        right = set(request.form.getlist("right"))
        self.places = {key: where_words(spot) for key, spot in spots.items()}
        return {
            key: Typed(
                spot.tidy(request.form[f"text-{key}"]), spot.tidy(request.form.get(f"was-{key}")),
                clean_text(request.form.get(f"source-{key}")), key in right,
            )
            for key, spot in spots.items() if f"text-{key}" in request.form
        }

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [*super().problems, *(
            (f"text-{key}", f"{self.places[key]}: {words}") for key, words in self.flaws.items()
        )]


class LanguageForm(VersionForm):
    """A language that the survey is to be offered in, no longer offered in, or translated from."""

    chosen = SelectField(_l("Language"))

    def __init__(self, languages: tuple[str, ...], **values: Any) -> None:
        super().__init__(**values)
        self.chosen.choices = choices(*((code, called(code)) for code in languages))


class ShowForm(Form):
    """What to look at; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    origin = SelectField(_l("Translate from"), name="from")
    to = SelectField(_l("Translate to"))
    state = SelectField(_l("Texts"))

    def __init__(self, languages: tuple[str, ...], **values: Any) -> None:
        super().__init__(None, **values)
        names = [(code, called(code)) for code in languages]
        self.origin.choices, self.to.choices = choices(*names), choices(*names[1:])
        self.state.choices = choices(("", _l("All texts")), (TODO, _l("All that is not reviewed")),
                                     *((str(state), words) for state, words in STATES.items()))


class TextFileForm(Form):
    """A file with translations, and how far they can be trusted."""

    file = OneFile(_l("File"), [Filled(_l("Choose a file"))])
    state = RadioField(_l("Who made the translations?"), [Filled(_l("Choose one option"))],
                       validate_choice=False, choices=choices(
        ("reviewed", _l("People made them, or have checked them")),
        ("machine", _l("A machine, and nobody has checked them")),
    ))
    unchanged = BooleanField(_l("The texts that are unchanged in the file have been checked by people too"))


class StoreTextsForm(Form):
    """What a file that was read would change, on its way to being stored, as JSON."""

    content = TextAreaField(_l("File"))
