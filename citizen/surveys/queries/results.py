"""What came in, counted: read off the tallies, with the few that are not in them yet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from citizen.base.db import session
from citizen.surveys.models import Answer, PublicResult, Submission, Survey, SurveyVersion, Tally
from citizen.surveys.queries.surveys import Published, as_published
from citizen.surveys.rules import Shown
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.figures import Counts
from citizen.surveys.rules.rows import values_from
from citizen.surveys.rules.tallying import counted

EVERYBODY = ("", 0, "", "*")
"""What stands in place of a question where submissions themselves are counted."""
MOST_UNCOUNTED = 200


@dataclass(frozen=True)
class Narrowed:
    """Which submissions are looked at; None: all. ``sector`` is empty where nobody said."""

    version: int | None = None
    language: str | None = None
    channel: str | None = None
    municipality_id: int | None = None
    sector: str | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


ALL = Narrowed()


def versions(survey_id: int) -> list[Published]:
    """Every version of a survey, oldest first."""
    rows = session.scalars(
        select(SurveyVersion).where(SurveyVersion.survey_id == survey_id).order_by(SurveyVersion.number)
    )
    return [as_published(row) for row in rows]


def public_result(survey_id: int) -> PublicResult | None:
    """What everybody may see, as it was made last."""
    return session.get(PublicResult, survey_id)


def counts_of(
    survey_id: int, submissions: Sequence[Submission], documents: Mapping[int, Document] | None = None
) -> dict[tuple[Any, ...], int]:
    """What submissions add to the tallies: the values of a tally's key → how many. Two queries."""
    if documents is None:
        documents = {one.number: one.document for one in versions(survey_id)}
    by_submission: dict[int, list[Answer]] = {}
    for answer in session.scalars(
        select(Answer).where(Answer.submission_id.in_([s.id for s in submissions]), Answer.is_shown.is_(True))
    ):
        by_submission.setdefault(answer.submission_id, []).append(answer)
    found: Counter[tuple[Any, ...]] = Counter()
    for one in submissions:
        kind = (survey_id, one.version, one.language, one.channel, one.municipality_id, one.sector or "")
        document = documents[one.version]
        found[*kind, *EVERYBODY] += 1
        for thing in counted(document, values_from(document, by_submission.get(one.id, []))):
            found[*kind, thing.question, thing.series, thing.row, thing.option] += 1
    return dict(found)


def in_tallies(survey_id: int) -> int:
    """How many submissions the tallies are made of."""
    found = select(func.count()).where(Submission.survey_id == survey_id, Submission.is_counted)
    return session.scalar(found) or 0


def to_count() -> Sequence[int]:
    """The surveys that may have something to count, or figures to show everybody."""
    arrived = exists().where(Submission.survey_id == Survey.id, Submission.is_counted.is_(False))
    found = select(Survey.id).where(or_(Survey.results != Shown.NEVER, arrived))
    return session.scalars(found.order_by(Survey.id)).all()


def tallies(survey_id: int, narrowed: Narrowed = ALL) -> dict[tuple[str, int, str, str], int]:
    """What is counted of a survey; how many submissions there are stands under `EVERYBODY`."""
    columns = (Tally.question, Tally.series, Tally.row, Tally.option)
    rows = session.execute(
        select(*columns, func.sum(Tally.count)).where(Tally.survey_id == survey_id, *_of(Tally, narrowed))
        .group_by(*columns)
    )
    return {(q, s, r, o): int(n) for q, s, r, o, n in rows if n}


def with_uncounted(
    survey_id: int, documents: Mapping[int, Document], found: Counts, narrowed: Narrowed = ALL
) -> tuple[Counts, int]:
    """Tallies with those that wait to be counted: all of them, if they are few.

    Returns
    -------
    The counts, and how many submissions are still missing in them.
    """
    waiting = session.scalars(
        select(Submission).where(Submission.survey_id == survey_id, Submission.is_counted.is_(False))
        .order_by(Submission.id).limit(MOST_UNCOUNTED + 1)
    ).all()
    if len(waiting) > MOST_UNCOUNTED:
        missing = session.scalar(
            select(func.count())
            .where(Submission.survey_id == survey_id, Submission.is_counted.is_(False))
        )
        return found, missing or 0
    wanted = {name: value or None if name == "sector" else value for name, value in narrowed.chosen.items()}
    mine = [one for one in waiting if all(getattr(one, name) == value for name, value in wanted.items())]
    total: Counter[tuple[str, int, str, str]] = Counter(found)
    for key, count in counts_of(survey_id, mine, documents).items() if mine else ():
        total[key[-4], key[-3], key[-2], key[-1]] += count
    return total, 0


@dataclass(frozen=True)
class Kinds:
    """What submissions can be narrowed down by: the values there are."""

    version: list[int]
    language: list[str]
    channel: list[str]
    municipality_id: list[int]
    sector: list[str]


def kinds(survey_id: int) -> Kinds:
    """The kinds of submissions that a survey has, those that wait to be counted too."""
    names = ("version", "language", "channel", "municipality_id", "sector")
    rows: list[Any] = [*session.execute(
        select(*(getattr(Tally, name) for name in names))
        .where(Tally.survey_id == survey_id, Tally.question == "", Tally.count > 0)
    ), *session.execute(
        select(*(getattr(Submission, name) for name in names)).distinct()
        .where(Submission.survey_id == survey_id, Submission.is_counted.is_(False))
    )]
    found: dict[str, Any] = {name: sorted({"" if row[place] is None else row[place] for row in rows})
                             for place, name in enumerate(names)}
    return Kinds(**found)


def _of(table: Any, narrowed: Narrowed) -> list[ColumnElement[bool]]:
    return [getattr(table, name) == value for name, value in narrowed.chosen.items()]


def crossed(
    survey_id: int, first: tuple[str, int], second: tuple[str, int], narrowed: Narrowed = ALL
) -> dict[tuple[str, str], int]:
    """Two questions, each with its series, held against each other: (option, option) → how many gave both."""
    one, other = aliased(Answer), aliased(Answer)
    pairs: Any = select(one.option, other.option, func.count()).join(
        other, and_(other.submission_id == one.submission_id, *_given(other, survey_id, second))
    ).where(*_given(one, survey_id, first)).group_by(one.option, other.option)
    if narrowed.chosen:
        said = [getattr(Submission, n) == v if v != "" else getattr(Submission, n).is_(None)
                for n, v in narrowed.chosen.items()]
        pairs = pairs.join(Submission, and_(Submission.id == one.submission_id, *said))
    return {(a, b): int(n) for a, b, n in session.execute(pairs)}


def _given(answer: Any, survey_id: int, question: tuple[str, int]) -> Iterable[ColumnElement[bool]]:
    return (answer.survey_id == survey_id, answer.question == question[0], answer.series == question[1],
            answer.option != "", answer.is_shown.is_(True))
