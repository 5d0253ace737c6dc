"""How far a command has come, on the error stream; silent where nobody watches."""

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TypeVar

from tqdm import tqdm

Value = TypeVar("Value")

_WORDS = {
    "reading": "Reading", "features": "Words and concepts", "graph": "Comparing", "groups": "Grouping",
    "labels": "Naming", "placing": "Placing",
}


class Bar:
    """A progress bar: one line that is gone at the end.

    Parameters
    ----------
    quiet
        Whether to show none even on a terminal.
    """

    def __init__(self, quiet: bool) -> None:
        # None: shown on a terminal only.
        self._off = True if quiet else None
        self._shown = ""
        self._bar = tqdm(disable=True)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def _new(self, total: int | None, stage: str) -> "tqdm[None]":
        return tqdm(total=total, desc=_WORDS.get(stage, stage), file=sys.stderr, leave=False,
                    disable=self._off, unit="", mininterval=0.2)

    def _stage(self, total: int | None, stage: str) -> None:
        self._bar.close()
        self._shown = stage
        self._bar = self._new(total, stage)

    def count(self, values: Iterable[Value], total: int | None, stage: str) -> Iterator[Value]:
        """Pass values on and count them; `total` is None where it is not known."""
        self._stage(total, stage)
        for value in values:
            yield value
            self._bar.update()

    def told(self, share: float, stage: str) -> None:
        """Show how far the learning has come: a progress function as `results.Progress`."""
        if stage != self._shown:
            self._stage(100, stage)
        self._bar.update(round(100 * share) - self._bar.n)

    def say(self, words: str) -> None:
        """Say something without spoiling the line."""
        tqdm.write(words, file=sys.stderr)
