"""The shape of a municipality's own words, and the sentences for what is wrong with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from citizen.analysis.additions import LONGEST_NAME, LONGEST_STEM, MOST_STEMS, Problem
from citizen.analysis.lexicon import MOST_GOALS, OWN_AREA, Lexicon
from citizen.base import forms, locale
from citizen.base.forms import AtMost, Filled, Form, Line, OneFile, Text, VersionForm, choices, whole_number
from citizen.base.goals import GOAL_WORDS
from citizen.base.tables import UnreadableFile
from citizen.base.words import clean_line
from citizen.programmes.rules import words
from citizen.programmes.rules.files import Format
from citizen.programmes.rules.words import MOST_ENTRIES, Entry

Named = Mapping[str, Mapping[str, str]]
"""Id → names by language."""

LONGEST_TRIAL = 5_000

_PROBLEMS = {
    "file-unreadable": _l("This is not JSON. Look for a comma or a quotation mark that is missing."),
    "file-empty": _l("The file has no concept in it."),
    "rows-many": _l("The file has more than %(max)s rows. Divide it."),
    "column-missing": _l("There is no column named “%(value)s”."),
    "column-unknown": _l("The column “%(value)s” is not known. Take it out."),
    "shape": _l("“%(value)s” does not have the right form. Compare with a file you download here."),
    "id-missing": _l("The row has no id. Give it one, such as storgatan."),
    "id-shape": _l("The id “%(value)s” can have small letters a–z, digits and hyphens only."),
    "id-twice": _l("The id “%(value)s” stands in an earlier row too. Make one row of them."),
    "name-missing": _l("Write a name in at least one language."),
    "name-long": _l("“%(value)s” is too long. A name has at most %(max)s characters."),
    "name-language": _l("Names are for sv, nb, nn and en, not for “%(value)s”."),
    "stem-missing": _l("Write at least one word."),
    "stems-many": _l("Write at most %(max)s words: those that tell most."),
    "stem-words": _l("“%(value)s” is several words, and words are looked at one by one. "
                     "Write only the one that tells it from others."),
    "stem-letters": _l("“%(value)s” has more than letters in it. Leave digits and signs out."),
    "stem-short": _l("“%(value)s” is so short that it lies inside many other words. Write =%(value)s for "
                     "that word alone, ^%(value)s for words that begin with it, or more letters."),
    "stem-long": _l("“%(value)s” is too long. Write at most %(max)s letters; the beginning is enough."),
    "stem-common": _l("“%(value)s” hits a word that stands in almost every text. Write more letters."),
    "area-unknown": _l("There is no area “%(value)s”. Leave it empty for the municipality’s own."),
    "goal-unknown": _l("“%(value)s” is no number from 1 to 17."),
    "goals-many": _l("Choose at most %(max)s goals."),
    "los-unknown": _l("“%(value)s” is no address in LOS."),
}
_MOST = {
    "rows-many": MOST_ENTRIES, "name-long": LONGEST_NAME, "stems-many": MOST_STEMS,
    "stem-long": LONGEST_STEM, "goals-many": MOST_GOALS,
}


def problem_words(problem: Problem) -> str:
    """What is wrong with a row or a word and what to do about it."""
    is_word = problem.code == "stem-short"
    value = words.bare(problem.value) if is_word else problem.value
    return str(_PROBLEMS[problem.code]) % {"value": value, "max": _MOST.get(problem.code)}


def unreadable_words(error: UnreadableFile) -> str:
    """Why a whole file cannot be used and what to do about it."""
    if error.kind == "ending":
        return str(_("Choose a file whose name ends in .xlsx, .csv or .json."))
    return forms.unreadable_words(error, most=MOST_ENTRIES)


class StemsForm(VersionForm):
    """More words for a concept that is built in.

    ``version`` is the row's when the page was made, ``told`` the words that were warned of.
    """

    stems = Text(_l("Words"), [Filled(_l("Write at least one word."))])
    # Something new has version 0.
    version = HiddenField(default="0")
    told = HiddenField()

    @property
    def found(self) -> tuple[str, ...]:
        """The words, tidied."""
        return words.stems_in(self.stems.data or "")

    def was_told(self) -> bool:
        """Whether the reader has seen the warnings about just these words."""
        return bool(self.told.data == " ".join(self.found))

    def tell(self) -> None:
        """Remember that the page about to be shown warns of these words."""
        self.told.data = " ".join(self.found)

    def holds(self, entry: Entry, lexicon: Lexicon) -> bool:
        """Whether the entry the form makes can be used; what is wrong is told at its field."""
        valid = bool(self.validate())
        told = {field.name for field in self if field.errors}
        for problem in words.problems(entry, lexicon):
            field = self.field_for(problem)
            # An id is nothing that a reader of the form has written.
            if field.name not in told and not problem.code.startswith("id-"):
                field.errors = [*field.errors, problem_words(problem)]
            valid = False
        return valid

    def field_for(self, problem: Problem) -> Any:
        """Where something wrong is told."""
        return self.stems


class MoreWordsForm(StemsForm):
    """More words for a concept that is built in and chosen here."""

    concept = SelectField(_l("Built-in concept"), [Filled(_l("Choose one option"))])
    # Again, so that they come after the concept.
    stems = Text(_l("Words"), [Filled(_l("Write at least one word."))])

    def __init__(self, concepts: Named, **values: Any) -> None:
        super().__init__(**values)
        by_name = sorted((called(names), key) for key, names in concepts.items())
        self.concept.choices = choices(("", _("Choose a concept")), *((key, name) for name, key in by_name))


class ConceptForm(StemsForm):
    """A concept of the municipality's own."""

    name_sv, name_nb = Line(_l("Name in Swedish")), Line(_l("Name in Bokmål"))
    name_nn, name_en = Line(_l("Name in Nynorsk")), Line(_l("Name in English"))
    # Again, so that they come after the names.
    stems = Text(_l("Words"), [Filled(_l("Write at least one word."))])
    area = SelectField(_l("Area"))
    goals = SelectMultipleField(_l("Sustainable Development Goals"))

    def __init__(self, areas: Named, languages: Iterable[str], **values: Any) -> None:
        super().__init__(**values)
        self._order = list(dict.fromkeys([*languages, *locale.LANGUAGES]))
        by_name = sorted((called(names), key) for key, names in areas.items() if key != OWN_AREA)
        own = (OWN_AREA, called(areas[OWN_AREA]))
        self.area.choices = choices(own, *((key, name) for name, key in by_name))
        self.area.data = self.area.data or OWN_AREA
        self.goals.choices = choices(*((str(number), goal) for number, goal in GOAL_WORDS.items()))

    @property
    def name_fields(self) -> list[tuple[str, Any]]:
        """(language, field), the municipality's languages first."""
        return [(lang, self[f"name_{lang}"]) for lang in self._order]

    @property
    def names(self) -> dict[str, str]:
        """The names that are there."""
        return words.names_in({lang: field.data for lang, field in self.name_fields})

    def entry(self, key: str, los: str | None = None) -> Entry:
        """What the form says of a concept."""
        goals = tuple(int(number) for number in self.goals.data or () if number.isdecimal())
        return Entry(key, self.found, False, self.names, str(self.area.data), goals, los)

    def field_for(self, problem: Problem) -> Any:
        names = {field.data: field for _lang, field in reversed(self.name_fields)}
        first = self.name_fields[0][1]
        subject = problem.code.split("-")[0]
        places = {"name": names.get(problem.value, first), "goal": self.goals, "goals": self.goals,
                  "area": self.area}
        return places.get(subject, self.stems)


class TryForm(Form):
    """Some text to try the words on."""

    text = Text(
        _l("A sentence or a whole idea"),
        [Filled(_l("Write something to try the words on")), AtMost(LONGEST_TRIAL)],
    )


class FileForm(Form):
    """A file with words."""

    file = OneFile(_l("File"), [Filled(_l("Choose a file"))])


class StoreForm(Form):
    """A file that was read, on its way to being stored: its entries as JSON."""

    content = TextAreaField(_l("File"))


class DownloadForm(Form):
    """Which kind of file."""

    format = SelectField(_l("Format"), choices=choices(*((f.value, f.value) for f in Format)))


class SearchForm(Form):
    """Search of the list; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Search"), filters=[clean_line])


class ChangeForm(VersionForm):
    """A button about something the page showed: an entry's version, or a change's number."""

    change = HiddenField()

    @property
    def seen_change(self) -> int:
        return whole_number(self.change.data)


def called(names: Mapping[str, str]) -> str:
    """A concept's or an area's name as the reader says it."""
    return locale.in_language(names, locale.current())[0]
