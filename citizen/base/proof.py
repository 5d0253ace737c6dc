"""Whether the audit is still what was written: every row against its link, every link against the next.

What the database alone cannot tell – that its chain was cut short or made anew from some row on – is told
by heads that were kept outside it: in a file that workers write, and by whoever has one on paper.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from citizen.base import clock
from citizen.base.audit import AuditHead, AuditLink, AuditRow, Head, head, link_digest
from citizen.base.chain import BEGINNING
from citizen.base.db import session

log = logging.getLogger(__name__)

FILE = "audit-heads.txt"
KEPT_AT_MOST_EVERY = timedelta(hours=1)

# Columns, not entities: a long chain is read much faster.
_ROW = (AuditRow.id, AuditRow.at, AuditRow.actor_id, AuditRow.action, AuditRow.subject, AuditRow.details)
_HEAD = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})")


class Kind(StrEnum):
    """What is wrong with something."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written; ``what`` names it in a sentence for the terminal."""

    kind: Kind
    what: str


def findings(kept: Iterable[Head] = ()) -> Iterator[Finding]:
    """Everything that is wrong with the chain, in its order; read row by row, however long it is.

    Parameters
    ----------
    kept : heads of the chain as somebody outside the database has kept them.
    """
    end = head()
    count = end.count if end else 0
    yield from _along_the_chain(end)
    yield from _beside_the_chain()
    for one in kept:
        yield from _against(one, count)


def _along_the_chain(end: Head | None) -> Iterator[Finding]:
    if end is None:
        yield Finding(Kind.REMOVED, "the end of the chain (audit_head)")
    number, standing, last = 0, BEGINNING, None
    for link, row in _links(end):
        if link.number > number + 1:
            yield _gone(number + 1, link.number - 1)
        elif link.before != standing:
            # What a row says fits its own link, and the next link knows another: both were rewritten.
            yield _rewritten(last or (link, row))
        if row is None:
            yield Finding(Kind.REMOVED, _named(link, row))
        elif link_digest(link.number, link.before, row, link.seals) != link.digest:
            yield _unlike(link, row)
        number, standing, last = link.number, link.digest, (link, row)
    if end is not None and number < end.count:
        yield _gone(number + 1, end.count)
    elif end is not None and standing != end.digest and last:
        yield _rewritten(last)


def _links(end: Head | None) -> Iterator[tuple[Any, Any]]:
    """Links with their rows, or with none, as far as the chain reached when its end was read."""
    asked = (
        select(AuditLink.number, AuditLink.audit_id, AuditLink.before, AuditLink.digest, AuditLink.seals,
               *_ROW)
        .outerjoin(AuditRow, AuditRow.id == AuditLink.audit_id)
        .order_by(AuditLink.number)
        .execution_options(yield_per=1000)
    )
    if end is not None:
        asked = asked.where(AuditLink.number <= end.count)
    for found in session.execute(asked):
        yield found, found if found.id is not None else None


def _beside_the_chain() -> Iterator[Finding]:
    """Rows that no link names, and links behind the end: neither was written by the program."""
    unlinked = (
        select(*_ROW).outerjoin(AuditLink, AuditLink.audit_id == AuditRow.id)
        .where(AuditLink.number.is_(None)).order_by(AuditRow.id).execution_options(yield_per=1000)
    )
    for row in session.execute(unlinked):
        yield Finding(Kind.INSERTED, f"audit row {row.id} ({_said(row)})")
    behind = select(AuditLink.number).where(
        AuditLink.number > select(func.max(AuditHead.count)).scalar_subquery()
    ).order_by(AuditLink.number)
    for number in session.scalars(behind):
        yield Finding(Kind.INSERTED, f"number {number}, behind the end of the chain")


def _against(kept: Head, count: int) -> Iterator[Finding]:
    if kept.count == 0:
        return
    when = f"when {kept.count}:{kept.digest[:12]}… was kept"
    if kept.count > count:
        yield Finding(Kind.CONTRADICTED, f"the chain had {kept.count} rows {when}, now it has {count}")
    elif kept.digest != session.scalar(select(AuditLink.digest).where(AuditLink.number == kept.count)):
        yield Finding(
            Kind.CONTRADICTED, f"number {kept.count} is not what it was {when}: it or a row before it was"
            " rewritten, and all that follow with it",
        )


def _gone(first: int, last: int) -> Finding:
    return Finding(Kind.REMOVED, f"number {first}" if first == last else f"numbers {first} to {last}")


def _unlike(link: Any, row: Any) -> Finding:
    """A row that does not fit its link: changed, or a later one that was given the number of one removed."""
    later = select(AuditLink.number).where(
        AuditLink.audit_id == link.audit_id, AuditLink.number > link.number
    )
    if session.scalar(later.limit(1)) is None:
        return Finding(Kind.CHANGED, _named(link, row))
    return Finding(Kind.REMOVED, _named(link, None))


def _rewritten(last: tuple[Any, Any]) -> Finding:
    return Finding(Kind.CHANGED, f"{_named(*last)}, together with its link")


def _named(link: Any, row: Any) -> str:
    said = f" ({_said(row)})" if row is not None else ""
    return f"number {link.number}, audit row {link.audit_id}{said}"


def _said(row: Any) -> str:
    by = f"user {row.actor_id}" if row.actor_id is not None else "no user"
    return f"{row.action} {row.subject}, {row.at:%Y-%m-%d %H:%M:%S} UTC, {by}"


# ---- heads kept outside the database


def read_heads(text: str) -> list[Head]:
    """The heads that stand somewhere in a text, such as lines of the file or what somebody typed."""
    return [Head(int(count), digest) for count, digest in _HEAD.findall(text)]


def kept_heads(folder: Path) -> list[Head]:
    """What workers have kept in the data folder."""
    return read_heads(_lines(folder))


def keep_head(folder: Path) -> bool:
    """Note the end of the chain in the data folder where it has moved, at most once an hour.

    Returns
    -------
    Whether a line was written.
    """
    lines = _lines(folder)
    if lines and clock.now() - _written_at(lines) < KEPT_AT_MOST_EVERY:
        return False
    end, kept = head(), read_heads(lines)
    # One that has become shorter is no news of ours: what was kept must go on contradicting it.
    if end is None or end.count <= (kept[-1].count if kept else 0):
        return False
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(f"{clock.now():%Y-%m-%dT%H:%M:%SZ} {end}\n")
    log.info("End of the audit: %s", end)
    return True


def _lines(folder: Path) -> str:
    path = folder / FILE
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _written_at(lines: str) -> datetime:
    """When the last line was written; long ago where somebody has written another."""
    try:
        return datetime.fromisoformat(lines.split()[-2])
    except (IndexError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
