"""What a folder says about its model beyond the model's own files: ``citizen.json``."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citizen.analysis.embedder.trouble import BadModel, unusable

SETTINGS = "citizen.json"
LONGEST = 256
"""Tokens of a text that are read, if the settings say nothing else."""

_FIELDS = {"name": str, "prefix": str, "longest": int, "dimensions": int}


@dataclass(frozen=True)
class Settings:
    """The folder's citizen.json, every field of which may be left out.

    Attributes
    ----------
    path
        Where the file is, or would be.
    name
        What the model is called; else as its folder.
    prefix
        Put before every text, as some models were trained to expect ("query: ").
    longest
        Tokens of a text that are read.
    dimensions
        What the model must give; None takes what it gives.
    """

    path: Path
    name: str
    prefix: str = ""
    longest: int = LONGEST
    dimensions: int | None = None


def read_settings(folder: Path) -> Settings:
    """Read the settings of a folder, if it has any.

    Raises
    ------
    BadModel
        If the file is not a JSON object, or a field is unknown or of another kind.
    """
    path, name = folder / SETTINGS, folder.resolve().name
    if not path.is_file():
        return Settings(path, name)
    raw = _read_json(path)
    for field, value in raw.items():
        if field not in _FIELDS:
            raise BadModel(f"{path}: unknown field {field!r}, there are {', '.join(_FIELDS)}")
        if type(value) is not _FIELDS[field] or (isinstance(value, int) and value < 1):
            raise BadModel(f"{path}: {field!r} cannot be {value!r}")
    return Settings(path, **{"name": name, **raw})


def _read_json(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise unusable(path, error) from None
    if not isinstance(raw, dict):
        raise BadModel(f"{path}: not a JSON object")
    return raw
