"""The check of words finds what is wrong with them: tried on a small copy of the house."""

import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from citizen.app import ROOT
from tools import words

PAGE = """
{{ _("Welcome to the municipality") }}
{{ _("Written by %(name)s", name=name) }}
{{ ngettext("%(count)s idea", "%(count)s ideas", n, count=n) }}
"""
TRANSLATIONS = {
    "sv": {"Welcome to the municipality": "Välkommen till kommunen",
           "Written by %(name)s": "Skrivet av %(name)s",
           "%(count)s idea": ["%(count)s idé", "%(count)s idéer"]},
    "nb": {"Welcome to the municipality": "Velkommen til kommunen",
           "Written by %(name)s": "Skrevet av %(name)s",
           "%(count)s idea": ["%(count)s idé", "%(count)s ideer"]},
    "nn": {"Welcome to the municipality": "Velkomen til kommunen",
           "Written by %(name)s": "Skrive av %(name)s",
           "%(count)s idea": ["%(count)s idé", "%(count)s idear"]},
}


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    said: str


class House:
    """A folder with one page, the four catalogues, and the tool."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "templates").mkdir()
        (root / "citizen").mkdir()
        (root / "babel.cfg").write_text((ROOT / "babel.cfg").read_text())
        self.page(PAGE)
        for language in words.LANGUAGES:
            self.catalogue(language).parent.mkdir(parents=True)
        self.run("update")
        self.run("fill-en")
        for language, said in TRANSLATIONS.items():
            self.apply(language, said)

    def page(self, text: str) -> None:
        (self.root / "templates" / "page.html").write_text(text, encoding="utf-8")

    def catalogue(self, language: str) -> Path:
        return self.root / "translations" / language / "LC_MESSAGES" / "messages.po"

    def apply(self, language: str, said: Mapping[str, object]) -> Ended:
        file = self.root / "words.json"
        file.write_text(json.dumps(said), encoding="utf-8")
        return self.run("apply", language, str(file))

    def change(self, language: str, before: str, after: str) -> None:
        path = self.catalogue(language)
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def run(self, *line: str) -> Ended:
        with redirect_stdout(io.StringIO()) as said:
            code = words.main(["--root", str(self.root), *line])
        return Ended(code, said.getvalue())


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_complete_words_pass(house: House) -> None:
    done = house.run("check")
    assert done.code == 0, done.said


@pytest.mark.parametrize(("spoil", "told"), [
    (lambda h: h.page(PAGE + '{{ _("A new sentence") }}'), "sv: missing: 'A new sentence'"),
    (lambda h: h.page("{{ _('Only this') }}"), "nn: obsolete: 'Welcome to the municipality'"),
    (lambda h: h.change("nn", '"Velkomen til kommunen"', '""'), "nn: untranslated"),
    (lambda h: h.change("nb", "#, python-format\nmsgid \"Wr", "#, fuzzy\nmsgid \"Wr"), "nb: fuzzy"),
    (lambda h: h.change("sv", "Skrivet av %(name)s", "Skrivet av %(namn)s"), "sv: placeholders differ"),
    (lambda h: h.change("sv", "Skrivet av %(name)s", "Skrivet"), "sv: placeholders differ"),
    (lambda h: h.change("sv", "Skrivet av %(name)s", "100 % av %(name)s"), "sv: placeholders differ"),
    (lambda h: h.change("nn", "%(count)s idear", "mange idear"), "nn: placeholders differ"),
    (lambda h: h.change("nn", "Velkomen til kommunen", "Velkomen fra kommunen"),
     "nn: Bokmål in Nynorsk (fra)"),
    (lambda h: h.change("sv", "Välkommen till kommunen", "Välkommen till kommunen."),
     "sv: ends otherwise"),
    (lambda h: h.change("sv", "Välkommen till kommunen", " Välkommen till kommunen"),
     "sv: white space"),
    (lambda h: h.change("nb", "Velkommen til kommunen", "Welcome to the municipality"),
     "nb: the same as the English"),
    (lambda h: h.change("sv", "nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n > 1);"), "sv: header"),
    (lambda h: h.catalogue("nn").unlink(), "messages.po"),
])
def test_what_is_wrong_is_told_and_fails(house: House, spoil: Callable[[House], object], told: str) -> None:
    spoil(house)
    done = house.run("check")
    assert done.code == 1
    assert told in done.said


def test_updating_keeps_what_is_translated_and_drops_what_is_gone(house: House) -> None:
    house.page('{{ _("Written by %(name)s", name=name) }} {{ _("A new sentence") }}')
    assert house.run("update").code == 0
    text = house.catalogue("nn").read_text(encoding="utf-8")
    assert "Skrive av %(name)s" in text
    assert "A new sentence" in text
    assert "municipality" not in text
    assert json.loads(house.run("missing", "nn").said) == [
        {"msgid": "A new sentence", "files": ["templates/page.html"]}
    ]


def test_updating_twice_changes_nothing(house: House) -> None:
    before = house.catalogue("sv").read_text(encoding="utf-8")
    house.page("\n\n\n" + PAGE)
    house.run("update")
    assert house.catalogue("sv").read_text(encoding="utf-8") == before


def test_words_for_an_unknown_sentence_or_in_too_few_forms_are_refused(house: House) -> None:
    assert house.apply("nn", {"Never said": "Aldri sagt"}).code == 1
    assert house.apply("nn", {"%(count)s idea": "%(count)s idear"}).code == 1
