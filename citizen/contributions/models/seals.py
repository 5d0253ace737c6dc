"""What is vouched for: of which rows a hash is kept, and the hashes."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


@dataclass(frozen=True)
class Sealed:
    """How a table's rows are sealed: a model says so by ``__sealed__``.

    Attributes
    ----------
    name : what a row is called where something is wrong with it.
    whose : the column with the contribution that it is about.
    key : the column that tells it from others of the same contribution; an integer.
    columns : what is vouched for; all where none is named.
    """

    name: str
    whose: str = "contribution_id"
    key: str = "id"
    columns: tuple[str, ...] = ()


class Seal(Base):
    """What a row about a contribution held when a transaction was kept. One chain for each contribution.

    Only the newest seal of a row has its ``salt``. Without it nobody can try which words an earlier one was
    made of, so that what is erased by law is not there as a hash either. ``content`` is empty where
    the row has gone by the program's own hand.
    """

    __tablename__ = "seal"
    __table_args__ = (Index("ix_seal_row", "contribution_id", "kind", "key"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # The table.
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[int]
    salt: Mapped[str | None] = mapped_column(String(32))
    content: Mapped[str] = mapped_column(String(64))
    # Of all this but the salt, and of the seal before it.
    digest: Mapped[str] = mapped_column(String(64))
