"""Every way through a survey at once: what can be reached, asked and fulfilled, whatever is answered.

Answers that no condition tells apart are one; each question so has a few that stand for all. A *box* gives
each question a set of them (bits of a number), and stands for all ways that come to a page with these. A
condition parts a box in boxes where it holds and boxes where it does not, so nothing is lost or made up.
Jumps lead forwards (others are refused), so the pages are gone through once, in order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from citizen.surveys.rules.document import END, Condition, Document, Page, Test, asked
from citizen.surveys.rules.possible import NOBODY, NOTHING, Possible

MOST_BOXES = 1000
"""So many different states of affairs are told apart at a page."""

Box = Mapping[str, int]
"""Question → which answers it may have; one that is not in it has none."""


@dataclass
class Ways:
    """What some way comes to.

    Attributes
    ----------
    arrived : pages that are come to, whether shown then or not.
    shown : pages whose condition holds for somebody who comes there.
    asked : questions.
    taken : jumps, by page and place among its jumps.
    is_whole : false where there were too many to tell apart; then some are here that nobody can go, and
        still none is missing.
    """

    arrived: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    taken: set[tuple[str, int]] = field(default_factory=set)
    is_whole: bool = True


def conditions_of(page: Page) -> Iterator[Condition]:
    """Every condition of a page, its questions and its jumps."""
    if page.show_if:
        yield page.show_if
    yield from (question.show_if for question in asked(page) if question.show_if)
    yield from (jump.condition for jump in page.jumps)


def explore(document: Document, most: int = MOST_BOXES) -> Ways:
    """Go every way through a survey."""
    return _Walk(document, most).gone()


class _Walk:
    """The pages in order, and the boxes that come to each."""

    def __init__(self, document: Document, most: int) -> None:
        self.pages, self.most = document.pages, most
        self.numbers = {page.id: number for number, page in enumerate(document.pages)}
        tests = [[t for c in conditions_of(page) for t in c.tests] for page in document.pages]
        by_question: dict[str, list[Test]] = {}
        for test in (test for of_page in tests for test in of_page):
            by_question.setdefault(test.question, []).append(test)
        self.answers = {q.id: Possible.to(q, by_question.get(q.id, ())) for q in document.questions}
        # What is asked about on a page or after it; all else can be forgotten on the way there.
        self.later: list[tuple[str, ...]] = [()]
        for of_page in reversed(tests):
            self.later.insert(0, tuple(sorted({*self.later[0], *(test.question for test in of_page)})))
        self.coming: list[set[tuple[int, ...]]] = [set() for _ in range(len(document.pages) + 1)]
        self.fulfilling: dict[tuple[Test, bool], int] = {}
        self.found = Ways()

    def gone(self) -> Ways:
        self._send(0, {})
        for number, page in enumerate(self.pages):
            boxes = self._told_apart(self.coming[number])
            for masks in boxes:
                self._visit(number, page, dict(zip(self.later[number], masks, strict=True)))
        self.found.is_whole = self.found.is_whole and not any(a.is_open for a in self.answers.values())
        return self.found

    def _send(self, number: int, box: Box) -> None:
        self.coming[number].add(tuple(box.get(question, NOTHING) for question in self.later[number]))

    def _told_apart(self, boxes: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
        boxes = _merged(boxes)
        # What is no longer exact need not be exact at length.
        if len(boxes) <= (self.most if self.found.is_whole else self.most // 10):
            return boxes
        self.found.is_whole = False
        hull = [0] * len(next(iter(boxes)))
        for masks in boxes:
            hull = [mask | more for mask, more in zip(hull, masks, strict=True)]
        return {tuple(hull)}

    def _visit(self, number: int, page: Page, box: Box) -> None:
        self.found.arrived.add(page.id)
        shown, passed = self._parted(page.show_if, box)
        for one in passed:
            self._send(number + 1, one)
        for one in shown:
            self.found.shown.add(page.id)
            for answered in self._answered(number, page, one):
                self._leave(number, page, answered)

    def _answered(self, number: int, page: Page, box: Box) -> Iterator[Box]:
        """The boxes after the questions of a page, whose own conditions look at what was before it."""
        pairs: list[tuple[Box, Box]] = [(box, {})]
        for question in asked(page):
            full = self.answers[question.id].full
            ahead: list[tuple[Box, Box]] = []
            for before, new in pairs:
                shown, passed = self._parted(question.show_if, before)
                if shown:
                    self.found.asked.add(question.id)
                if question.id not in self.later[number]:
                    ahead.append((before, new))
                    continue
                ahead += [(one, {**new, question.id: full}) for one in shown]
                ahead += [(one, new) for one in passed]
            pairs = ahead
        return ({**before, **new} for before, new in pairs)

    def _leave(self, number: int, page: Page, box: Box) -> None:
        boxes = [box]
        for place, jump in enumerate(page.jumps):
            stay: list[Box] = []
            for one in boxes:
                leaps, rest = self._parted(jump.condition, one)
                stay += rest
                if leaps:
                    self.found.taken.add((page.id, place))
                target = None if jump.target == END else self.numbers.get(jump.target)
                if target is not None and target > number:
                    for leap in leaps:
                        self._send(target, leap)
            boxes = stay
        for one in boxes:
            self._send(number + 1, one)

    def _parted(self, condition: Condition | None, box: Box) -> tuple[list[Box], list[Box]]:
        """The boxes in which a condition holds, and those in which it does not."""
        if condition is None or not condition.tests:
            return [box], []
        # "Every" fails with the first that fails; "any" holds with the first that holds.
        decided: list[Box] = []
        going: Box | None = box
        for test in condition.tests:
            if going is None:
                break
            over = self._restricted(going, test, wanted=not condition.every)
            decided += [over] if over is not None else []
            going = self._restricted(going, test, wanted=condition.every)
        rest = [going] if going is not None else []
        return (rest, decided) if condition.every else (decided, rest)

    def _restricted(self, box: Box, test: Test, *, wanted: bool) -> Box | None:
        if (test, wanted) not in self.fulfilling:
            answers = self.answers.get(test.question, NOBODY)
            self.fulfilling[test, wanted] = answers.fulfilling(test, wanted=wanted)
        mask = box.get(test.question, NOTHING) & self.fulfilling[test, wanted]
        return {**box, test.question: mask} if mask else None


def _merged(boxes: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Boxes that differ in one question alone are one box; nothing is lost or made up by it."""
    while boxes:
        count = len(boxes)
        for place in range(len(next(iter(boxes)))):
            by_rest: dict[tuple[int, ...], int] = {}
            for masks in boxes:
                rest = masks[:place] + masks[place + 1:]
                by_rest[rest] = by_rest.get(rest, 0) | masks[place]
            boxes = {(*rest[:place], mask, *rest[place:]) for rest, mask in by_rest.items()}
        if len(boxes) == count:
            break
    return boxes
