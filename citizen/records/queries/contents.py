"""What is in the records of a case, as plain values: for a page, and for a file that programs read."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from citizen.base import locale
from citizen.base.db import session
from citizen.contributions import queries as contributions
from citizen.contributions.models import Contribution
from citizen.ideas import queries as ideas
from citizen.ideas.models import Report
from citizen.ideas.rules.own_data import own_data
from citizen.moderation import queries as moderation
from citizen.programmes import queries as programmes
from citizen.records.models import CaseItem
from citizen.records.queries.passages import passages
from citizen.records.rules import Outcome
from citizen.statements.models import Feedback
from citizen.surveys.models import Answer, Invitation, Submission, Survey, SurveyVersion

Content = dict[str, Any]

# What an author left and was told; whoever is only written about is not given it.
_AUTHORS_OWN = ("contact", "requests_for_deletion", "appeals", "states", "handling", "sector", "point",
                "merges", "moves")


def content(
    item: CaseItem, municipality_id: int, in_words: Mapping[str, str], *, whole: bool = True
) -> Content | None:
    """What a record of a case says now; None where it has gone, by this case or by a rule.

    Parameters
    ----------
    in_words : reason codes in the reader's language.
    whole : with what stood there before staff took something out; whoever asks for it leaves a row.
    """
    if item.outcome == Outcome.DELETED:
        return None
    found = _READERS[item.kind](item, municipality_id, in_words)
    if found and not whole:
        found = _as_it_reads(found, item, municipality_id)
    return {"kind": item.kind, "written_by_the_person": item.is_own, **found} if found else None


def _as_it_reads(found: Content, item: CaseItem, municipality_id: int) -> Content:
    """A record without the versions from before something was taken out of it."""
    one = contribution_of(item, municipality_id) if item.kind == "contribution" else None
    below = contributions.concealed_below(one.id) if one else 0
    if not below:
        return found
    texts = [text for text in found["texts"] if text["version"] >= below]
    return {**found, "texts": texts, "something_was_removed": True}


def contribution_of(
    item: CaseItem, municipality_id: int, *, for_change: bool = False
) -> Contribution | None:
    """The contribution that a record of a case is."""
    found = select(Contribution).where(
        Contribution.ref == item.key, Contribution.municipality_id == municipality_id
    )
    return session.scalar(found.with_for_update() if for_change else found)


def report_of(item: CaseItem, municipality_id: int, *, for_change: bool = False) -> Any:
    """The report that a record of a case is, with what it is about; None where it has gone."""
    row = _row_of(Report, item, for_change)
    about = session.get(Contribution, row.contribution_id) if row else None
    return (row, about) if about is not None and about.municipality_id == municipality_id else None


def feedback_of(item: CaseItem, municipality_id: int, *, for_change: bool = False) -> Feedback | None:
    """The message that a record of a case is."""
    row = _row_of(Feedback, item, for_change)
    return row if row is not None and row.municipality_id == municipality_id else None


def invitation_of(item: CaseItem, municipality_id: int) -> Invitation | None:
    """The invitation that a record of a case is."""
    row = _row_of(Invitation, item, False)
    return row if row is not None and row.municipality_id == municipality_id else None


def submission_of(item: CaseItem, municipality_id: int) -> Submission | None:
    """The answer that a record of a case is; its number is random and does not come again."""
    row = session.get(Submission, int(item.key))
    return row if row is not None and row.municipality_id == municipality_id else None


def is_kept(item: CaseItem, municipality_id: int) -> bool:
    """Whether a municipality keeps what a record of a case names: no case reaches into another one's."""
    return _KEPT[item.kind](item, municipality_id) is not None


def _row_of(model: Any, item: CaseItem, for_change: bool) -> Any:
    """A row by its number, which may have come again on SQLite once the last row has gone.

    What is younger than the case's word of it is something else.
    """
    found = select(model).where(model.id == int(item.key))
    row = session.scalar(found.with_for_update() if for_change else found)
    began = getattr(row, "at", None) or getattr(row, "invited_at", None)
    return None if row is None or (began is not None and began > item.added_at) else row


_KEPT: Mapping[str, Callable[[CaseItem, int], Any]] = {
    "contribution": contribution_of, "report": report_of, "feedback": feedback_of,
    "invitation": invitation_of, "submission": submission_of,
}


def _contribution(item: CaseItem, municipality_id: int, in_words: Mapping[str, str]) -> Content | None:
    one = contribution_of(item, municipality_id)
    if one is None:
        return None
    told = own_data(
        idea=one, programme=_programme(one.programme_id), municipality=_town(one.municipality_id),
        in_words=in_words, address_of=lambda ref: ref, title_of=_title, **ideas.kept(one.id),
    )
    told["contribution"] = one.kind
    pieces = passages(item, one.id)
    told["passages"] = [
        {"what": piece.what, "at": _moment(piece.at), "words": piece.words}
        for piece in pieces if piece.is_given
    ]
    if item.is_own:
        return told | {"second_looks": _looks(one.id), "left_out": len(pieces) - len(told["passages"])}
    # Of what the municipality has answered in public only what is public now.
    told["official_answers"] = [each for each in told["official_answers"] if not each["taken_back"]][-1:]
    return {key: value for key, value in told.items() if key not in _AUTHORS_OWN}


def _looks(contribution_id: int) -> list[Content]:
    """What one of the staff proposed and another one answered; who they are is theirs."""
    return [
        {"at": _moment(look.at), "proposed": look.after, "reason": look.reason, "outcome": look.outcome,
         "answered": _moment(look.answered_at)}
        for look in moderation.looks(contribution_id) if look.outcome
    ]


def _programme(programme_id: int) -> str:
    return programmes.programme_by_id(programme_id).slug


def _title(programme_id: int) -> str:
    return locale.in_language(programmes.programme_by_id(programme_id).titles, locale.current())[0]


def _town(municipality_id: int) -> str:
    return next(m.slug for m in programmes.municipalities() if m.id == municipality_id)


def _report(item: CaseItem, municipality_id: int, in_words: Mapping[str, str]) -> Content | None:
    found = report_of(item, municipality_id)
    if found is None:
        return None
    row, about = found
    return {
        "reference": about.ref, "language": about.language, "received": _moment(row.at), "reason": row.reason,
        "reason_in_words": in_words.get(row.reason), "words": row.words, "closed": _moment(row.closed_at),
    }


def _feedback(item: CaseItem, municipality_id: int, _in_words: Mapping[str, str]) -> Content | None:
    row = feedback_of(item, municipality_id)
    if row is None:
        return None
    return {
        "language": row.language, "received": _moment(row.at), "words": row.body, "page": row.page,
        "email": row.email if item.is_own else None, "handled": _moment(row.handled_at),
    }


def _invitation(item: CaseItem, municipality_id: int, _in_words: Mapping[str, str]) -> Content | None:
    row = invitation_of(item, municipality_id)
    if row is None:
        return None
    return {
        "survey": _survey_ref(row.survey_id), "email": row.email, "name": row.name, "language": row.language,
        "invited": _moment(row.invited_at), "reminded": _moment(row.reminded_at),
        "declined": _moment(row.declined_at),
    }


def _submission(item: CaseItem, municipality_id: int, _in_words: Mapping[str, str]) -> Content | None:
    row = submission_of(item, municipality_id)
    if row is None:
        return None
    version = session.get_one(SurveyVersion, (row.survey_id, row.version))
    answers = session.scalars(
        select(Answer).where(Answer.submission_id == row.id)
        .order_by(Answer.question, Answer.row, Answer.rank, Answer.option)
    )

    def said(key: str) -> str:
        texts = version.texts.get(key, {})
        return str(texts.get(row.language) or next(iter(texts.values()), ""))

    return {
        "survey": _survey_ref(row.survey_id), "title": said("title"), "language": row.language,
        "received": row.received_on.isoformat(), "sector": row.sector,
        "answers": [_answer(one, said) for one in answers],
    }


def _answer(one: Answer, said: Callable[[str], str]) -> Content:
    """One answered thing, by labels where the survey has them."""
    label = said(f"{one.question}.{one.option}") or one.option
    number = f"{one.number:g}" if one.number is not None else None
    point = f"{one.latitude:.3f}, {one.longitude:.3f}" if one.latitude is not None else None
    values = [label or None, one.text, number, one.day.isoformat() if one.day else None, point]
    row = said(f"{one.question}.{one.row}") if one.row else None
    return {
        "question": said(f"{one.question}.text"), "row": row,
        "answer": " – ".join(value for value in values if value), "text": one.text, "rank": one.rank,
    }


def _survey_ref(survey_id: int) -> str:
    return session.get_one(Survey, survey_id).ref


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


_READERS: Mapping[str, Callable[[CaseItem, int, Mapping[str, str]], Content | None]] = {
    "contribution": _contribution, "report": _report, "feedback": _feedback, "invitation": _invitation,
    "submission": _submission,
}
