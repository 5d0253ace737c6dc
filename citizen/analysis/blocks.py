"""Blocks of rows worked on side by side: each for itself, so that the result is always the same."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_MOST_THREADS = 4


def by_blocks(
    work: Callable[[int], None], rows: int, step: int, tick: Callable[[float], None] = lambda _share: None
) -> None:
    """Do some work on rows, `step` of them at a time, on several processors.

    Parameters
    ----------
    work
        Given the first row of a block. The library must do most of it, for it lets other threads run.
    tick
        Told the share of rows done; may raise to stop.
    """
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as threads:
        for done, _ in enumerate(threads.map(work, range(0, rows, step)), start=1):
            tick(min(1.0, done * step / rows))
