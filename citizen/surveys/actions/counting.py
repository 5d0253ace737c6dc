"""Counting: received answers are folded into tallies, once each, and the public figures follow."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from citizen.base import clock
from citizen.base.db import session
from citizen.surveys import policy, queries
from citizen.surveys.models import PublicResult, Submission, Survey, Tally
from citizen.surveys.queries.results import EVERYBODY
from citizen.surveys.rules.figures import series_of
from citizen.surveys.rules.release import as_json, from_json, release

LOT_SIZE = 500
_LOTS_A_MINUTE = 4
# No database takes more values in one statement than this many rows have.
_ROWS = 500


def count_arrivals(survey: Survey) -> int:
    """Count what has come in to a survey since last, and let public figures follow. Bounded: the next minute
    goes on where this one ends.

    Returns
    -------
    How many were counted.
    """
    total = 0
    for _lot in range(_LOTS_A_MINUTE):
        counted = count_new(survey)
        total += counted
        if counted < LOT_SIZE:
            break
    refresh_public(survey)
    return total


def count_new(survey: Survey, lot: int = LOT_SIZE) -> int:
    """Fold submissions that are not counted yet into the tallies; gives how many.

    The survey's row is held meanwhile, so that two workers never count the same ones.
    """
    _hold(survey.id)
    found = session.scalars(
        select(Submission).where(Submission.survey_id == survey.id, Submission.is_counted.is_(False))
        .order_by(Submission.id).limit(lot)
    ).all()
    if found:
        _add(queries.counts_of(survey.id, found), 1)
        session.execute(
            update(Submission).where(Submission.id.in_([one.id for one in found])).values(is_counted=True)
            .execution_options(synchronize_session="fetch")
        )
    return len(found)


def uncount(submission: Submission) -> None:
    """Take a submission out of the tallies again, before it is corrected or withdrawn. It is counted anew
    with the next that come."""
    _hold(submission.survey_id)
    session.refresh(submission)
    if submission.is_counted:
        _add(queries.counts_of(submission.survey_id, [submission]), -1)
        submission.is_counted = False
        session.flush()


def recount(survey: Survey) -> int:
    """Make a survey's tallies anew from its submissions; gives how many those are."""
    _hold(survey.id)
    session.execute(delete(Tally).where(Tally.survey_id == survey.id))
    session.execute(
        update(Submission).where(Submission.survey_id == survey.id).values(is_counted=False)
        .execution_options(synchronize_session="fetch")
    )
    total = 0
    while counted := count_new(survey):
        total += counted
    return total


def _hold(survey_id: int) -> None:
    """Whoever receives, counts, corrects and closes waits for the others; whoever begins does not."""
    session.execute(select(Survey.id).where(Survey.id == survey_id).with_for_update(key_share=True))


def _add(counts: Mapping[tuple[Any, ...], int], sign: int) -> None:
    keys = [column.name for column in Tally.__table__.primary_key]
    rows = [dict(zip(keys, key, strict=True)) | {"count": sign * n} for key, n in sorted(counts.items())]
    for start in range(0, len(rows), _ROWS):
        session.execute(_upsert(rows[start:start + _ROWS], keys))


def _upsert(rows: list[dict[str, Any]], keys: Iterable[str]) -> Any:
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    table = cast(Table, Tally.__table__)
    statement = dialect.insert(table).values(rows)
    return statement.on_conflict_do_update(
        index_elements=list(keys), set_={"count": table.c.count + statement.excluded.count}
    )


def refresh_public(survey: Survey) -> bool:
    """Make the figures for everybody anew, if at least k more answers have been counted since last.

    Returns
    -------
    Whether they were.
    """
    if not policy.has_public_results(survey):
        return False
    told = session.get(PublicResult, survey.id)
    # Asked every minute of every survey that shows its results: the tallies are read only where it matters.
    if queries.in_tallies(survey.id) - (told.submissions if told else 0) < survey.k:
        return False
    counts = queries.tallies(survey.id)
    total = counts.get(EVERYBODY, 0)
    documents = {one.number: one.document for one in queries.versions(survey.id)}
    figures = list(series_of(documents, counts))
    before = from_json(told.figures, figures) if told else {}
    made = as_json(release(before, figures, documents, total, survey.k))
    if told is None:
        told = PublicResult(survey_id=survey.id)
        session.add(told)
    told.submissions, told.made_on, told.figures = total, clock.today(), made
    session.flush()
    return True

