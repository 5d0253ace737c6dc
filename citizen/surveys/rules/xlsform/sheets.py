"""Columns, languages and lists of choices of a workbook."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from citizen.base.tables import Row, Table
from citizen.base.words import clean_text
from citizen.surveys.rules.xlsform import languages as names

_ALIASES = {"relevance": "relevant", "list_name": "list name", "value": "name", "caption": "label",
            "command": "type", "read_only": "readonly", "choice filter": "choice_filter"}


_TAGS = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|p|div|br|h[1-6]|ul|ol|li|small|sup|sub)\b[^>]*>", re.I)
_LINK, _BOLD = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)"), re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def plain(text: str) -> str:
    """A text without the markup that such workbooks can have; addresses stay, in brackets."""
    text = _TAGS.sub(lambda found: "\n" if found[0].lower().startswith(("<br", "</p")) else "", text)
    return clean_text(_BOLD.sub(r"\2", _LINK.sub(r"\1 (\2)", text)))


@dataclass(frozen=True)
class Choice:
    """One choice of a list."""

    name: str
    texts: dict[str, str]


@dataclass(frozen=True)
class Languages:
    """The languages of a workbook.

    Attributes
    ----------
    ours : those that a survey can be in, the first first.
    others : what columns say that are in none of ours.
    default : of columns that say none.
    columns : header → (what it holds, its language).
    stand_in : what columns say whose texts are taken for the default's, where no column is in one of ours.
    """

    ours: tuple[str, ...]
    others: tuple[str, ...]
    default: str
    columns: Mapping[str, tuple[str, str]]
    stand_in: str = ""

    def plain(self, row: Row) -> dict[str, str]:
        """What a row holds that is in no language, by the names of columns."""
        return {
            self.columns[header][0]: value.strip() for header, value in row.cells.items()
            if value.strip() and not self.columns[header][1]
        }

    def texts(self, row: Row, what: str) -> dict[str, str]:
        """A row's texts of a kind, per language of ours."""
        found: dict[str, str] = {}
        for header, value in row.cells.items():
            known, told = self.columns[header]
            language = self._of(told)
            if known == what and value.strip() and language:
                found.setdefault(language, plain(value))
        return {language: found[language] for language in self.ours if language in found}

    def has_markup(self, row: Row) -> bool:
        """Whether a row's texts have markup."""
        return any(
            self.columns[header][0] in ("label", "hint") and plain(value) != clean_text(value)
            for header, value in row.cells.items()
        )

    def setting(self, settings: Mapping[str, str], what: str) -> dict[str, str]:
        """A setting's texts, per language of ours."""
        told = {names.column(header): value for header, value in settings.items() if value}
        found = {self._of(language): text for (known, language), text in told.items() if known == what}
        return {language: found[language] for language in self.ours if language in found}

    def _of(self, told: str) -> str | None:
        if not told or told == self.stand_in:
            return self.default
        return names.language(told)


def languages_of(sheets: Mapping[str, Table], settings: Mapping[str, str], fallback: str) -> Languages:
    """Which languages a workbook is in; ``fallback`` where it says nothing that we know."""
    columns = {header: _column(header) for sheet in sheets.values() for header in sheet.columns if header}
    labels = [told for what, told in columns.values() if what in ("label", "hint")]
    told = list(dict.fromkeys(one for one in labels if one))
    ours = [found for one in told if (found := names.language(one))]
    first = settings.get("default_language", "")
    default = names.language(first) or (ours[0] if ours else fallback)
    if "" in labels or not ours:
        ours.insert(0, default)
    ordered = tuple(dict.fromkeys(sorted(ours, key=lambda one: one != default)))
    others = [one for one in told if not names.language(one)]
    stand_in = "" if "" in labels or len(others) < len(told) or not others else (
        first if first in others else others[0])
    return Languages(ordered, tuple(others), default, columns, stand_in)


def _column(header: str) -> tuple[str, str]:
    what, told = names.column(header)
    return _ALIASES.get(what, what), told


def choices_of(sheet: Table | None, languages: Languages) -> dict[str, list[Choice]]:
    """List → its choices, each name once."""
    found: dict[str, dict[str, Choice]] = {}
    for row in sheet.rows if sheet else ():
        cells = languages.plain(row)
        name, listed = cells.get("name", ""), cells.get("list name", "")
        if name and listed:
            texts = languages.texts(row, "label") or {languages.default: name}
            found.setdefault(listed, {}).setdefault(name, Choice(name, texts))
    return {listed: list(choices.values()) for listed, choices in found.items()}
