"""Is the language of a text told right?"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from benchmarks.analysis.sets import EvalSets
from benchmarks.analysis.table import Figure
from citizen.analysis.language import detect

DIALECTS = ("no-x-nord", "no-x-trond", "no-x-vest")


class _Question(NamedTuple):
    """Texts of some languages of a set, what counts as right for each, and the bar."""

    name: str
    source: str
    right: dict[str, Collection[str]]
    bars: tuple[float, ...] = ()


_PLAIN: dict[str, Collection[str]] = {lang: (lang,) for lang in ("sv", "nb", "nn")}
_QUESTIONS = (
    _Question("composed", "composed", _PLAIN, (0.94,)),
    _Question("massive", "massive", _PLAIN, (0.95,)),
    _Question("gothenburg", "gothenburg", _PLAIN),
    _Question("sib twins", "sib twins", _PLAIN),
    _Question("norsid, Bokmål as Bokmål", "norsid", {"nb": ("nb",)}),
    _Question("norsid, dialects as Norwegian", "norsid", dict.fromkeys(DIALECTS, ("nb", "nn"))),
)


def figures(sets: EvalSets) -> Iterator[Figure]:
    """Yield the share of texts whose language is told right, with the text alone known."""
    usual = _usual()
    for question in _QUESTIONS:
        name, source = f"language, {question.name}", sets[question.source]
        if not source.is_here:
            yield Figure(name, None, *question.bars, note=f"no file {source.path}")
            continue
        rows = [(text.text, text.lang) for text in source.texts if text.lang in question.right]
        yield Figure(name, _share(rows, question, detect), *question.bars,
                     baseline=f"{_share(rows, question, usual):.3f} py3langid set to sv, no, nn",
                     note=_apart(rows, question))


def _share(rows: list[tuple[str, str]], question: _Question, tell: Callable[[str], str]) -> float:
    return float(np.mean([tell(text) in question.right[lang] for text, lang in rows]))


def _apart(rows: list[tuple[str, str]], question: _Question) -> str:
    """Return the share of each language, where there are several."""
    langs = sorted({lang for _, lang in rows})
    if len(langs) < 2:
        return ""
    each = {lang: _share([row for row in rows if row[1] == lang], question, detect) for lang in langs}
    return "  ".join(f"{lang.removeprefix('no-x-')} {share:.2f}" for lang, share in each.items())


def _usual() -> Callable[[str], str]:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["sv", "no", "nn"])
    names = {"no": "nb"}

    def tell(text: str) -> str:
        found = identifier.classify(text)[0]
        return names.get(found, found)

    return tell
