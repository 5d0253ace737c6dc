"""Themes with their figures, and what people did to them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Idea
from citizen.themes.models import Placement, Theme, ThemeEdit
from citizen.themes.queries.standing import hold
from citizen.themes.rules import name_in

EDITS_SHOWN = 50


@dataclass(frozen=True)
class ThemeSummary:
    """A theme with the figures of its published members."""

    id: int
    ref: str
    name: str | None
    suggested_names: dict[str, str]
    terms: list[str]
    representatives: list[int]
    goals: list[int]
    verdict: str | None
    own: bool
    size: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    sectors: dict[str, int] = field(default_factory=dict)
    municipalities: dict[int, int] = field(default_factory=dict)
    supporters: int = 0
    confidence: float = 0.0

    def called(self, language: str) -> str:
        """The theme's name for a reader; its reference where it has none."""
        return name_in(self.name, self.suggested_names, language) or self.ref


def themes(programme_id: int) -> list[ThemeSummary]:
    """A programme's open, unmerged themes, largest first."""
    figures = _figures(programme_id)
    found = session.execute(
        select(Theme.id, Theme.ref, Theme.name, Theme.suggested_names, Theme.terms,
               Theme.representatives, Theme.goals, Theme.verdict, Theme.own)
        .where(Theme.programme_id == programme_id, Theme.closed_at.is_(None),
               Theme.merged_into_id.is_(None))
    )
    summaries = [ThemeSummary(*row, **figures.get(row.id, {})) for row in found]
    return sorted(summaries, key=lambda theme: (-theme.size, theme.id))


def _figures(programme_id: int) -> dict[int, dict[str, Any]]:
    """Size and make-up of every theme; the database counts, one row per combination."""
    rows = session.execute(
        select(
            Placement.theme_id, Contribution.language, Contribution.sector,
            Contribution.municipality_id, func.count(), func.sum(Placement.confidence),
            func.sum(func.coalesce(Idea.support_count, 0)),
        )
        .join(Contribution, Contribution.id == Placement.contribution_id)
        .outerjoin(Idea, Idea.contribution_id == Contribution.id)
        .where(Placement.programme_id == programme_id, Placement.theme_id.is_not(None),
               Contribution.visibility == Visibility.PUBLISHED)
        .group_by(Placement.theme_id, Contribution.language, Contribution.sector,
                  Contribution.municipality_id)
    ).all()
    grouped: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        grouped[int(row[0] or 0)].append(row)
    return {theme_id: _summed(rows) for theme_id, rows in grouped.items()}


def _summed(rows: list[Sequence[Any]]) -> dict[str, Any]:
    languages, sectors, municipalities = Counter[str](), Counter[str](), Counter[int]()
    size, confidence, supporters = 0, 0.0, 0
    for _theme, language, sector, municipality, count, sure, support in rows:
        languages[language] += count
        sectors[sector or "unknown"] += count
        municipalities[municipality] += count
        size, confidence, supporters = size + count, confidence + sure, supporters + int(support)
    return {
        "size": size, "supporters": supporters, "confidence": confidence / size,
        "languages": dict(languages.most_common()), "sectors": dict(sectors.most_common()),
        "municipalities": dict(municipalities.most_common()),
    }


def theme(programme_id: int, ref: str, *, for_change: bool = False) -> Theme | None:
    """A theme by its reference, also one that is merged or closed.

    Parameters
    ----------
    for_change : changes to a programme's themes wait for each other, see `hold`.
    """
    if for_change:
        hold(programme_id)
    found = select(Theme).where(Theme.programme_id == programme_id, Theme.ref == ref)
    return session.scalar(found.execution_options(populate_existing=for_change))


def theme_by_id(theme_id: int) -> Theme:
    """The theme behind a reference from another row."""
    return session.get_one(Theme, theme_id)


def theme_names(programme_id: int) -> dict[str, Theme]:
    """Every theme a programme has had, by reference, for the words of its history."""
    found = session.scalars(select(Theme).where(Theme.programme_id == programme_id).order_by(Theme.id))
    return {one.ref: one for one in found}


@dataclass(frozen=True)
class EditRow:
    """What somebody did to a theme; ``who`` is None for the command line."""

    id: int
    kind: str
    at: datetime
    who: str | None
    details: dict[str, Any]


@dataclass(frozen=True)
class Move:
    """Ideas that somebody moved: how many, the theme they went to, and the one to take it back in."""

    edit_id: int
    count: int
    to: Theme | None
    undo_in: str


def move(programme_id: int, edit_id: int, user_id: int) -> Move | None:
    """A move by somebody, as long as nothing has been done since to the theme whose history has it."""
    later = aliased(ThemeEdit)
    is_latest = ~select(later.id).where(later.theme_id == ThemeEdit.theme_id, later.id > edit_id).exists()
    found = session.execute(
        select(ThemeEdit.details, Theme.ref)
        .join(Theme, Theme.id == ThemeEdit.theme_id)
        .where(ThemeEdit.id == edit_id, ThemeEdit.programme_id == programme_id, ThemeEdit.kind == "move",
               ThemeEdit.user_id == user_id, is_latest)
    ).first()
    if found is None or "undoes" in found.details:
        return None
    to = theme(programme_id, found.details["to"]) if found.details["to"] else None
    return Move(edit_id, len(found.details["ideas"]), to, found.ref)


def edits(theme_id: int) -> list[EditRow]:
    """The latest edits that concern a theme, newest first."""
    rows = session.execute(
        select(ThemeEdit.id, ThemeEdit.kind, ThemeEdit.at, User.name, ThemeEdit.details)
        .outerjoin(User, User.id == ThemeEdit.user_id)
        .where(ThemeEdit.theme_id == theme_id)
        .order_by(ThemeEdit.id.desc())
        .limit(EDITS_SHOWN)
    )
    return [EditRow(*row) for row in rows]
