"""What a dossier tells beside texts and steps, as plain values; what each holds stands in docs/dossier.md."""

from datetime import datetime
from typing import Any


def beside(found: Any) -> dict[str, Any]:
    """New versions, second looks, appeals, merges, moves, official answers and notes of a dossier."""
    rows = found.beside
    return {
        "new_versions": [_revision(found, one) for one in rows.revisions.values()],
        "second_looks": [_look(found, one) for one in rows.looks],
        "appeals": [_appeal(found, one) for one in rows.appeals],
        "merges": [_merge(found, one) for one in rows.merges],
        "moves": [_move(found, one) for one in rows.moves],
        "official_answers": [_answer(found, one) for one in rows.answers],
        "notes": [
            {"at": moment(one.at), "by": person(found, one.user_id), "text": one.body} for one in rows.notes
        ],
    }


def taken_out(redaction: Any) -> dict[str, Any] | None:
    """Of which version a redaction was made, and where something was removed: never what."""
    return redaction and {
        "of_version": redaction.of_version, "step": redaction.change_id, "removed": redaction.removed,
    }


def _revision(found: Any, revision: Any) -> dict[str, Any]:
    return {
        "version": revision.version, "at": moment(revision.at), "outcome": revision.outcome,
        "answered": moment(revision.answered_at), "answered_by": person(found, revision.answered_by),
        "reason": revision.reason, "words_to_author": revision.words, "step": revision.decision_id,
    }


def _look(found: Any, look: Any) -> dict[str, Any]:
    return {
        "at": moment(look.at), "by": person(found, look.first_id), "proposed": look.after,
        "reason": look.reason, "words_to_author": look.words, "text_version": look.text_number,
        "outcome": look.outcome, "answered": moment(look.answered_at),
        "answered_by": person(found, look.second_id), "note": look.note, "step": look.decision_id,
    }


def _appeal(found: Any, appeal: Any) -> dict[str, Any]:
    return {
        "at": moment(appeal.at), "about_step": appeal.step_id, "words": appeal.words,
        "outcome": appeal.outcome, "answered": moment(appeal.answered_at),
        "answered_by": person(found, appeal.answered_by), "answer": appeal.answer,
        "step": appeal.decision_id,
    }


def _merge(found: Any, merge: Any) -> dict[str, Any]:
    is_into = merge.contribution_id == found.item.id
    return {
        "at": moment(merge.at), "by": person(found, merge.user_id),
        "into": found.beside.others.get(merge.into_id) if is_into else None,
        "took_in": None if is_into else found.beside.others.get(merge.contribution_id),
        "published_by_step": merge.change_id if is_into else None, **_taken_back(found, merge),
    }


def _move(found: Any, move: Any) -> dict[str, Any]:
    return {
        "at": moment(move.at), "by": person(found, move.user_id),
        "from": _place(found, move.before_programme_id, move.before_municipality_id),
        "to": _place(found, move.after_programme_id, move.after_municipality_id),
        **_taken_back(found, move),
    }


def _place(found: Any, programme_id: int, municipality_id: int) -> dict[str, Any]:
    programme = found.beside.programmes.get(programme_id)
    town = found.beside.towns.get(municipality_id)
    return {"programme": programme and programme.slug, "municipality": town and town.slug}


def _answer(found: Any, answer: Any) -> dict[str, Any]:
    return {
        "version": answer.number, "language": answer.language, "text": answer.body, "signed": answer.signed,
        "at": moment(answer.at), "by": person(found, answer.user_id), **_taken_back(found, answer),
    }


def _taken_back(found: Any, row: Any) -> dict[str, Any]:
    return {"taken_back_at": moment(row.undone_at), "taken_back_by": person(found, row.undone_by)}


def person(found: Any, user_id: int | None) -> dict[str, Any] | None:
    """Somebody of the staff, by number and name."""
    return None if user_id is None else {"id": user_id, "name": found.name(user_id)}


def moment(at: datetime | None) -> str | None:
    """A moment with its zone, to the second."""
    return at.isoformat(timespec="seconds") if at else None
