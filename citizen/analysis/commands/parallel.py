"""Placing many texts on all processors: what a text belongs to hangs on nothing but the model."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from citizen.analysis.model import CHUNK, ThemeModel
from citizen.analysis.results import Item, Text

ALONE = 40_000
"""Texts up to which starting further processes takes longer than it spares."""

_AHEAD = 2
_model: ThemeModel | None = None


def place(model: ThemeModel, texts: Iterable[Text], count: int) -> Iterator[Item]:
    """Say of each text which theme it belongs to, in the order in which they come.

    Parameters
    ----------
    count
        How many texts there are.
    """
    processes = os.cpu_count() or 1
    if count <= ALONE or processes == 1 or model.embedder is not None:
        yield from model.place(texts)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _be_ready, (model,)) as pool:
        waiting: deque[Future[list[Item]]] = deque()
        stream = iter(texts)
        while chunk := list(islice(stream, CHUNK)):
            waiting.append(pool.submit(_place, chunk))
            # No more is read than is worked on, so that memory stays bounded.
            if len(waiting) > _AHEAD * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _be_ready(model: ThemeModel) -> None:
    global _model  # noqa: PLW0603 - a process of the pool keeps the model it was started with
    _model = model


def _place(chunk: list[Text]) -> list[Item]:
    if _model is None:
        raise RuntimeError("this process has no model")
    return list(_model.place(chunk))
