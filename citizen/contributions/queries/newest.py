"""What has been published last, as plain texts, for rooms below that cannot ask for more."""

from collections.abc import Sequence

from sqlalchemy import and_, select

from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility


def newest_published(programme_ids: Sequence[int], most: int | None = None) -> list[str]:
    """Published texts of some programmes, title and body as one, newest first."""
    rows = session.execute(
        select(TextVersion.title, TextVersion.body)
        .join(
            Contribution,
            and_(
                TextVersion.contribution_id == Contribution.id,
                TextVersion.number == Contribution.public_version,
            ),
        )
        .where(
            Contribution.programme_id.in_(programme_ids),
            Contribution.visibility == Visibility.PUBLISHED,
        )
        .order_by(Contribution.published_at.desc(), Contribution.id.desc())
        .limit(most)
    )
    return [f"{title}\n{body}" if title else body for title, body in rows]
