"""Conditions and limits as XPath writes them, as far as ours can say the same."""

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from citizen.surveys.rules.document import Condition, Document, Kind, Op, Test

Told = dict[str, Any]
"""A condition or a question as `rules.outline` reads it."""

_NUMBER = r"-?\d+(?:\.\d+)?"
_TEXT = r"'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”"
_COMPARED = re.compile(rf"^\$\{{\s*([\w.-]+)\s*\}}\s*(=|!=|<=|>=|<|>)\s*({_TEXT}|{_NUMBER})$")
_SELECTED = re.compile(
    rf"^(not\s*\(\s*)?selected\s*\(\s*\$\{{\s*([\w.-]+)\s*\}}\s*,\s*({_TEXT})\s*\)(?(1)\s*\))$"
)
_LENGTH = re.compile(r"^string-length\s*\(\s*\$\{\s*([\w.-]+)\s*\}\s*\)\s*(>|=|!=)\s*0$")
_LIMIT = re.compile(
    r"^(\.|string-length\s*\(\s*\.\s*\)|count-selected\s*\(\s*\.\s*\))\s*"
    rf"(<=|>=|<|>|=)\s*({_NUMBER})$"
)


def condition(text: str, questions: Mapping[str, Told]) -> Told | None:
    """A condition told as `rules.outline` reads it; None where it says what ours cannot.

    Parameters
    ----------
    questions : name → question, of those that stand before.
    """
    text = _bare(text)
    either, both = _parted(text, "or"), _parted(text, "and")
    parts = either if len(either) > 1 else both
    tests = [_tests(part, questions) for part in parts]
    if any(found is None or (len(either) > 1 and len(found) > 1) for found in tests):
        return None
    flat = [test for found in tests for test in found or ()]
    return {"any" if len(either) > 1 else "every": flat}


def merged(conditions: list[Told]) -> Told | None:
    """Conditions that must all hold as one; None where that cannot be said."""
    if len(conditions) == 1:
        return conditions[0]
    if any("any" in one and len(one["any"]) > 1 for one in conditions):
        return None
    return {"every": [test for one in conditions for tests in one.values() for test in tests]}


def _bare(text: str) -> str:
    """Without brackets that go around it whole."""
    text = text.strip()
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closing(text: str) -> int:
    depth = 0
    for place, letter in _outside_quotes(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    return -1


def _outside_quotes(text: str) -> Iterator[tuple[int, str]]:
    quote = ""
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            yield place, letter


def _parted(text: str, word: str) -> list[str]:
    """The parts between a word that stands outside of brackets and quotation marks."""
    depth, free = 0, set()
    for place, letter in _outside_quotes(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            free.add(place)
    parts, begun = [], 0
    for found in re.finditer(rf"(?<=[\s)]){word}(?=[\s(])", text, re.IGNORECASE):
        if found.start() in free:
            parts.append(text[begun : found.start()])
            begun = found.end()
    return [_bare(part) for part in (*parts, text[begun:])]


def _tests(text: str, questions: Mapping[str, Told]) -> list[Told] | None:
    if found := _SELECTED.match(text):
        return _selected(questions.get(found[2]), found[2], found[3][1:-1], is_not=bool(found[1]))
    if found := _LENGTH.match(text):
        op = Op.NOT_ANSWERED if found[2] == "=" else Op.ANSWERED
        return [{"question": found[1], "op": op}] if found[1] in questions else None
    if not (found := _COMPARED.match(text)) or found[1] not in questions:
        return None
    name, sign = found[1], found[2]
    value = found[3] if re.fullmatch(_NUMBER, found[3]) else found[3][1:-1]
    if value == "" and sign in ("=", "!="):
        return [{"question": name, "op": Op.NOT_ANSWERED if sign == "=" else Op.ANSWERED}]
    return _compared(questions[name], name, sign, value)


def _selected(question: Told | None, name: str, option: str, *, is_not: bool) -> list[Told] | None:
    if question is None or not _offers(question, option):
        return None
    several = question["kind"] == Kind.SEVERAL
    op = (Op.HAS_NOT if is_not else Op.HAS) if several else (Op.IS_NOT if is_not else Op.IS)
    return [{"question": name, "op": op, "option": option}]


def _offers(question: Told, option: str) -> bool:
    if question["kind"] == Kind.SCALE:
        return option.isdigit() and question["least"] <= int(option) <= question["most"]
    if option in ("dk", "ns"):
        return bool(question.get("dont_know" if option == "dk" else "not_say"))
    return any(one["name"] == option for one in question.get("options", ())) and question["kind"] in (
        Kind.ONE, Kind.SEVERAL)


def _compared(question: Told, name: str, sign: str, value: str) -> list[Told] | None:
    if sign in ("=", "!=") and question["kind"] in (Kind.ONE, Kind.SEVERAL, Kind.SCALE):
        op = Op.IS if sign == "=" else Op.IS_NOT
        return [{"question": name, "op": op, "option": value}] if _offers(question, value) else None
    if question["kind"] not in (Kind.NUMBER, Kind.SCALE) or not re.fullmatch(_NUMBER, value):
        return None
    whole = not question.get("decimals")
    bounds = _bounds(sign, Decimal(value), whole=whole)
    return [{"question": name, "op": op, "value": str(bound)} for op, bound in bounds] or None


def _bounds(sign: str, bound: Decimal, *, whole: bool) -> list[tuple[Op, Decimal]]:
    if sign in ("<", ">"):
        return [(Op.LESS if sign == "<" else Op.MORE, bound)]
    if not whole or bound != bound.to_integral_value():
        return []
    at_least, at_most = (Op.MORE, bound - 1), (Op.LESS, bound + 1)
    return {">=": [at_least], "<=": [at_most], "=": [at_least, at_most]}.get(sign, [])


def limits(text: str, kind: Kind, *, whole: bool) -> tuple[dict[str, int], bool]:
    """(least and most of a question's answer as its constraint says, whether that is all it says)."""
    found: dict[str, int] = {}
    complete = True
    subject = {Kind.SHORT: "string-length", Kind.LONG: "string-length", Kind.SEVERAL: "count-selected",
               Kind.RANKING: "count-selected"}
    for part in _parted(_bare(text), "and"):
        one = _LIMIT.match(part)
        if one is None or not one[1].startswith(subject.get(kind, ".")):
            complete = False
            continue
        name, bound, exact = _limit(one[2], Decimal(one[3]), whole=whole or kind in subject)
        if not name:
            found |= {"least": bound, "most": bound}
        else:
            found[name] = bound
        complete = complete and exact
    if found.get("least", 0) < 0 and kind in subject:
        del found["least"]
    return found, complete


def _limit(sign: str, bound: Decimal, *, whole: bool) -> tuple[str, int, bool]:
    """(least or most or neither, the bound as a whole number, whether it says exactly the same)."""
    if sign == "=":
        return "", int(bound), bound == bound.to_integral_value()
    up = sign.startswith(">")
    rounded = bound.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
    strict = len(sign) == 1 and rounded == bound
    exact = (rounded == bound or whole) and not (strict and not whole)
    if strict and whole:
        rounded += 1 if up else -1
    return "least" if up else "most", int(rounded), exact


def written(condition: Condition, document: Document) -> str:
    """A condition of ours as XPath."""
    parts = [_written(test, document) for test in condition.tests]
    return (" and " if condition.every else " or ").join(part for part in parts if part)


def _written(test: Test, document: Document) -> str:
    question = document.question(test.question)
    if question is None:
        return ""
    name = f"${{{question.code}}}"
    value = next((o.code for o in question.options if o.id == test.value), test.value)
    several = question.kind is Kind.SEVERAL
    return {
        Op.IS: f"{name} = '{value}'",
        Op.IS_NOT: f"{name} != '{value}'",
        Op.HAS: f"selected({name}, '{value}')" if several else f"{name} = '{value}'",
        Op.HAS_NOT: f"not(selected({name}, '{value}'))" if several else f"{name} != '{value}'",
        Op.LESS: f"{name} < {value}",
        Op.MORE: f"{name} > {value}",
        Op.ANSWERED: f"{name} != ''",
        Op.NOT_ANSWERED: f"{name} = ''",
    }[test.op]
