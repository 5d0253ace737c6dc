"""The words of the interface, kept complete: ``python tools/words.py COMMAND``.

The source strings are in English, in the code and the templates. What each language says is in
``translations/LANGUAGE/LC_MESSAGES/messages.po``; ``check`` reads both and needs no file between.
"""

import argparse
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import PoFileError, read_po, write_po

LANGUAGES = ("sv", "nb", "nn", "en")
PLURALS = "nplurals=2; plural=(n != 1);"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
# No dates, names or addresses: a catalogue changes when its words do.
HEADER = """\
# Words of the interface; the source strings are the English ones.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
# Bokmål that Nynorsk spells otherwise; a translator's slip more often than a quotation.
BOKMAL = {
    "ikke", "fra", "hva", "hvem", "hvor", "hvordan", "hvorfor", "hvilken", "hvilket", "hvilke", "hver",
    "hvert", "hvis", "jeg", "noe", "noen", "en", "et", "mer", "mye", "flere", "ideer", "innbygger",
    "innbyggere", "være", "gjøre", "gjør", "kommer", "bare", "uten", "selv", "sammen", "siden", "innen",
    "navn", "annet", "finnes", "trenger", "spørre", "svarene", "opplysningene", "nødvendig", "offentlig",
    "ansvarlig",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


class BadWords(RuntimeError):
    """A file of words cannot be used; the message says why."""


# ---- reading and writing


def catalogue_path(root: Path, language: str) -> Path:
    return root / "translations" / language / "LC_MESSAGES" / "messages.po"


def extracted(root: Path) -> Catalog:
    """Every source string of code and templates, with the files it stands in."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options_map = parse_mapping_cfg(file, "babel.cfg")  # type: ignore[no-untyped-call]
    found = Catalog(charset="utf-8", fuzzy=False)
    for filename, line, words, _comments, context in extract_from_dir(
        root, method_map, options_map, keywords=KEYWORDS
    ):
        found.add(words, None, [(filename.replace("\\", "/"), line)], context=context)
    return found


def load(root: Path, language: str) -> Catalog:
    """A language's catalogue as it is.

    Raises
    ------
    BadWords
        If there is none or it cannot be read.
    """
    path = catalogue_path(root, language)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise BadWords(f"{path}: {error}") from error


def save(root: Path, language: str, catalogue: Catalog) -> None:
    """Write a catalogue sorted, unwrapped and without line numbers, so that changes stay small."""
    path = catalogue_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEADER.format(language=language, plurals=PLURALS) + _messages_of(catalogue), encoding="utf-8"
    )


def _messages_of(catalogue: Catalog) -> str:
    written = io.BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return written.getvalue().decode("utf-8")


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header, in the order of their source strings."""
    return iter(sorted((m for m in catalogue if m.id), key=lambda m: forms(m.id)))


def forms(words: object) -> tuple[str, ...]:
    """The one or two forms of a source string or of a translation."""
    return tuple(words) if isinstance(words, (list, tuple)) else (str(words or ""),)


def is_done(message: Message | None) -> bool:
    """Whether every form of a message has words."""
    return message is not None and all(forms(message.string))


# ---- what is wrong


def problems(root: Path) -> list[str]:
    """Everything wrong in any of the catalogues, one sentence each."""
    template = extracted(root)
    found = []
    for language in LANGUAGES:
        try:
            catalogue = load(root, language)
        except BadWords as error:
            found.append(str(error))
            continue
        found += [f"{language}: {problem}" for problem in _problems_of(language, catalogue, template)]
    return found


def _problems_of(language: str, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    headers = {name.lower(): value for name, value in catalogue.mime_headers}
    if headers.get("plural-forms") != PLURALS.rstrip():
        yield f"header: Plural-Forms must be “{PLURALS}”"
    for message in messages(template):
        known = catalogue.get(message.id, message.context)
        if known is None or forms(known.id) != forms(message.id):
            yield f"missing: {forms(message.id)[0]!r}"
        else:
            yield from (f"{problem}: {forms(message.id)[0]!r}" for problem in _wrong_in(language, known))
    for known in messages(catalogue):
        if template.get(known.id, known.context) is None:
            yield f"obsolete: {forms(known.id)[0]!r}"
    for known in catalogue.obsolete.values():
        yield f"obsolete: {forms(known.id)[0]!r}"


def _wrong_in(language: str, message: Message) -> Iterator[str]:
    source, said = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if len(source) != len(said):
        yield f"{len(said)} plural forms instead of {len(source)}"
    if not is_done(message):
        yield "untranslated"
        return
    for number, words in enumerate(said):
        yield from _wrong_form(language, source, min(number, len(source) - 1), words)


def _wrong_form(language: str, source: tuple[str, ...], number: int, words: str) -> Iterator[str]:
    # One of a thing may name its number or not; many must.
    wanted = {frozenset(PLACEHOLDER.findall(source[number]))}
    if number == 0:
        wanted.add(frozenset(PLACEHOLDER.findall(source[-1])))
    if frozenset(PLACEHOLDER.findall(words)) not in wanted or not _can_be_filled(words, source):
        yield f"placeholders differ ({words!r})"
    if words != words.strip():
        yield "white space around the translation"
    if _ending(words) != _ending(source[number]):
        yield f"ends otherwise than its source ({words!r})"
    if language == "nn" and (slips := BOKMAL & set(re.findall(r"\w+", words.lower()))):
        yield f"Bokmål in Nynorsk ({', '.join(sorted(slips))})"
    if language != "en" and words == source[number] and len(words.split()) > 3:
        yield "the same as the English"


def _can_be_filled(words: str, source: tuple[str, ...]) -> bool:
    """Whether every per cent sign of a sentence with placeholders is one, or doubled."""
    if not any(PLACEHOLDER.search(form) for form in source):
        return True
    return "%" not in re.sub(r"%\(\w+\)[sd]|%%", "", words)


def _ending(words: str) -> str:
    found = re.search(r"(\.\.\.|[.!?:;…,])[”»\"’)]?$", words)
    return found.group(1) if found else ""


# ---- commands


def extract(root: Path, _arguments: argparse.Namespace) -> int:
    """write translations/messages.pot for other tools (it is not kept in the repository)"""
    path = root / "translations" / "messages.pot"
    path.write_text(
        HEADER.format(language="", plurals=PLURALS) + _messages_of(extracted(root)), encoding="utf-8"
    )
    return 0


def update(root: Path, _arguments: argparse.Namespace) -> int:
    """bring every catalogue in line with code and templates, keeping what is translated"""
    template = extracted(root)
    for language in LANGUAGES:
        known = load(root, language) if catalogue_path(root, language).exists() else Catalog(locale=language)
        merged = Catalog(locale=language, charset="utf-8", fuzzy=False)
        for message in messages(template):
            before = known.get(message.id, message.context)
            if before is None or forms(before.id) != forms(message.id):
                before = Message(message.id)
            merged.add(message.id, before.string, message.locations, context=message.context,
                       flags=before.flags & {"fuzzy"})
        save(root, language, merged)
    return 0


def check(root: Path, _arguments: argparse.Namespace) -> int:
    """fail where a word is missing, fuzzy, obsolete or wrong in form"""
    found = problems(root)
    for problem in found:
        print(problem)
    print(f"words: {len(found)} problems" if found else "words: complete in " + ", ".join(LANGUAGES))
    return 1 if found else 0


def fill_en(root: Path, _arguments: argparse.Namespace) -> int:
    """make the English catalogue say its source strings"""
    catalogue = load(root, "en")
    for message in messages(catalogue):
        message.string = message.id
    save(root, "en", catalogue)
    return 0


def missing(root: Path, arguments: argparse.Namespace) -> int:
    """print as JSON what a language still lacks, with the files each string stands in"""
    catalogue = load(root, arguments.language)
    lacking = [
        {"msgid": forms(m.id)[0], **({"plural": m.id[1]} if m.pluralizable else {}),
         "files": sorted({filename for filename, _line in m.locations})}
        for m in messages(extracted(root)) if not is_done(catalogue.get(m.id, m.context))
    ]
    print(json.dumps(lacking, ensure_ascii=False, indent=1))
    return 0


def apply(root: Path, arguments: argparse.Namespace) -> int:
    """write translations from a JSON file: {"source string": "words" or ["one", "other"]}"""
    given = json.loads(Path(arguments.file).read_text(encoding="utf-8"))
    catalogue = load(root, arguments.language)
    for source, words in given.items():
        message = catalogue.get(source)
        if message is None:
            raise BadWords(f"No such source string (update first?): {source!r}")
        if len(forms(words)) != len(forms(message.id)):
            raise BadWords(f"{len(forms(message.id))} forms are needed: {source!r}")
        message.string = tuple(words) if message.pluralizable else words
        message.flags.discard("fuzzy")
    save(root, arguments.language, catalogue)
    return 0


COMMANDS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "extract": extract, "update": update, "check": check, "fill-en": fill_en, "missing": missing,
    "apply": apply,
}


def main(line: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="The words of the interface, kept complete.")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent, help="of the repository")
    subparsers = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        sub = subparsers.add_parser(name, help=command.__doc__)
        if name in ("missing", "apply"):
            sub.add_argument("language", choices=LANGUAGES)
        if name == "apply":
            sub.add_argument("file")
    arguments = parser.parse_args(line)
    try:
        return COMMANDS[arguments.command](arguments.root.resolve(), arguments)
    except BadWords as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
