"""A workbook's sheets as a survey, and the list of what it could not take over."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from citizen.base.tables import Row, Sought, Table, read_sheets
from citizen.surveys.rules.document import Document, Kind, Question, Texts
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.piping import mark
from citizen.surveys.rules.xlsform import expressions
from citizen.surveys.rules.xlsform.expressions import Told
from citizen.surveys.rules.xlsform.left import Left, Why
from citizen.surveys.rules.xlsform.pages import Pages
from citizen.surveys.rules.xlsform.questions import DECIMALS, Asks, question_of
from citizen.surveys.rules.xlsform.sheets import Choice, Languages, choices_of, languages_of

LARGEST_FILE, LARGEST_UNPACKED, MOST_ROWS = 2 * 1024 * 1024, 64 * 1024 * 1024, 20_000
_SOUGHT = Sought(
    lambda _names: {}, "survey", largest=LARGEST_FILE, unpacked=LARGEST_UNPACKED, rows=MOST_ROWS
)
_META = {
    "start", "end", "today", "deviceid", "phonenumber", "phone_number", "username", "email", "audit",
    "calculate", "hidden", "simserial", "subscriberid", "imei", "start-geopoint", "background-audio",
}
_SIMPLE = {
    "text": Kind.SHORT, "string": Kind.SHORT, "integer": Kind.NUMBER, "int": Kind.NUMBER,
    "decimal": Kind.NUMBER, "date": Kind.DATE, "geopoint": Kind.PLACE, "image": Kind.PHOTO,
    "photo": Kind.PHOTO, "note": Kind.STATEMENT, "range": Kind.SCALE,
}
_CHOICE = re.compile(
    r"^(select[ _]one(?: from)?|select1|select[ _]multiple(?: from)?|select all that apply(?: from)?|rank)"
    r"\s+([\w.-]+)(\s+or[ _](?:other|specify[ _]other))?$",
    re.IGNORECASE,
)
_BEGIN, _END = re.compile(r"^begin[ _]+(\w+)"), re.compile(r"^end[ _]+(\w+)")
_YES = {"yes", "true", "true()", "1"}
_QUIET = {"", "field-list", "table-list", "multiline", "likert", "randomize"}
_KNOWN = {
    "type", "name", "label", "hint", "relevant", "constraint", "required", "appearance", "choice_filter",
    "parameters", "constraint_message", "required_message",
}


class NoSurvey(ValueError):
    """The file is no XLSForm. ``kind``: what is missing, ``no_sheet``, ``no_columns`` or ``no_questions``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Read:
    """A survey as it was read, and what is not in it."""

    document: Document
    texts: Texts
    left: tuple[Left, ...]


def read(content: bytes, language: str, words: Mapping[str, Mapping[str, str]]) -> Read:
    """The survey in a workbook.

    Parameters
    ----------
    language : of texts that say none.
    words : language → "other", what an option is called that others are written beside.

    Raises
    ------
    NoSurvey, UnreadableFile
        If there is none.
    """
    sheets = read_sheets(content, ("survey", "choices", "settings"), _SOUGHT)
    if "survey" not in sheets:
        raise NoSurvey("no_sheet")
    reader = Reader(sheets, language, words)
    for row in sheets["survey"].rows:
        reader.take(row)
    return reader.finished()


@dataclass
class Reader:
    """Takes a survey's rows one after the other."""

    sheets: Mapping[str, Table]
    language: str
    words: Mapping[str, Mapping[str, str]]
    left: list[Left] = field(default_factory=list)
    questions: dict[str, Told] = field(default_factory=dict)
    pages: Pages = field(default_factory=Pages)

    def __post_init__(self) -> None:
        settings = self.sheets.get("settings")
        rows = settings.rows if settings else []
        self.settings = {name.lower(): value for name, value in rows[0].cells.items()} if rows else {}
        self.languages: Languages = languages_of(self.sheets, self.settings, self.language)
        self.left += [Left(0, told, Why.LANGUAGE) for told in self.languages.others]
        if not {"type", "name"} <= {what for what, _told in self.languages.columns.values()}:
            raise NoSurvey("no_columns")
        self.choices: dict[str, list[Choice]] = choices_of(self.sheets.get("choices"), self.languages)
        self.repeats = 0

    def take(self, row: Row) -> None:
        """One row of the sheet: a question, or where a group begins or ends."""
        cells = self.languages.plain(row)
        kind = " ".join(cells.get("type", "").split()).lower()
        if not kind:
            return
        if cells.get("disabled", "").lower() in _YES:
            self._leave(row, cells, Why.COLUMN, "disabled")
            return
        begins, ends = _BEGIN.match(kind), _END.match(kind)
        if self.repeats or (begins and begins[1] != "group"):
            self._skip(row, cells, kind, begins=bool(begins), ends=bool(ends))
        elif begins:
            self._note_rest(row, cells)
            self.pages.begin(
                cells.get("name", ""), self.languages.texts(row, "label"), self._condition(row, cells),
                matrix="table-list" in cells.get("appearance", ""),
            )
        elif ends:
            if not self.pages.end():
                self._leave(row, cells, Why.UNPAIRED, kind)
        else:
            self._question(row, cells, kind)

    def _skip(self, row: Row, cells: Mapping[str, str], kind: str, *, begins: bool, ends: bool) -> None:
        """What is asked over and over, and all within it."""
        if not ends:
            self._leave(row, cells, Why.REPEAT, kind)
        self.repeats += begins - ends

    def _question(self, row: Row, cells: Mapping[str, str], kind: str) -> None:
        asks = self._asks(row, cells, kind)
        if asks is None:
            return
        texts = self.languages.texts(row, "label") or self.languages.texts(row, "hint")
        if not texts:
            self._leave(row, cells, Why.NO_LABEL, asks.name)
            texts = {self.languages.ours[0]: asks.name}
        self._note_rest(row, cells)
        hints = self.languages.texts(row, "hint") if self.languages.texts(row, "label") else {}
        question = question_of(asks, cells, texts, hints)
        self._limits(row, cells, question)
        if show_if := self._condition(row, cells):
            question["show_if"] = show_if
        if not self._is_beside(question):
            self.questions[asks.name] = question
            self.pages.add(question)

    def _asks(self, row: Row, cells: Mapping[str, str], kind: str) -> Asks | None:
        name = self._name(row, cells)
        if kind in _META:
            self._leave(row, cells, Why.TYPE, kind)
            return None
        if kind in _SIMPLE:
            return Asks(name, _SIMPLE[kind], decimals=DECIMALS if kind == "decimal" else 0) if name else None
        chosen = _CHOICE.match(" ".join(cells["type"].split()))
        if chosen is None or not name:
            if name:
                self._leave(row, cells, Why.TYPE, kind)
            return None
        if not self.choices.get(chosen[2]):
            self._leave(row, cells, Why.NO_LIST, chosen[2])
            return None
        many = {"r": Kind.RANKING, "s": Kind.ONE}[chosen[1][0].lower()]
        several = re.search(r"multiple|all that", chosen[1], re.IGNORECASE)
        return Asks(name, Kind.SEVERAL if several else many, tuple(self.choices[chosen[2]]),
                    other=dict(self._other()) if chosen[3] else None, list=chosen[2])

    def _other(self) -> Iterable[tuple[str, str]]:
        return ((language, self.words[language]["other"]) for language in self.languages.ours)

    def _name(self, row: Row, cells: Mapping[str, str]) -> str:
        name = cells.get("name", "")
        if not name:
            self._leave(row, cells, Why.UNNAMED, cells["type"])
        elif name in self.questions:
            self._leave(row, cells, Why.SAME_NAME, name)
            return ""
        return name

    def _is_beside(self, question: Told) -> bool:
        """Whether a question asks for the words beside an option: ``travel_other_text``."""
        test = question.get("show_if", {}).get("every", [{}])[0]
        asked = self.questions.get(test.get("question", ""))
        if asked is None or question["kind"] != Kind.SHORT or asked["kind"] not in (Kind.ONE, Kind.SEVERAL):
            return False
        if question["name"] != f"{asked['name']}_{test.get('option')}_text":
            return False
        next(one for one in asked["options"] if one["name"] == test["option"])["writes"] = True
        return True

    def _condition(self, row: Row, cells: Mapping[str, str]) -> Told | None:
        text = cells.get("relevant", "")
        if not text:
            return None
        known = {name: told for name, told in self.questions.items() if name not in self.pages.absorbed}
        found = expressions.condition(text, known)
        if found is None:
            self._leave(row, cells, Why.CONDITION, text)
        return found

    def _limits(self, row: Row, cells: Mapping[str, str], question: Told) -> None:
        required = cells.get("required", "").strip().lower().replace(" ", "")
        if required in _YES:
            question["required"] = question["kind"] != Kind.STATEMENT
        elif required not in ("", "no", "false", "false()", "0"):
            self._leave(row, cells, Why.REQUIRED, cells["required"])
        if not (constraint := cells.get("constraint", "")):
            return
        kind = Kind(question["kind"])
        found, complete = expressions.limits(constraint, kind, whole=not question.get("decimals"))
        if kind not in (Kind.NUMBER, Kind.SHORT, Kind.LONG, Kind.SEVERAL, Kind.RANKING):
            complete = False
        else:
            question |= found
        if not complete:
            self._leave(row, cells, Why.LIMIT, constraint)

    def _note_rest(self, row: Row, cells: Mapping[str, str]) -> None:
        if self.languages.has_markup(row):
            self._leave(row, cells, Why.MARKUP, "")
        if cells.get("choice_filter"):
            self._leave(row, cells, Why.FILTER, cells["choice_filter"])
        for word in cells.get("appearance", "").split():
            if word not in _QUIET:
                self._leave(row, cells, Why.LOOKS, word)
        for header, value in row.cells.items():
            if value.strip() and not header.startswith("$") and (
                    self.languages.columns[header][0] not in _KNOWN):
                self._leave(row, cells, Why.COLUMN, header)

    def _leave(self, row: Row, cells: Mapping[str, str], why: Why, value: str) -> None:
        self.left.append(Left(row.line, cells.get("name", ""), why, value))

    def finished(self) -> Read:
        """The survey, once all rows are taken."""
        outline = self.pages.outline()
        if not any(page["questions"] for page in outline["pages"]):
            raise NoSurvey("no_questions")
        self.left += [Left(0, name, Why.CONDITION) for name in self.pages.unsaid]
        title = self.languages.setting(self.settings, "form_title") or {
            self.languages.ours[0]: self.settings.get("form_id") or "XLSForm"}
        document, texts = from_outline({"languages": self.languages.ours, "title": title, **outline})
        return Read(document, self._with_references(document.questions, texts), tuple(self.left))

    def _with_references(self, questions: Iterable[Question], texts: Texts) -> Texts:
        """Texts in which earlier answers are asked for as ours ask for them."""
        ids = {question.code: question.id for question in questions}

        def ours(found: re.Match[str]) -> str:
            return mark(ids[found[1]]) if found[1] in ids else self._unknown(found[0])

        return {
            key: {language: re.sub(r"\$\{\s*([\w.-]+)\s*\}", ours, text) for language, text in told.items()}
            for key, told in texts.items()
        }

    def _unknown(self, reference: str) -> str:
        left = Left(0, reference, Why.REFERENCE)
        if left not in self.left:
            self.left.append(left)
        return reference
