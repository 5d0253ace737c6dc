"""A whole survey as somebody writes it down in one file, with names in place of ids.

``{"languages": […], "title": {language: text}, "pages": [{"title": …, "questions": [{"name": "travel",
"kind": "one", "text": …, "options": [{"name": "bus", "text": …}]}], "show_if": {"question": "travel",
"op": "is", "option": "bus"}}]}``. A condition may also be ``{"every": [tests]}`` or ``{"any": [tests]}``. A
page's ``jumps`` are ``[{"if": condition, "to": name of a page, or "end"}]``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from citizen.surveys.rules.document import (
    DONT_KNOW,
    END,
    NOT_SAY,
    Condition,
    Document,
    Jump,
    Kind,
    Op,
    Option,
    Page,
    Question,
    Row,
    Test,
    Texts,
)

_PLAIN = (
    "required", "least", "most", "decimals", "random", "dont_know", "not_say", "contributes", "background",
)


@dataclass
class _Reader:
    """Gives ids in the order of the file, and remembers which name has which."""

    texts: Texts = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    options: dict[tuple[str, str], str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    next_id: int = 1

    def id(self, prefix: str) -> str:
        self.next_id += 1
        return f"{prefix}{self.next_id - 1}"

    def say(self, key: str, texts: Mapping[str, str] | None) -> None:
        if texts:
            self.texts[key] = dict(texts)

    def page(self, told: Mapping[str, Any]) -> Page:
        page_id = self.pages[told.get("name", "")] = self.id("p")
        self.say(f"{page_id}.title", told.get("title"))
        self.say(f"{page_id}.text", told.get("text"))
        show_if = self.condition(told.get("show_if"))
        return Page(page_id, tuple(self.question(q) for q in told.get("questions", ())), show_if)

    def question(self, told: Mapping[str, Any]) -> Question:
        question_id = self.id("q")
        self.questions[told["name"]] = question_id
        self.say(f"{question_id}.text", told["text"])
        self.say(f"{question_id}.help", told.get("help"))
        self.say(f"{question_id}.unit", told.get("unit"))
        for point, words in told.get("points", {}).items():
            self.say(f"{question_id}.{point}", words)
        return Question(
            id=question_id, code=told["name"], kind=Kind(told["kind"]),
            options=tuple(self.option(question_id, told["name"], o) for o in told.get("options", ())),
            rows=tuple(self.row(question_id, r) for r in told.get("rows", ())),
            show_if=self.condition(told.get("show_if")),
            **{name: told[name] for name in _PLAIN if name in told},
        )

    def option(self, question_id: str, question: str, told: Mapping[str, Any]) -> Option:
        option_id = self.options[question, told["name"]] = self.id("o")
        self.say(f"{question_id}.{option_id}", told["text"])
        flags = {name: bool(told.get(name)) for name in ("writes", "exclusive", "fixed")}
        return Option(option_id, told["name"], **flags)

    def row(self, question_id: str, told: Mapping[str, Any]) -> Row:
        row_id = self.id("r")
        self.say(f"{question_id}.{row_id}", told["text"])
        return Row(row_id, told["name"])

    def condition(self, told: Mapping[str, Any] | None) -> Condition | None:
        if not told:
            return None
        if "question" in told:
            return Condition((self.test(told),))
        every = "every" in told
        return Condition(tuple(self.test(t) for t in told["every" if every else "any"]), every)

    def test(self, told: Mapping[str, Any]) -> Test:
        question = told["question"]
        option = told.get("option")
        if option is not None and option not in (DONT_KNOW, NOT_SAY):
            # A scale has points, which are named by themselves.
            option = self.options.get((question, option), option)
        return Test(self.questions[question], Op(told["op"]), str(option if option is not None else
                                                                   told.get("value", "")))


def from_outline(told: Mapping[str, Any]) -> tuple[Document, Texts]:
    """The document and the texts that an outline tells.

    Raises
    ------
    KeyError
        If something is missing, or a condition names a question that stands nowhere before it.
    ValueError
        If a kind or an operation is unknown.
    """
    reader = _Reader()
    for key in ("title", "intro", "thanks"):
        reader.say(key, told.get(key))
    pages = [reader.page(page) for page in told["pages"]]
    with_jumps = tuple(
        Page(page.id, page.questions, page.show_if, tuple(
            Jump(reader.condition(jump["if"]) or Condition(()),
                 END if jump["to"] == END else reader.pages[jump["to"]])
            for jump in outline.get("jumps", ())
        ))
        for page, outline in zip(pages, told["pages"], strict=True)
    )
    return Document(tuple(told["languages"]), with_jumps, reader.next_id), reader.texts
