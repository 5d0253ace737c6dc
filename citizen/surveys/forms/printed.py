"""The words of a survey on paper: questions, what to do with them, and branching told in sentences."""

from collections.abc import Iterator

from flask_babel import gettext as _

from citizen.base import locale
from citizen.surveys.queries import Published
from citizen.surveys.rules.document import (
    DONT_KNOW,
    END,
    NOT_SAY,
    Condition,
    Kind,
    Op,
    Option,
    Page,
    Question,
    Test,
    asked,
    choices_of,
    rows_of,
)
from citizen.surveys.rules.paper import Item, Table


class Words:
    """A published version's texts in one language, with its questions numbered as they are printed."""

    def __init__(self, published: Published, language: str) -> None:
        self.document, self.texts, self.language = published.document, published.texts, language
        in_order = [q for page in self.document.pages for q in asked(page) if q.kind is not Kind.STATEMENT]
        self.numbers = {question.id: str(number) for number, question in enumerate(in_order, 1)}

    def text(self, key: str) -> str:
        return locale.in_language(self.texts.get(key, {}), self.language, self.document.languages)[0]

    def choice(self, question: Question, option: str) -> str:
        """How an option is called; a scale's point with what it stands for."""
        if option in (DONT_KNOW, NOT_SAY):
            return str(_("Don't know") if option == DONT_KNOW else _("Prefer not to say"))
        words = self.text(f"{question.id}.{option}")
        if question.kind is Kind.SCALE:
            return f"{option} {words}".strip()
        return words or option

    @staticmethod
    def choices(question: Question) -> tuple[Option, ...]:
        """What can be chosen, in the order of the sheet."""
        return choices_of(question)

    # ---- branching

    def clause(self, test: Test) -> str:
        """What a test asks for, as a clause."""
        question = self.document.question(test.question)
        number = self.numbers.get(test.question, "?")
        answer = self.choice(question, test.value) if question and test.value else test.value
        told: dict[Op, str] = {
            Op.IS: _("you answered “%(answer)s” to question %(number)s", answer=answer, number=number),
            Op.HAS: _("you answered “%(answer)s” to question %(number)s", answer=answer, number=number),
            Op.IS_NOT: _("you did not answer “%(answer)s” to question %(number)s", answer=answer,
                         number=number),
            Op.HAS_NOT: _("you did not answer “%(answer)s” to question %(number)s", answer=answer,
                          number=number),
            Op.LESS: _("you answered less than %(answer)s to question %(number)s", answer=test.value,
                       number=number),
            Op.MORE: _("you answered more than %(answer)s to question %(number)s", answer=test.value,
                       number=number),
            Op.ANSWERED: _("you answered question %(number)s", number=number),
            Op.NOT_ANSWERED: _("you did not answer question %(number)s", number=number),
        }
        return told[test.op]

    def clauses(self, condition: Condition) -> str:
        first, *rest = (self.clause(test) for test in condition.tests)
        for clause in rest:
            first = (_("%(first)s and %(second)s", first=first, second=clause) if condition.every
                     else _("%(first)s or %(second)s", first=first, second=clause))
        return first

    def only_if(self, condition: Condition | None) -> tuple[str, ...]:
        if condition is None or not condition.tests:
            return ()
        return (_("Answer only if %(condition)s.", condition=self.clauses(condition)),)

    def jumps(self, page: Page) -> tuple[str, ...]:
        """Where a page leads, said after its last question."""
        found = []
        for jump in page.jumps:
            target = self._first_number(jump.target)
            if not jump.condition.tests:
                found.append(_("Now go to question %(number)s.", number=target) if target
                             else _("You have come to the end."))
                continue
            told = self.clauses(jump.condition)
            found.append(
                _("If %(condition)s: go to question %(number)s.", condition=told, number=target) if target
                else _("If %(condition)s: you have come to the end.", condition=told)
            )
        return tuple(found)

    def _first_number(self, target: str) -> str:
        if target == END:
            return ""
        page_ids = [page.id for page in self.document.pages]
        later = self.document.pages[page_ids.index(target):] if target in page_ids else ()
        return next((self.numbers[q.id] for page in later for q in asked(page) if q.id in self.numbers), "")

    # ---- what is printed

    def items(self) -> Iterator[Item]:
        """Everything between the head and the foot, in order."""
        for page in self.document.pages:
            title, text = self.text(f"{page.id}.title"), self.text(f"{page.id}.text")
            before = self._page_only_if(page)
            if title or text or before:
                yield Item(text=title, help=text, after=before, heading=bool(title))
            questions = asked(page)
            for question in questions:
                after = self.jumps(page) if question is questions[-1] else ()
                yield self.item(question, after)

    def _page_only_if(self, page: Page) -> tuple[str, ...]:
        if page.show_if is None or not page.show_if.tests:
            return ()
        numbers = [self.numbers[q.id] for q in asked(page) if q.id in self.numbers]
        told = self.clauses(page.show_if)
        if len(numbers) < 2:
            return (_("Answer only if %(condition)s.", condition=told),)
        return (_("Answer question %(first)s to %(last)s only if %(condition)s.", first=numbers[0],
                  last=numbers[-1], condition=told),)

    def item(self, question: Question, after: tuple[str, ...] = ()) -> Item:
        """A question as it stands on paper."""
        text = self.text(f"{question.id}.text")
        if question.kind is Kind.NUMBER and (unit := self.text(f"{question.id}.unit")):
            text = f"{text} ({unit})"
        own = [option for option in choices_of(question) if option.id not in (DONT_KNOW, NOT_SAY)]
        labels = [self.choice(question, option.id) + (":" if option.writes else "") for option in own]
        beside = [self.choice(question, option.id) for option in choices_of(question)
                  if option.id in (DONT_KNOW, NOT_SAY)]
        if question.kind in (Kind.ONE, Kind.MATRIX):
            # What is typed in afterwards is the number.
            numbered = [f"{number}. {words}" for number, words in enumerate([*labels, *beside], 1)]
            labels, beside = numbered[:len(labels)], numbered[len(labels):]
        is_table = question.kind is Kind.MATRIX
        table = Table((*labels, *beside), tuple(self.text(f"{question.id}.{row.id}")
                                                for row in rows_of(question))) if is_table else None
        return Item(
            text=text, number=self.numbers.get(question.id, ""), help=self.text(f"{question.id}.help"),
            hint=self.hint(question), before=self.only_if(question.show_if), after=after,
            boxes=() if is_table else (*labels, *beside), in_line=question.kind is Kind.SCALE,
            lines={Kind.LONG: 5, Kind.SHORT: 1, Kind.NUMBER: 1, Kind.DATE: 1, Kind.PLACE: 1}.get(
                question.kind, 0), table=table,
        )

    def hint(self, question: Question) -> str:
        """What to do with a question, and whether it must be answered."""
        told = {
            Kind.ONE: _("Tick one box."), Kind.SCALE: _("Tick one box."),
            Kind.SEVERAL: _("Tick as many boxes as you like."), Kind.MATRIX: _("Tick one box in each row."),
            Kind.RANKING: _("Write 1 in the box of what comes first, 2 in the next, and so on."),
            Kind.PHOTO: _("Photos can only be sent by phone or computer."),
        }.get(question.kind, "")
        if question.kind is Kind.SEVERAL and question.most is not None:
            told = _("Tick at most %(most)s boxes.", most=question.most)
        needed = _("This must be answered.") if question.required else ""
        return " ".join(part for part in (told, needed) if part)
