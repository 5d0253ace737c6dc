"""Rows out of what the house knows: one function per table, each a value per column's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from citizen.contributions.rules import Handling, Visibility
from citizen.export.rules.cells import Value
from citizen.export.rules.files import Variant

Row = dict[str, Value]


@dataclass(frozen=True)
class Contribution:
    """An idea or an answer in any state. Moments are local."""

    id: int
    ref: str
    external_id: str | None
    municipality_id: int
    title: str | None
    text: str
    place: str | None
    text_version: int
    language: str
    sector: str | None
    source: str
    submitted_at: datetime
    published_at: datetime | None
    visibility: str
    handling: str
    public_handling: str | None
    reason: str | None
    has_contact: bool
    latitude: float | None = None
    longitude: float | None = None
    adds_to: str | None = None
    merged_into: str | None = None
    official_answer: bool = False


class Place(NamedTuple):
    """Where a contribution stands among the themes; ``second`` is another one it speaks of too."""

    ref: str
    name: str
    confidence: float
    pinned: bool
    second: tuple[str, str] | None = None


@dataclass(frozen=True)
class Theme:
    """A theme with its figures; ids of contributions and municipalities still as numbers."""

    ref: str
    name: str
    size: int
    terms: Sequence[str]
    languages: Mapping[str, int]
    sectors: Mapping[str, int]
    municipalities: Mapping[int, int]
    supporters: int
    confidence: float
    goals: Sequence[int]
    representatives: Sequence[int]


@dataclass(frozen=True)
class Candidate:
    """A candidate with what stands behind it."""

    ref: str
    title: str
    need: str
    next_step: str
    status: str
    public_status: str | None
    goals: Sequence[int]
    evidence: Mapping[str, Any]
    evidence_at: datetime
    theme_refs: Sequence[str]
    idea_refs: Sequence[str]
    quotes: Sequence[str]


@dataclass(frozen=True)
class Surroundings:
    """What rows of every table refer to.

    Attributes
    ----------
    towns : municipality → its short name.
    published : contribution → reference, of those that are published.
    """

    programme: str
    variant: Variant
    towns: Mapping[int, str]
    published: Mapping[int, str] = field(default_factory=dict)


def idea_row(idea: Contribution, theme: Place | None, around: Surroundings, supporters: int | None) -> Row:
    """A row of the table of ideas.

    Parameters
    ----------
    theme : where it stands among the themes, if in one.
    supporters : None for an answer, which nobody can support.
    """
    known: Row = {"id": idea.ref, "programme": around.programme, "visibility": idea.visibility}
    if idea.visibility == Visibility.WITHDRAWN:
        # Whoever withdrew is gone: that it was there is all that is kept.
        return known
    row = known | {
        "external_id": idea.external_id, "municipality": around.towns.get(idea.municipality_id),
        "title": idea.title, "text": idea.text, "place": idea.place,
        "latitude": idea.latitude, "longitude": idea.longitude, "language": idea.language,
        "sector": idea.sector, "source": idea.source, "submitted_at": idea.submitted_at,
        "published_at": idea.published_at, "handling": _handling(idea, around.variant),
        "supporters": supporters, "reason": idea.reason, "has_contact": idea.has_contact,
        "text_version": idea.text_version, "adds_to": idea.adds_to, "merged_into": idea.merged_into,
        "official_answer": idea.official_answer,
    }
    if theme and idea.visibility == Visibility.PUBLISHED:
        row |= {"theme_id": theme.ref, "theme_name": theme.name, "pinned": theme.pinned,
                "theme_confidence": round(theme.confidence, 3)}
        if theme.second:
            row["second_theme_id"], row["second_theme_name"] = theme.second
    return row


def _handling(idea: Contribution, variant: Variant) -> str:
    if variant is Variant.INTERNAL:
        return idea.handling
    return idea.public_handling or Handling.RECEIVED.value


def theme_row(
    theme: Theme, candidate_refs: Sequence[str], idea_refs: Sequence[str], around: Surroundings
) -> Row:
    """A row of the table of themes."""
    return {
        "id": theme.ref, "name": theme.name, "size": theme.size, "terms": list(theme.terms),
        "languages": dict(theme.languages), "sectors": dict(theme.sectors),
        "municipalities": {around.towns.get(i, ""): count for i, count in theme.municipalities.items()},
        "supporters": theme.supporters, "confidence": round(theme.confidence, 3),
        "goals": list(theme.goals), "candidate_ids": list(candidate_refs),
        "representative_ids": [around.published[i] for i in theme.representatives if i in around.published],
        "idea_ids": list(idea_refs),
    }


def candidate_row(candidate: Candidate, around: Surroundings) -> Row:
    """A row of the table of candidates."""
    published = set(around.published.values())
    everyone = around.variant is Variant.PUBLIC
    evidence = candidate.evidence
    return {
        "id": candidate.ref, "title": candidate.title, "need": candidate.need,
        "next_step": candidate.next_step, "status": candidate.status,
        "public_status": candidate.public_status, "goals": list(candidate.goals),
        "sectors_present": list(evidence.get("sectors_present", [])),
        "sectors_missing": list(evidence.get("sectors_missing", [])),
        "ideas": evidence.get("ideas", 0), "supporters": evidence.get("supporters", 0),
        "languages": dict(evidence.get("languages", {})), "theme_ids": list(candidate.theme_refs),
        "quotes": list(candidate.quotes), "evidence_at": candidate.evidence_at,
        "idea_ids": [ref for ref in candidate.idea_refs if not everyone or ref in published],
    }


def is_told(candidate: Candidate, variant: Variant) -> bool:
    """The public hears of a candidate once a status of it has been made public."""
    return variant is Variant.INTERNAL or candidate.public_status is not None
