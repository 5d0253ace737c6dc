"""Groups and questions as pages: a group begins one, and none is long or asks for its own answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from citizen.surveys.rules.document import Kind
from citizen.surveys.rules.xlsform.expressions import Told, merged

MOST_ON_A_PAGE = 4


@dataclass
class _Group:
    name: str
    texts: dict[str, str]
    show_if: Told | None
    matrix: bool
    members: list[Told] = field(default_factory=list)


@dataclass
class Pages:
    """Pages as they come.

    Attributes
    ----------
    unsaid : groups whose condition cannot be said together with what is around them.
    absorbed : rows that became part of something else, so that no condition can ask for them.
    """

    made: list[Told] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    absorbed: set[str] = field(default_factory=set)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    _groups: list[_Group] = field(default_factory=list)
    _fresh: bool = True

    def begin(self, name: str, texts: dict[str, str], show_if: Told | None, *, matrix: bool) -> None:
        """A group begins; one that lists choices in a table becomes one question."""
        self._groups.append(_Group(name, texts, show_if, matrix))
        self._fresh = self._fresh or not matrix

    def end(self) -> bool:
        """A group ends. Gives whether one had begun."""
        if not self._groups:
            return False
        group = self._groups.pop()
        if group.matrix:
            self._add_table(group)
        else:
            self._fresh = True
        return True

    def add(self, question: Told) -> None:
        """A question, on this page or the next."""
        if self._groups and self._groups[-1].matrix:
            self._groups[-1].members.append(question)
        elif not self._is_of_page(question):
            self._put(question)

    def _is_of_page(self, question: Told) -> bool:
        """Statements of certain names are what a page, or the survey, says itself."""
        if question["kind"] != Kind.STATEMENT or "show_if" in question:
            return False
        if not self._groups and question["name"] in ("intro", "thanks"):
            self.texts[question["name"]] = question["text"]
            self.absorbed.add(question["name"])
            return True
        if self._groups and self._fresh and question["name"] == f"{self._groups[-1].name}_text":
            self._page()["text"] = question["text"]
            self.absorbed.add(question["name"])
            return True
        return False

    def _put(self, question: Told) -> None:
        here = self.made[-1]["questions"] if self.made else []
        names = {one["name"] for one in here}
        if self._fresh or not self.made or len(here) >= MOST_ON_A_PAGE or names & set(asked_for(question)):
            self._page()
        self.made[-1]["questions"].append(question)

    def _page(self) -> Told:
        group = next((group for group in reversed(self._groups) if group.texts), None)
        page: dict[str, Any] = {"title": group.texts if group else {}, "questions": []}
        conditions = [group.show_if for group in self._groups if group.show_if]
        if conditions:
            page["show_if"] = merged(conditions) or conditions[-1]
            if merged(conditions) is None and self._groups[-1].name not in self.unsaid:
                self.unsaid.append(self._groups[-1].name)
        self.made.append(page)
        self._fresh = False
        return page

    def _add_table(self, group: _Group) -> None:
        """Questions that share one list become the items of a matrix; others stay as they are."""
        members = group.members
        if not group.texts or not _is_table(members):
            for member in members:
                if group.show_if:
                    member["show_if"] = merged([group.show_if, *filter(None, [member.get("show_if")])])
                self._put(member)
            return
        self.absorbed |= {member["name"] for member in members}
        first, prefix = members[0], f"{group.name}_"
        matrix = {name: first[name] for name in ("options", "dont_know", "not_say", "random")}
        rows = [{"name": m["name"].removeprefix(prefix), "text": m["text"]} for m in members]
        matrix |= {"name": group.name, "kind": Kind.MATRIX, "text": group.texts, "rows": rows,
                   "required": all(m.get("required") for m in members)}
        if group.show_if:
            matrix["show_if"] = group.show_if
        self._put(matrix)

    def outline(self) -> Told:
        """Pages and texts as `rules.outline` reads them."""
        return {**self.texts, "pages": [page for page in self.made if page["questions"] or page.get("text")]}


def _is_table(members: list[Told]) -> bool:
    """Whether questions are the items of a table: one choice each, from the same list."""
    alike = {(member["kind"], member["list"]) for member in members}
    plain = all("show_if" not in member and "help" not in member for member in members)
    return plain and len(members) > 1 and len(alike) == 1 and next(iter(alike))[0] == Kind.ONE


def asked_for(question: Told) -> Iterator[str]:
    """The questions that a question's condition asks for."""
    for tests in (question.get("show_if") or {}).values():
        yield from (test["question"] for test in tests)
