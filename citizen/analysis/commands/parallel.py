"""Placing many texts on all processors: what a text belongs to hangs on nothing but the model.

Nothing heavy is imported with this module: a helper must leave Ctrl-C to its master before it begins
to load what it needs.
"""

import gc
import os
import signal
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import active_children, get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from citizen.analysis.jsonlines import stream_texts
from citizen.analysis.results import Item, Text

if TYPE_CHECKING:
    from citizen.analysis.model import ThemeModel
    from citizen.analysis.words import Words

ALONE = 30_000
"""Texts up to which starting helpers takes longer than it spares."""

CHUNK = 2_500
_AHEAD = 2
_MOST_WAITING = 50
_READ_AHEAD = 10_000


class Helpers:
    """Further processes, one for every processor but one; they get ready while themes are learnt.

    Parameters
    ----------
    source
        File of texts.
    count
        How many there are; 0 for no helpers.
    concepts
        File with a municipality's own concepts, if any.
    """

    def __init__(self, source: Path, count: int, concepts: Path | None) -> None:
        self._number = (os.cpu_count() or 1) - 1 if count > ALONE else 0
        self._source = source
        self._concepts = concepts

    def __enter__(self) -> "Helpers":
        self._folder = tempfile.TemporaryDirectory(prefix="citizen-")
        if self._number:
            self._pool = ProcessPoolExecutor(self._number, get_context("spawn"), _leave_interrupts)
            for _ in range(self._number):
                self._pool.submit(_get_ready, self._source, self._concepts)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._number:
            is_cancelled = kind is not None and not issubclass(kind, Exception)
            # Whoever cancels does not wait for what is in the helpers' hands.
            for helper in active_children() if is_cancelled else ():
                helper.kill()
            self._pool.shutdown(wait=not is_cancelled, cancel_futures=True)
        self._folder.cleanup()

    def place(self, model: "ThemeModel", texts: Iterable[Text]) -> Iterator[Item]:
        """Say of each text which theme it belongs to, in the order in which they come."""
        if not self._number:
            yield from model.place(texts)
            return
        saved = Path(self._folder.name) / "model"
        saved.write_bytes(model.to_bytes())
        stream, waiting = iter(texts), deque[Future[list[Item]]]()
        while chunk := list(islice(stream, CHUNK)):
            if sum(not one.done() for one in waiting) < _AHEAD * self._number:
                waiting.append(self._pool.submit(_place, saved, self._concepts, chunk))
            else:
                waiting.append(Future())
                waiting[-1].set_result(list(model.place(chunk)))
            # No more is read than is worked on, so that memory stays bounded.
            while waiting and (waiting[0].done() or len(waiting) > _MOST_WAITING):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _get_ready(source: Path, concepts: Path | None) -> None:
    """Read word lists, and the words of the first texts."""
    from citizen.analysis.model import read_passages

    some = islice(stream_texts(source), _READ_AHEAD)
    _words(concepts).meet(passage for text in some for passage in read_passages(text))
    # All of this stays until the end, and then looking through it for rings takes most of a second.
    gc.freeze()


@cache
def _words(concepts: Path | None) -> "Words":
    from citizen.analysis.commands.lists import read_lexicon_with
    from citizen.analysis.thesaurus import load_thesaurus
    from citizen.analysis.words import Words

    return Words(read_lexicon_with(concepts), load_thesaurus())


@cache
def _model(saved: Path, concepts: Path | None) -> "ThemeModel":
    from citizen.analysis.model import from_bytes

    words = _words(concepts)
    model = from_bytes(saved.read_bytes(), words.lexicon, words.thesaurus)
    model.words = words
    return model


def _place(saved: Path, concepts: Path | None, chunk: list[Text]) -> list[Item]:
    return list(_model(saved, concepts).place(chunk))
