"""Everything kept about one idea, as its author may take it along: plain values, ready for a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from citizen.ideas.rules.chain import HandlingStep, VisibilityStep


def own_data(
    *,
    idea: Any,
    programme: str,
    municipality: str,
    steps: Iterable[VisibilityStep],
    news: Iterable[HandlingStep],
    contact: Any,
    asked: Iterable[Any],
    appeals: Iterable[Any],
    revisions: Mapping[int, Any],
    answers: Iterable[Any],
    merges: Iterable[Any],
    moves: Iterable[Any],
    photos: Mapping[int, Sequence[Any]],
    point: Any,
    address_of: Callable[[str], str],
    title_of: Callable[[int], str],
    in_words: Mapping[str, str],
) -> dict[str, Any]:
    """What the municipality keeps about an idea.

    Who supported it says something of others, and who decided of staff: neither is here. What staff noted for
    each other is given out in a case of the municipality's, where somebody reads it first.

    Parameters
    ----------
    idea, contact, asked, appeals : rows of the contribution, its contact (or None), its requests for
        deletion, and decisions that somebody else was asked to look at.
    revisions : which versions were sent in instead of what was public with a part removed, and what became
        of them.
    answers, merges, moves : official answers, other ideas it is or was merged with, and other programmes it
        was moved to; those that were taken back too.
    photos : what each version of the text shows.
    point : latitude and longitude, or None.
    address_of : where a photo can be fetched with the receipt's code, by its reference.
    title_of : what a programme is called, by its number.
    in_words : reason codes in the reader's language.
    """
    return {
        "reference": idea.ref, "programme": programme, "municipality": municipality,
        "language": idea.language, "sector": idea.sector, "came_in_through": idea.source,
        "received": _moment(idea.submitted_at), "visibility": idea.visibility,
        "published": _moment(idea.published_at), "public_version": idea.public_version,
        "texts": [
            _text(text, photos.get(text.number, ()), address_of, revisions.get(text.number))
            for text in idea.texts
        ],
        "point": point and {"latitude": point.latitude, "longitude": point.longitude},
        "states": [_state(step, in_words) for step in steps],
        "handling": [_handling(step) for step in news],
        "contact": contact and {
            "email": contact.email, "language": contact.language, "since": _moment(contact.created_at)
        },
        "requests_for_deletion": [
            {"at": _moment(r.at), "words": r.words, "answered": _moment(r.handled_at), "answer": r.answer}
            for r in asked
        ],
        "appeals": [
            {"at": _moment(a.at), "words": a.words, "answered": _moment(a.answered_at),
             "outcome": a.outcome, "answer": a.answer}
            for a in appeals
        ],
        "official_answers": [_answer(answer) for answer in answers],
        "merges": [_merge(merge) for merge in merges],
        "moves": [
            {"at": _moment(m.at), "from": title_of(m.before), "to": title_of(m.after),
             "taken_back": _moment(m.undone_at)}
            for m in moves
        ],
    }


def _text(
    text: Any, photos: Sequence[Any], address_of: Callable[[str], str], revision: Any
) -> dict[str, Any]:
    return {
        "version": text.number, "title": text.title, "description": text.body, "place": text.place,
        "written_by": "author" if text.made_by == "author" else "municipality",
        "at": _moment(text.created_at), "taken_back": None if revision else _moment(text.set_aside_at),
        "sent_in_instead": revision and {
            "outcome": revision.outcome, "answered": _moment(revision.answered_at),
            "reason": revision.reason, "words_to_author": revision.words,
        },
        "photos": [
            {"reference": photo.ref, "shows": photo.alt, "address": address_of(photo.ref)} for photo in photos
        ],
    }


def _state(step: VisibilityStep, in_words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "state": step.after, "at": _moment(step.at), "reason": step.reason,
        "reason_in_words": in_words.get(step.reason or ""), "words_to_author": step.words,
    }


def _handling(step: HandlingStep) -> dict[str, Any]:
    return {
        "state": step.after, "at": _moment(step.public_at), "about": dict(step.about_names),
        "words_to_author": step.words,
    }


def _answer(answer: Any) -> dict[str, Any]:
    return {
        "version": answer.number, "at": _moment(answer.at), "language": answer.language,
        "answer": answer.body, "signed": answer.signed, "taken_back": _moment(answer.undone_at),
    }


def _merge(merge: Any) -> dict[str, Any]:
    """By the other one's reference alone: what it says may not be public."""
    return {
        "at": _moment(merge.at), "into": merge.other_ref if merge.is_into else None,
        "took_in": None if merge.is_into else merge.other_ref, "taken_back": _moment(merge.undone_at),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
