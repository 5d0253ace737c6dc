"""Rows out of a file of ideas."""

from citizen.base import tables
from citizen.base.tables import Row, Sought, Table, UnreadableFile
from citizen.ideas.rules.columns import recognised

__all__ = ["Row", "Table", "UnreadableFile", "read_table"]

_SOUGHT = Sought(recognised, sheet="ideas")


def read_table(name: str, content: bytes) -> Table:
    """The rows of a file, by the ending of its name.

    Raises
    ------
    UnreadableFile
        If nothing in it can be trusted.
    """
    return tables.read_table(name, content, _SOUGHT)
