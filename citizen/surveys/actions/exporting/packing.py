"""The archive is written in one pass over the answers and sent while it is written.

The wide file goes straight into it; all others lie on disk meanwhile. So memory does not grow with the
survey, and nobody waits long for the first byte.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import IO

from citizen.base import audit
from citizen.base.db import only_reading
from citizen.surveys import queries
from citizen.surveys.actions.exporting import xlsx_file
from citizen.surveys.actions.exporting.csv_files import Csv, Long, Texts, Wide
from citizen.surveys.actions.exporting.json_file import Json
from citizen.surveys.actions.exporting.order import Line, Order, Pack, Words, prepared
from citizen.surveys.actions.exporting.readme import NAME, readme
from citizen.surveys.actions.exporting.xlsx_file import Workbook
from citizen.surveys.models import Survey
from citizen.surveys.rules.export import r, spss

_PIECE = 1024 * 256
_LARGE = 200_000
"""So many submissions can make a file that needs the archive's form for more than 4 GB."""


class _Pipe(io.RawIOBase):
    """A file that is only written, and whose content is taken away as it comes."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def note_download(survey: Survey, order: Order, user_id: int | None) -> None:
    """Leave a row about who took what out."""
    audit.record("surveys.download", survey.ref, user_id, words=order.words.value, version=order.version)


def packed(survey_id: int, order: Order) -> Iterator[bytes]:
    """The archive, piece by piece. Reads alone: nobody who writes waits for it."""
    with only_reading():
        pack, pipe = prepared(queries.survey_by_id(survey_id), order), _Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive, ExitStack() as held:
            files = _Files(pack, held)
            with archive.open(_entry(pack, "data.csv"), "w", force_zip64=pack.submissions > _LARGE) as member:
                files.begin(member)
                for lot in pack.lots():
                    files.write(lot)
                    yield pipe.taken()
            for name, file in files.others():
                with archive.open(_entry(pack, name), "w", force_zip64=pack.submissions > _LARGE) as member:
                    while piece := file.read(_PIECE):
                        member.write(piece)
                        yield pipe.taken()
        yield pipe.taken()


def _entry(pack: Pack, name: str) -> zipfile.ZipInfo:
    day = pack.day
    entry = zipfile.ZipInfo(f"{pack.survey.ref}/{name}", (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _Files:
    """Every file of a pack."""

    def __init__(self, pack: Pack, held: ExitStack) -> None:
        self._pack, self._held = pack, held
        self._kept = {name: self._file() for name in ("data.xlsx", "long.csv", "data.json")}
        self._book, self._json = Workbook(pack, self._kept["data.xlsx"]), Json(pack, self._kept["data.json"])
        self._long = Long(pack, self._kept["long.csv"])
        self._texts = held.enter_context(closing(Texts(pack))) if pack.order.words is Words.APART else None

    def _file(self) -> IO[bytes]:
        return self._held.enter_context(tempfile.TemporaryFile())

    def begin(self, out: IO[bytes]) -> None:
        """Take the archive's member that the wide file goes into."""
        self._wide = Wide(self._pack, out)
        self._wide.write([])

    def write(self, lot: Sequence[Line]) -> None:
        for file in (self._wide, self._long, self._book, self._json):
            file.write(lot)
        if self._texts:
            self._texts.write(lot)

    def others(self) -> Iterator[tuple[str, IO[bytes]]]:
        """The other files, finished, from their beginning."""
        self._long.write([])
        self._book.finish()
        self._json.finish(self._texts.rows() if self._texts else None)
        if self._texts:
            self._kept |= {name: self._file() for name in ("texts.csv", "texts.xlsx")}
            self._write_texts(self._texts)
        for name, text in self._written().items():
            self._kept[name] = self._file()
            self._kept[name].write(text)
        for name, file in self._kept.items():
            file.seek(0)
            yield name, file

    def _write_texts(self, texts: Texts) -> None:
        table = Csv(self._kept["texts.csv"], self._pack.order.delimiter)
        for row in texts.rows():
            table.row(row)
            table.flush()
        xlsx_file.write_texts(self._kept["texts.xlsx"], texts.rows(), self._pack.day)

    def _written(self) -> dict[str, bytes]:
        pack, told = self._pack, {"file": "data.csv", "delimiter": self._pack.order.delimiter}
        sps = spss.syntax(pack.columns, pack.own_labels, widths=self._wide.widths, **told)
        script = r.syntax(pack.columns, pack.own_labels, **told)
        return {
            # With a byte order mark SPSS reads UTF-8 whatever it is set to.
            "syntax.sps": ("\r\n".join(sps) + "\r\n").encode("utf-8-sig"),
            "syntax.R": ("\n".join(script) + "\n").encode(),
            f"{NAME}.txt": readme(pack).encode("utf-8-sig"),
        }
