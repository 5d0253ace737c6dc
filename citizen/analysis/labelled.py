"""Texts with human labels, and clusters found for them, from JSON lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citizen.analysis.jsonlines import BadInput, read_id, read_rows
from citizen.analysis.results import UNSORTED


@dataclass(frozen=True)
class Labelled:
    """A text with its human label; `label` is None where nobody gave one.

    `group` ties translations of the same text together.
    """

    id: str
    lang: str
    label: str | None
    group: str | None = None


@dataclass(frozen=True)
class Prediction:
    """The cluster of a text; None where it has none."""

    id: str
    cluster: str | None


def read_labelled(path: Path, label: str = "label") -> list[Labelled]:
    """Read one labelled text per line: `id`, a label and, if known, `lang` and `group`.

    Parameters
    ----------
    label
        Name of the field with the label; a line may lack it.

    Raises
    ------
    BadInput
        Naming file and line, as `jsonlines.read_rows`; or if no line has the label.
    OSError
        If the file cannot be opened.
    """

    def read(raw: Mapping[str, Any]) -> Labelled:
        lang = _name(raw, "lang") or "und"
        return Labelled(read_id(raw), lang, _name(raw, label), _name(raw, "group"))

    rows = read_rows(path, read)
    if all(row.label is None for row in rows):
        raise BadInput(f"{path}: no line has a {label!r}")
    return rows


def read_predictions(path: Path) -> dict[str, str | None]:
    """Read one prediction per line: `id` and `cluster`; -1, null or nothing is no cluster.

    Raises
    ------
    BadInput
        Naming file and line, as `jsonlines.read_rows`.
    OSError
        If the file cannot be opened.
    """

    def read(raw: Mapping[str, Any]) -> Prediction:
        cluster = _name(raw, "cluster")
        return Prediction(read_id(raw), None if cluster == str(UNSORTED) else cluster)

    return {row.id: row.cluster for row in read_rows(path, read)}


def _name(raw: Mapping[str, Any], field: str) -> str | None:
    """Return a field that may be missing, a string or a whole number."""
    value = raw.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"{field!r} is neither a string nor a whole number")
    return str(value)
