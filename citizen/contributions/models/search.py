"""What published texts are found by."""


from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base

# Compared letter by letter, in the same order everywhere.
_Term = String(60).with_variant(String(60, collation="C"), "postgresql")


class SearchPosting(Base):
    """A published text has a term. What is here can be made anew from the texts, so it points at none."""

    __tablename__ = "search_posting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    term: Mapped[str] = mapped_column(_Term, primary_key=True)
    programme_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contribution_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SearchWord(Base):
    """A word of a published text, each of its endings, and the term that such texts have.

    What begins like ``part`` lies within the word; where ``part`` is the term, it is a stem.
    """

    __tablename__ = "search_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    part: Mapped[str] = mapped_column(_Term, primary_key=True)
    term: Mapped[str] = mapped_column(_Term, primary_key=True, index=True)
