"""What everybody may see, and when it may change: figures that tell of nobody, nor do their changes.

Each question is released by itself, and keeps its latest release until the next may follow it: then every
shown figure has stayed as it was or changed by at least k. Nothing that was shown is hidden again later, so
that no two releases lie around a small change. There are no filters: a figure of a part would be subtracted
from that of the whole. How many were asked is a figure too: a question that hangs on another's answer is
shown only beside that answer's figure, and where nothing small lies between the two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from citizen.base.protection import is_small
from citizen.surveys.rules.document import Condition, Document
from citizen.surveys.rules.figures import Cell, Line, Series
from citizen.surveys.rules.protection import protect


@dataclass(frozen=True)
class Released:
    """A question's figures as they are told, and how many answers to the survey had come by then."""

    series: Series
    submissions: int


def release(
    before: Mapping[str, Released], figures: Sequence[Series], documents: Mapping[int, Document],
    submissions: int, k: int,
) -> dict[str, Released]:
    """The latest release of every question that has one, by key. ``figures`` are the true ones."""
    found = dict(before)
    fresh: dict[str, Series] = {}
    for true in figures:
        shown = replace(protect(true, k), numbers=())
        shown = replace(shown, lines=tuple(line for line in shown.lines if line.asked != 0))
        parents = parents_of(documents[true.version], true.question.id)
        if not shown.lines or any(line.asked is None for line in shown.lines):
            continue
        if not _bases_are_apart(shown, parents, fresh, documents[true.version], submissions, k):
            continue
        if shown.key in before and not may_follow(before[shown.key].series, shown, k):
            continue
        fresh[shown.key] = shown
        found[shown.key] = Released(shown, submissions)
    return found


def together(
    figures: Sequence[Series], documents: Mapping[int, Document], submissions: int, k: int
) -> list[Series]:
    """Figures as they may be shown side by side, once: a question that would tell of few beside another's
    figures is hidden whole."""
    found: list[Series] = []
    fresh: dict[str, Series] = {}
    for true in figures:
        shown = protect(true, k)
        parents = parents_of(documents[true.version], true.question.id)
        if all(line.asked for line in shown.lines):
            if _bases_are_apart(shown, parents, fresh, documents[true.version], submissions, k):
                fresh[shown.key] = shown
            else:
                shown = _covered(shown)
        found.append(shown)
    return found


def _covered(series: Series) -> Series:
    lines = tuple(replace(line, asked=None, cells=tuple(replace(cell, count=None) for cell in line.cells))
                  for line in series.lines)
    return replace(series, lines=lines, numbers=(), places=())


def may_follow(before: Series, after: Series, k: int) -> bool:
    """Whether figures may be told where earlier ones have been: no change of fewer than k can be reckoned."""
    old = {line.row: line for line in before.lines}
    if not set(old) <= {line.row for line in after.lines} or (before.places and not after.places):
        return False
    places = zip(before.places, after.places, strict=False)
    changes = [b - a for (_o, told), (_p, now) in places for a, b in zip(told, now, strict=True)]
    return not any(is_small(abs(change), k) for change in changes) and all(
        line.row not in old or _line_may_follow(old[line.row], line, k) for line in after.lines
    )


def _line_may_follow(before: Line, after: Line, k: int) -> bool:
    old = {cell.key: cell.count for cell in before.cells}
    # What nobody had answered and is asked no longer is gone: still nobody.
    new = dict.fromkeys(old, 0) | {cell.key: cell.count for cell in after.cells}
    asked_before, asked = before.asked or 0, after.asked or 0
    both = [(old.get(key, 0), count) for key, count in new.items()]
    if any(told and count is None for told, count in both):
        return False
    changes = [count - told for told, count in both if told is not None and count is not None]
    changes.append(asked - asked_before)
    if not after.adds_up:
        return not any(is_small(abs(n), k) for change in changes for n in (change, changes[-1] - change))
    # What was hidden, or is now, is one cell: only its sum is known.
    covered = changes[-1] - sum(changes[:-1])
    same = {key for key, n in old.items() if n is None} == {key for key, n in new.items() if n is None}
    return not any(is_small(abs(n), k) for n in (*changes, covered)) and (same or abs(covered) >= k)


def parents_of(document: Document, question_id: str) -> frozenset[tuple[str, str]]:
    """The answers on which it hangs whether a question is asked: (question, option, or what it is held
    against). A jump on an earlier page leads past what follows."""
    found: set[tuple[str, str]] = set()
    for page in document.pages:
        for question in page.questions:
            if question.id == question_id:
                return frozenset(found | {*_tests(page.show_if), *_tests(question.show_if)})
        found.update(test for jump in page.jumps for test in _tests(jump.condition))
    return frozenset(found)


def _tests(condition: Condition | None) -> Iterator[tuple[str, str]]:
    yield from ((test.question, test.value) for test in (condition.tests if condition else ()))


def _bases_are_apart(
    shown: Series, parents: frozenset[tuple[str, str]], fresh: Mapping[str, Series], document: Document,
    submissions: int, k: int,
) -> bool:
    """Whether how many were asked tells nothing small beside what else is told at the same time."""
    asked = {line.asked or 0 for line in shown.lines}
    answers: list[int] = []
    for question_id, value in sorted(parents):
        parent = document.question(question_id)
        lines = fresh[f"{parent.id}.{parent.series}"].lines if parent and _key(parent) in fresh else ()
        if not lines or not (found := _tested(lines, value)):
            return False
        answers += found
    others = [
        line.asked or 0 for other in fresh.values() for line in other.lines
        if bool(parents) == bool(mine := parents_of(document, other.question.id))
        and (not parents or parents & mine)
    ]
    overlaps = [a + b - n for a in answers for b in answers for n in asked] if len(
        {question for question, _value in parents}) > 1 else []
    apart = [other - n for other in (submissions, *answers, *others, *asked) for n in asked]
    apart += [n for overlap in overlaps for n in (overlap, submissions - overlap)]
    return not any(is_small(abs(n), k) for n in apart)


def _key(question: Any) -> str:
    return f"{question.id}.{question.series}"


def _tested(lines: Iterable[Line], value: str) -> list[int]:
    """The figures a question hangs on; none where one of them is hidden."""
    cells = [cell for line in lines for cell in line.cells]
    chosen = [cell for cell in cells if cell.key == value] or cells
    return [] if any(cell.count is None for cell in chosen) else [cell.count or 0 for cell in chosen]


def as_json(released: Mapping[str, Released]) -> dict[str, Any]:
    """Releases as they are stored: what everybody may know, and nothing else."""
    return {key: {
        "submissions": one.submissions, "version": one.series.version,
        "lines": [{"row": line.row, "asked": line.asked, "adds_up": line.adds_up,
                   "cells": [[cell.key, cell.count] for cell in line.cells]} for line in one.series.lines],
        "places": [[option, list(found)] for option, found in one.series.places],
    } for key, one in released.items()}


def from_json(stored: Mapping[str, Any], skeletons: Iterable[Series]) -> dict[str, Released]:
    """Stored releases; ``skeletons`` are the survey's questions, with or without figures."""
    return {
        one.key: Released(_filled(one, stored[one.key]), stored[one.key]["submissions"])
        for one in skeletons if one.key in stored
    }


def _filled(skeleton: Series, stored: Mapping[str, Any]) -> Series:
    known = {cell.key: cell for line in skeleton.lines for cell in line.cells}
    known |= {o.id: Cell(o.id, None, is_asked=False) for o in skeleton.question.options if o.hidden}
    lines = tuple(
        Line(line["row"], line["asked"], tuple(
            replace(known.get(key, Cell(key, None)), count=count)
            for key, count in line["cells"]
        ), line["adds_up"]) for line in stored["lines"]
    )
    return replace(skeleton, lines=lines, numbers=(),
                   places=tuple((option, tuple(found)) for option, found in stored["places"]))
