"""What every kind of sentence model is to the analysis, and what all kinds share."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from citizen.analysis.embedder.settings import Settings
from citizen.analysis.embedder.trouble import BadModel
from citizen.analysis.normalise import clean

BATCH = 32

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], NDArray[Any]]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness in meaning.

    Attributes
    ----------
    name
        What the model is called.
    version
        Changes when files or packages that could change a vector do.
    dimensions
        Length of a vector.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, shape (texts, dimensions).

        Rows have length one; that of a text without any token the model knows is zero.

        Raises
        ------
        BadModel
            If the model gives something else than finite numbers of this shape.
        """
        ...


class FolderModel:
    """What all kinds share: the prefix, batches of like length, checks, rows of length one."""

    def __init__(
        self, encode: Encode, settings: Settings, files: Sequence[Path], packages: Sequence[str]
    ) -> None:
        self._encode = encode
        self._settings = settings
        self._files = [file for file in (*files, settings.path) if file.is_file()]
        self._packages = packages
        self.dimensions = settings.dimensions or 0
        self.dimensions = self._batch(["a"]).shape[1]

    @property
    def name(self) -> str:
        return self._settings.name

    @cached_property
    def version(self) -> str:
        digest = hashlib.sha256()
        for file in self._files:
            with file.open("rb") as opened:
                digest.update(f"{file.name} {hashlib.file_digest(opened, 'sha256').hexdigest()} ".encode())
        packages = (f"{name} {version_of(name)}" for name in self._packages)
        return ", ".join([digest.hexdigest()[:16], *packages])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, see `Embedder.embed`."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        # Texts of like length share a batch: less padding to compute.
        order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), texts[at]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows[places] = self._batch([texts[at] for at in places])
        return rows

    def _batch(self, texts: Sequence[str]) -> Vectors:
        read = [self._settings.prefix + _readable(text) for text in texts]
        found = np.asarray(self._encode(read), np.float32)
        if found.ndim != 2 or len(found) != len(texts):
            raise BadModel(f"{self.name} gives an array of shape {found.shape} for {len(texts)} texts")
        if self.dimensions and found.shape[1] != self.dimensions:
            raise BadModel(f"{self.name} gives {found.shape[1]} dimensions, not {self.dimensions}")
        if not np.isfinite(found).all():
            raise BadModel(f"{self.name} gives numbers that are not finite")
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(length > 0, length, 1), np.float32)


def _readable(text: str) -> str:
    """Return what of a text any tokenizer can take: half a surrogate pair is no UTF-8."""
    return clean(text).encode("utf-8", "replace").decode()
