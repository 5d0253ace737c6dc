"""Conditions as fields: an earlier answer, how it is compared, and a number where one is needed.

Fields are named by a prefix and a number: ``if1_what``, ``if1_op``, ``if1_number``, and ``if_every``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from citizen.base.forms import Line, choices
from citizen.surveys.forms.words import CODE_WORDS
from citizen.surveys.rules import conditions
from citizen.surveys.rules.conditions import MOST_TESTS, Told
from citizen.surveys.rules.document import Condition, Document, Question

OPERATION_WORDS = {
    conditions.CHOSEN: _l("is chosen"),
    conditions.NOT_CHOSEN: _l("is not chosen"),
    conditions.LESS: _l("is less than"),
    conditions.MORE: _l("is more than"),
    conditions.ANSWERED: _l("is answered"),
    conditions.NOT_ANSWERED: _l("is not answered"),
}


@dataclass(frozen=True)
class Group:
    """One earlier question, with what of it can be asked for: (value, words, whether they are ours)."""

    words: str
    entries: tuple[tuple[str, str, bool], ...]


def groups_of(questions: Iterable[Question], said: Mapping[str, str]) -> list[Group]:
    """What a condition can ask about, by question."""
    found = []
    for number, question in enumerate(questions, 1):
        entries = [(question.id, str(_("the answer")), True)]
        for option in conditions.options_to_ask(question):
            is_ours = option in CODE_WORDS
            words = str(CODE_WORDS[option]) if is_ours else said.get(f"{question.id}.{option}") or option
            entries.append((f"{question.id}:{option}", words, is_ours))
        found.append(Group(f"{number}. {said.get(f'{question.id}.text') or question.code}", tuple(entries)))
    return found


def fields_of(prefix: str, condition: Condition | None) -> dict[str, Any]:
    """Fields for the tests there are and one more."""
    found: dict[str, Any] = {f"{prefix}_every": RadioField(
        _l("If there are several"),
        choices=choices(("all", _l("All of them must hold")), ("any", _l("One of them is enough"))),
        default="all" if condition is None or condition.every else "any",
    )}
    tests = condition.tests if condition else ()
    for number in range(1, count_of(condition) + 1):
        said = conditions.told(tests[number - 1]) if number <= len(tests) else Told("", conditions.CHOSEN)
        found |= {
            f"{prefix}{number}_what": SelectField(
                _l("An earlier answer"), validate_choice=False, choices=[], default=said.what
            ),
            f"{prefix}{number}_op": SelectField(
                _l("How it is"), choices=choices(*OPERATION_WORDS.items()), default=said.operation
            ),
            f"{prefix}{number}_number": Line(_l("Number"), default=said.number),
        }
    return found


def count_of(condition: Condition | None) -> int:
    """How many tests there are fields for."""
    return min(MOST_TESTS, len(condition.tests) + 1) if condition else 1


def condition_from(form: Any, prefix: str, document: Document, known: set[str]) -> Condition | None:
    """The condition that the fields say, with an error at each field that makes no sense.

    Parameters
    ----------
    known : the values that were offered.
    """
    tests = []
    for number in range(1, MOST_TESTS + 1):
        if f"{prefix}{number}_what" not in form or not form[f"{prefix}{number}_what"].data:
            continue
        what, operation, typed = (form[f"{prefix}{number}_{part}"] for part in ("what", "op", "number"))
        said = Told(str(what.data), str(operation.data), str(typed.data or ""))
        problem = conditions.problem_of(document, said) if said.what in known else "operation"
        if problem is None:
            tests.append(conditions.test_from(document, said))
        else:
            _tell(problem, {"option": what, "number": typed, "operation": operation}[problem])
    return Condition(tuple(tests), form[f"{prefix}_every"].data != "any") if tests else None


def _tell(problem: str, field: Any) -> None:
    sentences = {
        "option": _("Choose one of the options of the question, or ask whether it is answered"),
        "number": _("Write the number to compare with"),
        "operation": _("This cannot be asked of that answer"),
    }
    field.errors = [*field.errors, sentences[problem]]
