"""What the public may know of themes."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.themes.models import Placement, Theme
from citizen.themes.rules import may_be_named_in_public


def public_theme_names(contribution_id: int) -> dict[str, str] | None:
    """Names of the theme that a published contribution is in, by language.

    A name that a person gave stands alone, under the empty string: nobody said in which language.
    None where it is in no theme, or in one that is too small to be told of.
    """
    return public_themes_of([contribution_id]).get(contribution_id)


def public_themes_of(contribution_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Contribution → names as in `public_theme_names`, of those that are in a theme that can be told of."""
    beside = aliased(Placement)
    size = (
        select(func.count())
        .select_from(beside)
        .join(Contribution, Contribution.id == beside.contribution_id)
        .where(beside.theme_id == Theme.id, Contribution.visibility == Visibility.PUBLISHED)
        .correlate(Theme)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Placement.contribution_id, Theme.name, Theme.suggested_names, size)
        .join(Placement, Placement.theme_id == Theme.id)
        .join(Contribution, Contribution.id == Placement.contribution_id)
        .where(Placement.contribution_id.in_(contribution_ids), Theme.closed_at.is_(None),
               Theme.merged_into_id.is_(None), Contribution.visibility == Visibility.PUBLISHED)
    )
    named = {
        contribution_id: {"": name} if name else dict(suggested)
        for contribution_id, name, suggested, count in rows if may_be_named_in_public(count)
    }
    return {contribution_id: names for contribution_id, names in named.items() if any(names.values())}
