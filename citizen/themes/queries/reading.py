"""What analysis reads: every published text, or those that nothing has read as they are now."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.themes.models import Placement


@dataclass(frozen=True)
class ReadableText:
    """A published text as analysis takes it; ``version`` is the one everyone may read."""

    id: int
    version: int
    language: str
    title: str | None
    body: str

    @property
    def whole(self) -> str:
        """Title and body as one text."""
        return f"{self.title}\n{self.body}" if self.title else self.body


class Stretch(NamedTuple):
    """Published texts that are read together: ids of the first and the last, and how many there are."""

    first: int
    last: int
    texts: int


def stretches(programme_id: int, size: int) -> list[Stretch]:
    """A programme's published texts in stretches of at most SIZE, by id; without any text none."""
    ids = select(Contribution.id).where(
        Contribution.programme_id == programme_id, Contribution.visibility == Visibility.PUBLISHED
    )
    numbered = ids.add_columns(
        (func.row_number().over(order_by=Contribution.id) - 1).label("at")
    ).subquery()
    stretch = numbered.c.at // size
    rows = session.execute(
        select(func.min(numbered.c.id), func.max(numbered.c.id), func.count())
        .group_by(stretch)
        .order_by(stretch)
    )
    return [Stretch(*row) for row in rows]


def readable_texts(programme_id: int, first: int, last: int) -> list[ReadableText]:
    """The published texts of a programme from one id to another, both included, oldest id first."""
    return _texts(_readable(programme_id).where(Contribution.id.between(first, last)))


def waiting_texts(programme_id: int) -> list[ReadableText]:
    """Published texts that nothing has placed as they read now, oldest id first; no pinned ones."""
    return _texts(_readable(programme_id).where(_is_waiting()))


def waiting_count(programme_id: int) -> int:
    """How many such texts there are."""
    return session.scalar(select(func.count()).select_from(
        _readable(programme_id).where(_is_waiting()).order_by(None).subquery()
    )) or 0


def _texts(found: Select[*tuple[Any, ...]]) -> list[ReadableText]:
    return [ReadableText(*row) for row in session.execute(found)]


def _readable(programme_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Contribution.id, Contribution.public_version, Contribution.language, TextVersion.title,
               TextVersion.body)
        .join(
            TextVersion,
            and_(TextVersion.contribution_id == Contribution.id,
                 TextVersion.number == Contribution.public_version),
        )
        .outerjoin(Placement, Placement.contribution_id == Contribution.id)
        .where(Contribution.programme_id == programme_id, Contribution.visibility == Visibility.PUBLISHED)
        .order_by(Contribution.id)
    )


def _is_waiting() -> ColumnElement[bool]:
    unread = or_(Placement.text_version.is_(None), Placement.text_version != Contribution.public_version)
    return or_(Placement.contribution_id.is_(None), and_(Placement.pinned.is_(False), unread))
