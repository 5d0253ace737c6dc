"""What is kept about contributions is sealed as it is written, so nothing may be written past the session."""

import ast
from collections.abc import Iterator
from pathlib import Path

import citizen.app  # noqa: F401, every model is known
from citizen.base.db import Base
from tests.house.project import ROOT

_PAST = {"update", "delete", "insert"}
# Of contributions only what no seal holds: where they stand along the second axis, and their search terms.
_ALLOWED = {
    ("citizen/contributions/actions/handling.py", "update", "Contribution", ("handling",)),
    ("citizen/contributions/actions/search.py", "update", "Contribution", ("search_text", "search_version")),
}


# About a contribution, and sealed nevertheless by nothing: what residents may take back, what is counted or
# made anew from the rest, and what other rooms make of it.
_NOT_SEALED = {
    "AnswerText", "CandidateIdea", "Contact", "HeldLotItem", "Idea", "Placement", "QueueItem", "Report",
    "RunItem",
    "Seal", "SearchPosting", "ShownPicture", "Voice",
}


def test_what_is_about_a_contribution_is_sealed_unless_it_is_named_here() -> None:
    about = {one.class_ for one in Base.registry.mappers if "contribution_id" in one.columns}
    assert {one.__name__ for one in about if not hasattr(one, "__sealed__")} == _NOT_SEALED


def test_nothing_that_is_sealed_is_written_past_the_session() -> None:
    sealed = {one.class_.__name__ for one in Base.registry.mappers if hasattr(one.class_, "__sealed__")}
    assert sealed >= {"Contribution", "TextVersion", "VisibilityChange"}
    found = set()
    for path in sorted((ROOT / "citizen").rglob("*.py")):
        if "migrations" not in path.parts:
            found |= set(_statements(path, sealed))
    assert found == _ALLOWED


def _statements(path: Path, sealed: set[str]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Statements on a sealed table: file, verb, model, and what is set."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for outer in ast.walk(tree):
        if not isinstance(outer, ast.Call):
            continue
        begun = _begun(outer)
        if begun is None or not begun.args or not isinstance(begun.args[0], ast.Name):
            continue
        verb, model = begun.func.id, begun.args[0].id  # type: ignore[attr-defined]
        if model in sealed and (outer is begun) == (verb != "update"):
            set_here = isinstance(outer.func, ast.Attribute) and outer.func.attr == "values"
            if verb != "update" or set_here:
                yield (path.relative_to(ROOT).as_posix(), verb, model,
                       tuple(sorted(str(word.arg) for word in outer.keywords)))


def _begun(call: ast.Call) -> ast.Call | None:
    """The call that a chain of calls begins with, where it begins a statement that writes."""
    node: ast.expr = call
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    is_verb = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _PAST
    return node if is_verb and isinstance(node, ast.Call) else None
