"""Keeps what published texts are found by, in the transaction that shows or conceals them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from citizen.analysis import terms
from citizen.base.db import Base, session
from citizen.contributions import queries
from citizen.contributions.models import Contribution, SearchPosting, SearchWord, TextVersion

# Any number under which nothing else locks.
_LOCK = 6_203_076
# What a statement may carry on either database.
_MOST_AT_ONCE = 5_000
# Shorter ends are in nearly every word.
_SHORTEST_END = 3

Row = TypeVar("Row")

_TABLE = cast(Table, Contribution.__table__)
_RENEW = (
    update(_TABLE).where(_TABLE.c.id == bindparam("of_id"))
    .values(search_text=bindparam("made"), search_version=bindparam("made_by"))
)


@dataclass(frozen=True)
class Entry:
    """What a text is found by: its terms before and after a change, and the words they come from."""

    contribution_id: int
    programme_id: int
    before: str
    after: str
    words: Mapping[str, str]


def entry(contribution: Contribution, text: TextVersion | None) -> Entry:
    """Read the text that a contribution is found by from now on; None if by none."""
    whole = "\n".join(part for part in (text.title, text.body, text.place) if part) if text else ""
    words = terms.content_words(whole)
    after = " ".join(terms.terms_of(words))
    return Entry(contribution.id, contribution.programme_id, contribution.search_text, after, words)


def write_entries(entries: Sequence[Entry]) -> None:
    """Bring postings and words in line with some texts."""
    _one_at_a_time()
    for one in entries:
        _take_out(one)
    _add(SearchPosting, (
        {"term": term, "programme_id": one.programme_id, "contribution_id": one.contribution_id}
        for one in entries for term in one.after.split()
    ))
    _learn({pair for one in entries for pair in one.words.items()})


def _one_at_a_time() -> None:
    """Wait for others who write here, so that no word is forgotten that somebody is about to use.

    On SQLite whoever writes is alone anyway. Rows of contributions are locked before this, always.
    """
    if session.connection().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _take_out(one: Entry) -> None:
    gone = set(one.before.split()) - set(one.after.split())
    for terms_gone in _lots(sorted(gone)):
        session.execute(delete(SearchPosting).where(
            SearchPosting.term.in_(terms_gone), SearchPosting.programme_id == one.programme_id,
            SearchPosting.contribution_id == one.contribution_id,
        ))
        used = exists().where(SearchPosting.term == SearchWord.term)
        session.execute(delete(SearchWord).where(SearchWord.term.in_(terms_gone), ~used))


def _learn(pairs: Iterable[tuple[str, str]]) -> None:
    """Keep new words with all their endings, so that a word is found inside others."""
    known: set[tuple[str, str]] = set()
    for lot in _lots(sorted(pairs)):
        rows = select(SearchWord.part, SearchWord.term).where(SearchWord.part.in_([word for word, _ in lot]))
        known |= {(row.part, row.term) for row in session.execute(rows)}
    _add(SearchWord, (
        {"part": part, "term": term} for word, term in set(pairs) - known for part in _parts(word, term)
    ))


def _parts(word: str, stem: str) -> set[str]:
    return {word, stem, *(word[at:] for at in range(1, len(word) - _SHORTEST_END + 1))}


def _add(model: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows that may be there already, in the order of the key; past the mapper, for there are many."""
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(cast(Table, model.__table__)).on_conflict_do_nothing()
    for lot in _lots(sorted(rows, key=lambda row: tuple(row.values()))):
        session.execute(statement, lot)


def _lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while lot := list(islice(rest, _MOST_AT_ONCE)):
        yield lot


def refresh_index(most: int, after: int = 0) -> list[int]:
    """Read published texts anew whose terms come from another version of the analysis.

    Parameters
    ----------
    most : at most so many.
    after : only contributions with larger ids.

    Returns
    -------
    The ids of those that were read; empty when the index is up to date.
    """
    stale = queries.stale_texts(terms.version(), most, after)
    entries = [entry(contribution, text) for contribution, text in stale]
    write_entries(entries)
    if entries:
        # Not through the mapper: this is no step that a moderator could trip over.
        made_by = terms.version()
        session.execute(_RENEW, [
            {"of_id": one.contribution_id, "made": one.after, "made_by": made_by} for one in entries
        ])
    return [one.contribution_id for one in entries]


def forget_index() -> None:
    """Empty the index; every published text is stale from here on."""
    _one_at_a_time()
    session.execute(delete(SearchPosting))
    session.execute(delete(SearchWord))
    session.execute(
        update(Contribution).where(Contribution.search_version != "")
        .values(search_text="", search_version="").execution_options(synchronize_session=False)
    )
