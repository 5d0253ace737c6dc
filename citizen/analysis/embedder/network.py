"""Networks in ONNX that give a vector per token, or per text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from citizen.analysis.embedder.model import Embedder, FolderModel
from citizen.analysis.embedder.settings import Settings
from citizen.analysis.embedder.tokens import PADDING, read_tokenizer, token_of
from citizen.analysis.embedder.trouble import BadModel, package, unusable

_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
_WHOLE = "sentence_embedding"


def load_network(path: Path, folder: Path, settings: Settings) -> Embedder:
    """Read a network; its tokenizer lies beside it or in the model's folder.

    Raises
    ------
    BadModel
        If a file or a package is missing, cannot be read, or the network is of another kind.
    """
    home = path.parent if (path.parent / "tokenizer.json").is_file() else folder
    tokenizer = read_tokenizer(home, settings.longest)
    # Which token pads is all the same: the mask leaves it out.
    tokenizer.enable_padding(pad_id=token_of(tokenizer, PADDING) or 0)
    session = _session(path)
    wanted, output = _ends(session, path)

    def encode(texts: Sequence[str]) -> NDArray[Any]:
        read = tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in read], np.int64)
        mask = np.array([one.attention_mask for one in read], np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            (found,) = session.run([output], {name: feed[name] for name in wanted})
        except Exception as error:  # the runtime raises a dozen classes of its own
            raise unusable(path, error) from None
        return _pooled(found, mask)

    files = [path, path.with_name("model.onnx_data"), home / "tokenizer.json"]
    return FolderModel(encode, settings, files, ["onnxruntime", "tokenizers"])


def _session(path: Path) -> Any:
    runtime = package("onnxruntime")
    options = runtime.SessionOptions()
    # One thread, so that sums do not hang on how work is shared.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises a dozen classes of its own
        raise unusable(path, error) from None


def _ends(session: Any, path: Path) -> tuple[set[str], str]:
    """Return the inputs a network asks for and the output to read."""
    wanted = {one.name for one in session.get_inputs()}
    outputs = [one.name for one in session.get_outputs()]
    if "input_ids" not in wanted or wanted - _INPUTS:
        raise BadModel(f"{path} asks for {', '.join(sorted(wanted))}: no sentence model")
    return wanted, _WHOLE if _WHOLE in outputs else outputs[0]


def _pooled(found: NDArray[Any], mask: NDArray[np.int64]) -> NDArray[Any]:
    """Return the mean over the tokens of each text, those of padding left out.

    `found` has shape (texts, tokens, dimensions), `mask` (texts, tokens); a vector per text stays.
    """
    if found.ndim != 3:
        return found
    counts = np.maximum(mask.sum(axis=1, keepdims=True), 1)
    return np.asarray((found * mask[:, :, None]).sum(axis=1) / counts)
