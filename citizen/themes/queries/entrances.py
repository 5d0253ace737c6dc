"""Themes as residents enter by: those with a name and enough ideas that nobody stands out."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from citizen.base import locale
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.themes.models import Placement, Theme

FEWEST = 5


@dataclass(frozen=True)
class Entrance:
    """A theme, and how many published ideas are read behind it."""

    id: int
    ref: str
    name: str | None
    suggested_names: dict[str, str]
    count: int

    def called(self, language: str) -> tuple[str, str]:
        """Its name and the language of the name; none where a person wrote it: nobody asked them."""
        return (self.name, "") if self.name else locale.in_language(self.suggested_names, language)

    def members(self) -> Select[int]:
        """What is in it, for choosing among other things by id."""
        return select(Placement.contribution_id).where(Placement.theme_id == self.id)


def entrances(programme_id: int) -> list[Entrance]:
    """The themes of a programme that the public may read by, largest first."""
    counted = (
        select(Placement.theme_id, func.count().label("count"))
        .select_from(Contribution)
        .join(Placement, Placement.contribution_id == Contribution.id)
        .where(Contribution.programme_id == programme_id, Contribution.kind == "idea",
               Contribution.visibility == Visibility.PUBLISHED)
        .group_by(Placement.theme_id)
        .having(func.count() >= FEWEST)
        .subquery()
    )
    rows = session.execute(
        select(Theme.id, Theme.ref, Theme.name, Theme.suggested_names, counted.c.count)
        .join(counted, counted.c.theme_id == Theme.id)
        .where(Theme.closed_at.is_(None), Theme.merged_into_id.is_(None))
        .order_by(counted.c.count.desc(), Theme.id)
    )
    return [one for one in (Entrance(*row) for row in rows) if one.called("")[0]]
