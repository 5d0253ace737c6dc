"""What everybody may read of moderation, counted ahead: reading it costs nothing, however much there is."""

from collections.abc import Mapping

from sqlalchemy import delete

from citizen.base import clock
from citizen.base.db import only_reading, session
from citizen.moderation import queries, rules
from citizen.moderation.models import YearFigures
from citizen.moderation.rules.figures import Counted


def count_years(programme_id: int) -> dict[int, Counted]:
    """Count every year of a programme in which anything came in. Nobody who writes waits meanwhile."""
    with only_reading():
        span = queries.figures.first_and_last(programme_id)
        if span is None:
            return {}
        first, last = (rules.figures.year_of(moment, clock.LOCAL) for moment in span)
        return {
            year: queries.figures.counted(programme_id, *rules.figures.span_of_year(year, clock.LOCAL))
            for year in range(first, last + 1)
        }


def keep_years(programme_id: int, years: Mapping[int, Counted]) -> None:
    """Keep what has been counted in place of what was."""
    session.execute(delete(YearFigures).where(YearFigures.programme_id == programme_id))
    session.add_all(
        YearFigures(programme_id=programme_id, year=year, counted=rules.figures.as_json(counted),
                    made_at=clock.now())
        for year, counted in years.items()
    )
    session.flush()
