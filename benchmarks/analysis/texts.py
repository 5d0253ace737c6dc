"""As many different texts as asked for, the same at every run: residents' ideas put together by chance.

A text is one to four sentences about one need in one of three languages. Needs, places and words
follow Zipf's law, and some words are mistyped, so that the vocabulary grows with the number of texts
as it does among people.
"""

import json
import random
from collections.abc import Iterator
from hashlib import blake2b
from itertools import accumulate
from math import prod
from pathlib import Path

from benchmarks.analysis.phrases import ASIDES, ASKS, COMPOUNDS, ENDS, NEEDS, PLACES, REASONS

LANGUAGES = ("sv", "nb", "nn")
_SHARES = (5, 3, 2)
_MISTYPED = 0.02
"""Share of words with two letters swapped, or one left out."""


def write(path: Path, count: int, seed: int = 0) -> None:
    """Write `count` different texts as JSON lines; every second tells its language."""
    with path.open("w", encoding="utf-8") as file:
        for number, (lang, text) in enumerate(different(count, seed)):
            row = {"id": f"t{number}", "text": text} | ({"lang": lang} if number % 2 else {})
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def different(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Yield language and text, no text twice."""
    rng, seen = random.Random(seed), set()
    while len(seen) < count:
        lang = rng.choices(LANGUAGES, _SHARES)[0]
        text = _text(rng, lang)
        digest = blake2b(text.encode(), digest_size=8).digest()
        if digest not in seen:
            seen.add(digest)
            yield lang, text


class _Zipf:
    """Picks from a sequence: the second half as often as the first, the third a third as often."""

    def __init__(self, size: int) -> None:
        self._weights = list(accumulate(1 / rank for rank in range(1, size + 1)))

    def pick(self, rng: random.Random) -> int:
        return rng.choices(range(len(self._weights)), cum_weights=self._weights)[0]


_NEED = _Zipf(len(NEEDS))
_PLACE = _Zipf(20_000)
_STARTS = {lang: [part.split() for part in parts] for lang, parts in PLACES.items()}
_PARTS = {lang: [part.split() for part in parts] for lang, parts in COMPOUNDS.items()}
_COMPOUND = {lang: _Zipf(prod(map(len, parts))) for lang, parts in _PARTS.items()}
_STEP = 7_919
"""A prime: neighbours in rank share no part."""


def _text(rng: random.Random, lang: str) -> str:
    need = NEEDS[_NEED.pick(rng)][lang]
    sentences = [_sentence(rng, lang, need) for _ in range(rng.choices((1, 2, 3, 4), (4, 3, 2, 1))[0])]
    return " ".join(_mistyped(rng, word) for word in " ".join(sentences).split(" "))


def _sentence(rng: random.Random, lang: str, need: dict[str, list[str]]) -> str:
    ask = rng.choice(ASKS[lang]).format(
        thing=rng.choice(need["things"]), other=rng.choice(need["things"]), place=_place(rng, lang)
    )
    parts = [ask[0].upper() + ask[1:]]
    if rng.random() < 0.7:
        parts.append(rng.choice(need["troubles"]))
    if rng.random() < 0.5:
        parts.append(rng.choice(REASONS[lang]))
    if rng.random() < 0.5:
        aside = rng.choice(ASIDES[lang])
        parts.append(aside.format(word=_compound(rng, lang), next=_compound(rng, lang)))
    return ", ".join(parts) + rng.choice(ENDS)


def _place(rng: random.Random, lang: str) -> str:
    """Return one of twenty thousand places of a language, a few of them named all the time."""
    starts, ends = _STARTS[lang]
    number, end = divmod(_PLACE.pick(rng), len(ends))
    number, start = divmod(number, len(starts))
    middle = starts[number % len(starts)].lower() if number else ""
    return starts[start] + middle + ends[end]


def _compound(rng: random.Random, lang: str) -> str:
    """Return one of ten thousand long words of a language."""
    starts, middles, ends = _PARTS[lang]
    size = len(starts) * len(middles) * len(ends)
    number, start = divmod(_COMPOUND[lang].pick(rng) * _STEP % size, len(starts))
    end, middle = divmod(number, len(middles))
    return starts[start] + middles[middle] + ends[end]


def _mistyped(rng: random.Random, word: str) -> str:
    if len(word) < 5 or rng.random() >= _MISTYPED:
        return word
    at = rng.randrange(1, len(word) - 2)
    if rng.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]
