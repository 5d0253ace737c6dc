"""Everything kept about one idea, as its author may take it along: plain values, ready for a file."""

from collections.abc import Iterable, Mapping
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
    deletion_requests: Iterable[Any],
    in_words: Mapping[str, str],
) -> dict[str, Any]:
    """What the municipality keeps about an idea.

    Who supported it says something of others, and who decided of staff: neither is here.

    Parameters
    ----------
    idea, contact, deletion_requests : rows of the contribution, its contact (or None) and its requests.
    in_words : reason codes in the reader's language.
    """
    return {
        "reference": idea.ref, "programme": programme, "municipality": municipality,
        "language": idea.language, "sector": idea.sector, "came_in_through": idea.source,
        "received": _moment(idea.submitted_at), "visibility": idea.visibility,
        "published": _moment(idea.published_at), "public_version": idea.public_version,
        "texts": [
            {"version": t.number, "title": t.title, "description": t.body, "place": t.place,
             "written_by": "author" if t.made_by == "author" else "municipality", "at": _moment(t.created_at)}
            for t in idea.texts
        ],
        "states": [
            {"state": s.after, "at": _moment(s.at), "reason": s.reason,
             "reason_in_words": in_words.get(s.reason or ""), "words_to_author": s.words}
            for s in steps
        ],
        "handling": [
            {"state": n.after, "at": _moment(n.public_at), "about": dict(n.about_names),
             "words_to_author": n.words}
            for n in news
        ],
        "contact": contact and {
            "email": contact.email, "language": contact.language, "since": _moment(contact.created_at)
        },
        "requests_for_deletion": [
            {"at": _moment(r.at), "words": r.words, "answered": _moment(r.handled_at), "answer": r.answer}
            for r in deletion_requests
        ],
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
