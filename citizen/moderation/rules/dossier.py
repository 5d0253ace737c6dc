"""A dossier as plain values, ready for a file; what each holds stands in docs/dossier.md."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from citizen.moderation.rules.beside import beside, moment, person, taken_out

SCHEMA = "citizen.dossier"
SCHEMA_VERSION = 1


class Format(StrEnum):
    """What a dossier is taken out as."""

    PAGE = "html"
    PDF = "pdf"
    JSON = "json"


def written(found: Any, *, at: datetime, by_id: int, by_name: str) -> bytes:
    """The dossier as a JSON file.

    Parameters
    ----------
    found : everything about the item, as the queries give it.
    at, by_id, by_name : when it was taken out, and by whom.
    """
    values = {
        "schema": SCHEMA, "schema_version": SCHEMA_VERSION,
        "exported": {
            "at": moment(at), "by": {"id": by_id, "name": by_name},
            "audit_head": found.head and {"count": found.head.count, "digest": found.head.digest},
        },
        "item": _item(found),
        "texts": [_text(found, version) for version in found.texts],
        "steps": [_step(found, step) for step in found.steps],
        "handling": [_handling(found, step) for step in found.handling],
        "reports": [
            {"at": moment(one.at), "reason": one.reason, "words": one.words, "closed": moment(one.closed_at),
             "closed_by_step": one.decision_id} for one in found.reports
        ],
        "requests_for_deletion": [
            {"at": moment(one.at), "words": one.words, "answered": moment(one.handled_at),
             "answered_by": person(found, one.handled_by), "answer": one.answer} for one in found.asked
        ],
        **beside(found),
        "audit": [
            {"number": one.number, "at": moment(one.at), "by": person(found, one.actor_id),
             "action": one.action, "details": one.details, "digest": one.digest} for one in found.noted
        ],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _item(found: Any) -> dict[str, Any]:
    item = found.item
    return {
        "reference": item.ref, "kind": item.kind,
        "municipality": {"short_name": found.municipality.slug, "names": found.municipality.names},
        "programme": {"short_name": found.programme.slug, "titles": found.programme.titles},
        "language": item.language, "sector": item.sector, "came_in_through": item.source,
        "external_reference": item.external_id, "received": came_in(item, item.submitted_at),
        "visibility": item.visibility, "handling": item.handling, "published": moment(item.published_at),
        "public_version": item.public_version, "held_back": item.held_as,
        "point": found.point and {"latitude": found.point.latitude, "longitude": found.point.longitude},
        "has_address_for_news": found.has_contact, "support": found.support, "adds_to": found.adds_to,
        "lines": list(found.lines),
        "answers": found.answers and {
            "survey": found.answers.survey_ref, "titles": found.answers.survey,
            "question": found.answers.question,
        },
    }


def _text(found: Any, version: Any) -> dict[str, Any]:
    first = version.number == 1
    return {
        "version": version.number, "title": version.title, "text": version.body, "place": version.place,
        "written_by": version.made_by, "by": person(found, version.user_id),
        "at": came_in(found.item, version.created_at) if first else moment(version.created_at),
        "taken_back_at": moment(version.set_aside_at)
        if version.number not in found.beside.revisions else None,
        "redaction": taken_out(found.beside.redactions.get(version.number)),
        "photos": [
            {"reference": photo.ref, "shows": photo.alt, "digest": found.digests.get(photo.ref)}
            for photo in found.photos.get(version.number, ())
        ],
    }


def _step(found: Any, step: Any) -> dict[str, Any]:
    return {
        "id": step.id, "before": step.before, "after": step.after, "at": moment(step.at),
        "by": person(found, step.user_id), "reason": step.reason, "words_to_author": step.words,
        "takes_back": step.undoes_id, "taken_back": step.is_undone, "at_once": step.at_once,
        "lot": found.written[step.id].lot, "digest": found.written[step.id].digest,
    }


def _handling(found: Any, step: Any) -> dict[str, Any]:
    return {
        "before": step.before, "after": step.after, "at": moment(step.at), "by": person(found, step.user_id),
        "about": step.about, "about_names": dict(step.about_names), "words_to_author": step.words,
        "public": moment(step.public_at),
    }


def came_in(item: Any, at: datetime) -> str:
    """When something came in; of an answer to a survey nothing but the day is known."""
    return at.date().isoformat() if item.kind == "answer" else str(moment(at))


def file_name(ref: str, day: str, ending: Format) -> str:
    """What the file is called."""
    return f"dossier-{ref}-{day}.{ending.value}"


def in_brief(details: dict[str, Any], leaving_out: Sequence[str] = ("seal", "sha256")) -> str:
    """What an audit row says beside its action, on one line; hashes are for machines."""
    told = {name: value for name, value in details.items() if name not in leaving_out and value is not None}
    return ", ".join(f"{name}: {_brief(value)}" for name, value in told.items())


def _brief(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
