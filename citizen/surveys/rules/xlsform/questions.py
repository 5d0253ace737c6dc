"""One row as a question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from citizen.surveys.rules.document import DONT_KNOW, NOT_SAY, Kind
from citizen.surveys.rules.xlsform.expressions import Told
from citizen.surveys.rules.xlsform.sheets import Choice

_DONT_KNOW = {DONT_KNOW, "dont_know", "don't_know", "dontknow"}
_NOT_SAY = {NOT_SAY, "prefer_not_to_say", "not_say", "refused"}
OTHER = "other"
DECIMALS = 2
"""Digits after the mark of a number that has any."""
_LONGEST_SCALE = 10


@dataclass(frozen=True)
class Asks:
    """What a row's type says. ``other``: what the option for something else is called, where there is one."""

    name: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    decimals: int = 0
    other: dict[str, str] | None = None
    list: str = ""


def question_of(
    asks: Asks, cells: Mapping[str, str], texts: dict[str, str], hints: dict[str, str]
) -> Told:
    """A question as `rules.outline` reads it."""
    appearance = cells.get("appearance", "").lower()
    question: Told = {"name": asks.name, "kind": asks.kind, "text": texts, "list": asks.list}
    if hints:
        question["help"] = hints
    if asks.kind is Kind.SHORT and "multiline" in appearance:
        question["kind"] = Kind.LONG
    if asks.kind is Kind.NUMBER:
        question["decimals"] = asks.decimals
    if asks.kind is Kind.SCALE:
        question |= _range(cells.get("parameters", ""))
    elif asks.choices:
        question |= _choices(asks, is_scale="likert" in appearance)
        question["random"] = "randomize=true" in cells.get("parameters", "").replace(" ", "").lower()
    return question


def _range(parameters: str) -> Told:
    """A range of whole steps is a scale; any other, a number between its ends."""
    found = {name: float(value) for name, value in
             re.findall(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)", parameters)}
    start, end, step = found.get("start", 1), found.get("end", 10), found.get("step", 1)
    least, most = (round(one) for one in sorted((start, end)))
    if step == 1 and start < end <= start + _LONGEST_SCALE and start == least:
        return {"least": least, "most": most}
    whole = all(one == int(one) for one in (start, end, step))
    return {"kind": Kind.NUMBER, "least": least, "most": most, "decimals": 0 if whole else DECIMALS}


def _choices(asks: Asks, *, is_scale: bool) -> Told:
    own = [choice for choice in asks.choices if choice.name not in _DONT_KNOW | _NOT_SAY]
    told: Told = {
        "dont_know": any(choice.name in _DONT_KNOW for choice in asks.choices),
        "not_say": any(choice.name in _NOT_SAY for choice in asks.choices),
    }
    names = [choice.name for choice in own]
    if is_scale and names and all(name.isdecimal() for name in names):
        points = [int(name) for name in names]
        if points == list(range(points[0], points[0] + len(points))) and len(points) > 1:
            said = {c.name: {k: v for k, v in c.texts.items() if v != c.name} for c in own}
            return told | {"kind": Kind.SCALE, "least": points[0], "most": points[-1],
                           "points": {name: texts for name, texts in said.items() if texts}}
    options: list[Told] = [{"name": choice.name, "text": choice.texts} for choice in own]
    if asks.other is not None:
        if OTHER not in names:
            options.append({"name": OTHER, "text": asks.other})
        next(one for one in options if one["name"] == OTHER).update(writes=True, fixed=True)
    return told | {"options": options}
