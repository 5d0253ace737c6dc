"""What analysis reads: every published text, or those that nothing has read as they are now."""

from dataclasses import dataclass
from typing import Any

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


def readable_texts(programme_id: int) -> list[ReadableText]:
    """Every published text of a programme, oldest id first."""
    return _texts(_readable(programme_id))


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
