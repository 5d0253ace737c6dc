"""Forms that bring files: read to their end, so that what was typed comes back; kept up to a bound.

Everywhere else a request is refused from `MAX_CONTENT_LENGTH` on. A form with files may be far
larger than what is kept of it: of a file that is too large, and of files beyond those asked for,
nothing is kept while they are read past. They lie in files of the system until the answer is made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar, cast

from flask import Flask, current_app, request
from flask import Request as FlaskRequest

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_REQUEST = 160 * 1024 * 1024
# What is typed beside the files, a field and all of them: what a session of a browser sends, many times over.
LARGEST_FIELD = 1024 * 1024
MOST_FIELDS = 60
_IN_MEMORY = 512 * 1024


@dataclass(frozen=True)
class Room:
    """What is kept of a form's files."""

    most: int
    largest: int


class KeptFile(SpooledTemporaryFile[bytes]):
    """A file as it is sent, given up once it is larger than there is room for."""

    def __init__(self, largest: int) -> None:
        super().__init__(max_size=_IN_MEMORY, mode="w+b")
        self._left = largest
        self.is_too_large = False

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left >= 0:
            return super().write(data)
        if not self.is_too_large:
            self.is_too_large = True
            self.seek(0)
            self.truncate()
        return len(data)


class Request(FlaskRequest):
    """A request that knows how much there is room for."""

    room: Room | None = None
    _named = 0

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.room is None:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        # A field in which nothing was chosen comes as a file without a name.
        self._named += bool(filename)
        return cast(IO[bytes], KeptFile(self.room.largest if self._named <= self.room.most else 0))


def takes_files(most: int, largest: int) -> Callable[[View], View]:
    """A view whose form brings files: so many are kept, each of at most so many bytes."""

    def declare(view: View) -> View:
        view.room = Room(most, largest)  # type: ignore[attr-defined]
        return view

    return declare


def init(app: Flask) -> None:
    """Give the views that take files their room. Before anything else reads the form."""
    app.request_class = Request

    @app.before_request
    def read_whole_form() -> None:
        room = getattr(current_app.view_functions.get(request.endpoint or ""), "room", None)
        if room is None or not isinstance(request, Request):
            return
        if request.mimetype == "multipart/form-data":
            request.room = room
            request.max_content_length = LARGEST_REQUEST
            request.max_form_memory_size, request.max_form_parts = LARGEST_FIELD, MOST_FIELDS
        # Read now, to its end: nobody who writes to the database waits for a slow phone.
        request.form  # noqa: B018 - reading it is what is wanted
