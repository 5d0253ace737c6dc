"""Models as the package sentence-transformers saves them, read by that package if it is there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from citizen.analysis.embedder.model import BATCH, Embedder, FolderModel
from citizen.analysis.embedder.settings import Settings
from citizen.analysis.embedder.trouble import package, unusable


def load_packaged(folder: Path, settings: Settings) -> Embedder:
    """Read a model by the package; neither code nor pickles of the folder are run.

    Raises
    ------
    BadModel
        If the package is missing or cannot read the folder.
    """
    found = package("sentence_transformers")
    try:
        model = found.SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )  # fmt: skip
    except Exception as error:  # anything its parts may raise
        raise unusable(folder, error) from None

    def encode(texts: Sequence[str]) -> NDArray[Any]:
        return np.asarray(model.encode(list(texts), batch_size=BATCH, show_progress_bar=False))

    files = sorted(file for file in folder.rglob("*") if file.suffix in {".json", ".safetensors"})
    return FolderModel(encode, settings, files, ["sentence-transformers"])
