"""Answers that are held back: in no figure, no file and no queue until somebody lets them in.

Of anonymous ones staff see whole trays only, as with all that wait: a number that grows by one would tell
who has just answered.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from citizen.analysis.sameness import FEWEST, is_same, word_set
from citizen.base import clock
from citizen.base.db import session
from citizen.surveys.models import Answer, Sealed, Submission, Survey
from citizen.surveys.rules import HELD, Channel, Level
from citizen.surveys.rules.reading import texts_in
from citizen.surveys.rules.values import answers_from_json

_MOST_READ = 300
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HeldAnswers:
    """What can be let in of a survey: reason → how many; whether more wait for others to hide among."""

    counts: dict[str, int]
    texts: list[str]
    more: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def held_boxes(survey: Survey, *, for_change: bool = False) -> tuple[Sequence[Sealed], bool]:
    """What can be let in, and whether there is more that cannot yet."""
    asked = select(Sealed).where(Sealed.survey_id == survey.id, Sealed.pool.startswith(HELD, autoescape=True))
    found = session.scalars(asked.with_for_update() if for_change else asked).all()
    if survey.level != Level.ANONYMOUS or survey.closed_at is not None:
        return found, False
    on_tray = Counter(box.tray for box in found)
    whole = [box for box in found if on_tray[box.tray] >= survey.k]
    return whole, len(whole) < len(found)


def held_answers(survey: Survey, most_texts: int = 0) -> HeldAnswers:
    """How much is held back and why, with some of the texts, in the order of the alphabet."""
    boxes, more = held_boxes(survey)
    counts = Counter(str(box.content["held_as"]) for box in boxes)
    texts = sorted({text for box in boxes for text in _texts(box)}, key=str.casefold) if most_texts else []
    return HeldAnswers(dict(sorted(counts.items())), texts[:most_texts], more)


def alike_lately(survey: Survey, text: str) -> int:
    """How many answers of today and yesterday say the same as a text, but for details.

    Those that are held back or wait sealed are read, and some of the others: which ones is chance.
    """
    asked = word_set(text)
    if len(asked) < FEWEST:
        return 0
    sealed = session.scalars(select(Sealed).where(Sealed.survey_id == survey.id).limit(_MOST_READ))
    said = ["\n".join(_texts(box)) for box in sealed]
    latest = (
        select(Submission.id)
        .where(Submission.survey_id == survey.id, Submission.channel == Channel.LINK,
               Submission.received_on >= clock.today() - _DAY)
        .order_by(Submission.id).limit(_MOST_READ)
    )
    by_submission: dict[int, list[str]] = {}
    rows = session.execute(
        select(Answer.submission_id, Answer.text)
        .where(Answer.submission_id.in_(latest), Answer.text.is_not(None), Answer.is_shown.is_(True))
        .order_by(Answer.submission_id, Answer.question, Answer.option)
    )
    for submission_id, written in rows:
        by_submission.setdefault(submission_id, []).append(written)
    said += ["\n".join(texts) for texts in by_submission.values()]
    return sum(is_same(asked, word_set(one)) for one in said)


def arrived_today(survey: Survey, most: int) -> int:
    """How many answers came by the open link today and count, up to a bound."""
    arrived = (
        select(Submission.id)
        .where(Submission.survey_id == survey.id, Submission.channel == Channel.LINK,
               Submission.received_on == clock.today())
        .limit(most)
    )
    return session.scalar(select(func.count()).select_from(arrived.subquery())) or 0


def _texts(box: Sealed) -> Iterator[str]:
    for value in answers_from_json(box.content["answers"]).values():
        yield from (text for text in texts_in(value) if text)
