"""The evaluation sets: texts with human labels. They lie outside the repository."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from citizen.analysis.jsonlines import read_texts
from citizen.analysis.labelled import Labelled, read_labelled
from citizen.analysis.results import Text


@dataclass(frozen=True)
class EvalSet:
    """A file of labelled texts; `ignore` are labels that are no theme."""

    name: str
    path: Path
    ignore: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        return self.path.is_file()

    @property
    def texts(self) -> list[Text]:
        return read_texts(self.path)

    @property
    def labelled(self) -> list[Labelled]:
        return read_labelled(self.path)

    @property
    def clusters(self) -> int:
        """Number of labels that are themes."""
        return len({one.label for one in self.labelled} - {None, *self.ignore})


_FILES = {
    "composed": ("composed_civic_svnbnn_dev.jsonl", ()),
    "gothenburg": ("goteborg_sv_dev.jsonl", ("Övrigt/Annat",)),
    "massive": ("massive_svnb_dev.jsonl", ()),
    "sib": ("sib200_svnbnn_dev.jsonl", ()),
    "sib twins": ("sib200_twins_dev.jsonl", ()),
    "norsid": ("norsid_dialects_dev.jsonl", ()),
}


class EvalSets:
    """The sets of a folder by name, whether their files are there or not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> EvalSet:
        file, ignore = _FILES[name]
        return EvalSet(name, self._folder / file, ignore)

    def __iter__(self) -> Iterator[EvalSet]:
        return (self[name] for name in _FILES)
