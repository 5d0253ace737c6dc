"""Read texts from JSON lines, write results so that a file is whole or absent."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from citizen.analysis.results import Text


class BadInput(ValueError):
    """Raised when a file cannot be used; the message is meant for the person who sent it."""


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_ENCODER = json.JSONEncoder(ensure_ascii=False)

Row = TypeVar("Row", bound=_HasId)
Value = TypeVar("Value")


def read_texts(path: Path) -> list[Text]:
    """Read one text per line: `id`, `text` and, if known, `lang`; other fields are ignored.

    Raises
    ------
    BadInput
        As `read_rows`, and if `text` is missing.
    OSError
        If the file cannot be opened.
    """
    return read_rows(path, _text)


def read_rows(path: Path, read: Callable[[Mapping[str, Any]], Row]) -> list[Row]:
    """Read one JSON object with an `id` per line.

    Parameters
    ----------
    path
        A file in UTF-8; blank lines are passed over.
    read
        Makes a row of an object, or raises ValueError with what is wrong with it.

    Raises
    ------
    BadInput
        Naming file and line, if the file is empty or not UTF-8, a line is not a JSON object,
        `read` refuses it, or it repeats an id.
    OSError
        If the file cannot be opened.
    """
    return list(_checked(path, read))


def stream_texts(path: Path) -> Iterator[Text]:
    """Read texts as `read_texts`, one at a time; of those read only a number per id is kept."""
    return _checked(path, _text)


def _checked(path: Path, read: Callable[[Mapping[str, Any]], Row]) -> Iterator[Row]:
    seen: set[bytes] = set()
    for number, row in _numbered(path, read):
        key = blake2b(row.id.encode(errors="surrogatepass"), digest_size=8).digest()
        if key in seen:
            first = next(at for at, other in _numbered(path, read) if other.id == row.id)
            raise BadInput(f"{path}, line {number}: id {row.id!r} is already in line {first}")
        seen.add(key)
        yield row
    if not seen:
        raise BadInput(f"{path}: the file is empty")


def read_objects(path: Path, read: Callable[[Mapping[str, Any]], Value]) -> Iterator[Value]:
    """Read one JSON object per line as `read_rows`, without ids."""
    return (value for _, value in _numbered(path, read))


def _numbered(path: Path, read: Callable[[Mapping[str, Any]], Value]) -> Iterator[tuple[int, Value]]:
    for number, line in _lines(path):
        try:
            yield number, read(_object(line))
        except ValueError as error:
            raise BadInput(f"{path}, line {number}: {error}") from None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbers and contents of lines that are not blank."""
    with path.open("rb") as source:
        for number, raw in enumerate(source, start=1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError:
                raise BadInput(f"{path}, line {number}: not UTF-8") from None
            if line:
                yield number, line


def _object(line: str) -> Mapping[str, Any]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")
    return raw


def _text(raw: Mapping[str, Any]) -> Text:
    text, lang = raw.get("text"), raw.get("lang")
    if not isinstance(text, str):
        raise ValueError("'text' is missing or not a string")
    return Text(read_id(raw), text, lang if isinstance(lang, str) else None)


def read_id(raw: Mapping[str, Any]) -> str:
    """Return the `id` of a row as a string; whole numbers are taken as they are written.

    Raises
    ------
    ValueError
        If it is missing, empty or something else.
    """
    value = raw.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise ValueError("'id' is missing or neither a string nor a whole number")
    return str(value)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object per line, as they come."""
    with writing(path) as target:
        for row in rows:
            target.write(_bytes(_ENCODER.encode(row) + "\n"))


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one JSON object, indented for reading."""
    with writing(path) as target:
        target.write(_bytes(json.dumps(value, ensure_ascii=False, indent=2) + "\n"))


def _bytes(text: str) -> bytes:
    # Lone surrogates are legal in JSON escapes but not in UTF-8.
    return text.encode("utf-8", errors="backslashreplace")


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Context with a file beside the target that takes its place at the end, or is removed.

    So a reader never sees half a file, and an earlier one survives a failure.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
