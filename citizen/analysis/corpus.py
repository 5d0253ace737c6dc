"""The texts of a run as words, with copies of the same text taken together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citizen.analysis.features import Document, read_document
from citizen.analysis.language import language_of
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.results import Text, TooFewTexts

FEWEST_TEXTS = 10


@dataclass(frozen=True)
class Corpus:
    """The texts as read: `row_of[i]` is the row of text i among the different ones, or -1."""

    texts: Sequence[Text]
    langs: Sequence[str]
    documents: Sequence[Document]
    different: Sequence[Document]
    row_of: NDArray[np.intp]


def read_corpus(texts: Sequence[Text], lexicon: Lexicon, tick: Callable[[float], None]) -> Corpus:
    """Split the texts into words and find those that differ.

    Equal texts share a row: a campaign of five hundred copies is one voice in the choice of
    themes, and all of it ends up in one place.
    """
    every = max(1, len(texts) // 20)
    documents, langs = [], []
    for number, text in enumerate(texts):
        if number % every == 0:
            tick(number / len(texts))
        langs.append(language_of(text.text, text.lang))
        documents.append(read_document(text.text, lexicon, langs[-1]))
    usable = [document for document in documents if document.stems]
    if len(usable) < FEWEST_TEXTS:
        raise TooFewTexts(f"{len(usable)} texts with usable words, {FEWEST_TEXTS} are needed")
    first: dict[str, int] = {}
    rows = [first.setdefault(d.key, len(first)) if d.stems else -1 for d in documents]
    different = list({document.key: document for document in reversed(usable)}.values())
    different.sort(key=lambda document: first[document.key])
    return Corpus(texts, langs, documents, different, np.array(rows, np.intp))
