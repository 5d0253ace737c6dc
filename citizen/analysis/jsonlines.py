"""Read texts from JSON lines, write results so that a file is whole or absent."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from citizen.analysis.results import Text


class BadInput(ValueError):
    """Raised when a file cannot be used; the message is meant for the person who sent it."""


def read_texts(path: Path) -> list[Text]:
    """Read one text per line: `id`, `text` and, if known, `lang`; other fields are ignored.

    Raises
    ------
    BadInput
        Naming file and line, if the file is empty or not UTF-8, a line is not a JSON object,
        lacks `id` or `text`, or repeats an id.
    OSError
        If the file cannot be opened.
    """
    texts: list[Text] = []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            text = _read_text(line)
        except ValueError as error:
            raise BadInput(f"{path}, line {number}: {error}") from None
        if text.id in seen:
            first = seen[text.id]
            raise BadInput(f"{path}, line {number}: id {text.id!r} is already in line {first}")
        seen[text.id] = number
        texts.append(text)
    if not texts:
        raise BadInput(f"{path}: the file is empty")
    return texts


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbers and contents of lines that are not blank."""
    for number, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise BadInput(f"{path}, line {number}: not UTF-8") from None
        if line:
            yield number, line


def _read_text(line: str) -> Text:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")
    text, lang = raw.get("text"), raw.get("lang")
    if not isinstance(text, str):
        raise ValueError("'text' is missing or not a string")
    return Text(_read_id(raw.get("id")), text, lang if isinstance(lang, str) else None)


def _read_id(raw: object) -> str:
    """Return an id as a string; whole numbers are taken as they are written."""
    if isinstance(raw, bool) or not isinstance(raw, str | int) or raw == "":
        raise ValueError("'id' is missing or neither a string nor a whole number")
    return str(raw)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object per line."""
    _write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one JSON object, indented for reading."""
    _write(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _write(path: Path, content: str) -> None:
    """Put content beside the target first, so that a reader never sees half a file."""
    # Lone surrogates are legal in JSON escapes but not in UTF-8.
    data = content.encode("utf-8", errors="backslashreplace")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
