"""Every read for an export, in a number of queries that does not grow with what there is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, select
from sqlalchemy.orm import aliased

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import (
    Contact,
    Contribution,
    HandlingChange,
    Merge,
    OfficialAnswer,
    TextVersion,
    VisibilityChange,
)
from citizen.contributions.queries import newest_number, published_texts
from citizen.contributions.rules import Visibility
from citizen.export.rules import rows
from citizen.export.rules.files import Variant, What
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea, Voice
from citizen.portfolio import queries as portfolio_queries
from citizen.portfolio.rules import standing_themes
from citizen.programmes.models import Programme
from citizen.themes import queries as theme_queries

_AT_ONCE = 500


@dataclass(frozen=True)
class Run:
    """The finding of themes that a file rests on."""

    at: datetime
    seed: int
    input_hash: str
    settings: dict[str, Any]
    versions: dict[str, str]
    texts: int
    unsorted: int


class Collection:
    """Everything an export may hold. Themes and candidates are few; ideas come one by one."""

    def __init__(self, programme: Programme, variant: Variant, language: str) -> None:
        self.programme, self.variant, self.language = programme, variant, language
        self.run = _run(programme.id)
        self._around = rows.Surroundings(
            programme=programme.slug, variant=variant,
            towns={m.id: m.slug for m in programme.municipalities}, published=_published(programme.id),
        )
        self._themes = theme_queries.themes(programme.id)
        self._placements = theme_queries.placements(programme.id)
        self._candidates = [
            candidate for candidate in _candidates(programme.id) if rows.is_told(candidate, variant)
        ]

    def table(self, table: What) -> Iterator[rows.Row]:
        """A table's rows: ideas oldest first, themes largest first, candidates newest first."""
        return {What.IDEAS: self._idea_rows, What.THEMES: self._theme_rows,
                What.CANDIDATES: self._candidate_rows}[table]()

    def _idea_rows(self) -> Iterator[rows.Row]:
        named = {theme.id: (theme.ref, theme.called(self.language)) for theme in self._themes}
        supporters = idea_queries.support(self.programme.id)
        for idea in _contributions(self.programme.id, self.variant):
            placed = self._placements.get(idea.id)
            theme = named.get(placed.theme_id) if placed and placed.theme_id else None
            place = None
            if theme and placed:
                second = None if placed.pinned else named.get(placed.second_theme_id or 0)
                place = rows.Place(*theme, placed.confidence, placed.pinned, second)
            yield rows.idea_row(idea, place, self._around, supporters.get(idea.id))

    def _theme_rows(self) -> Iterator[rows.Row]:
        members: dict[int | None, list[str]] = defaultdict(list)
        for contribution_id, ref in self._around.published.items():
            if placed := self._placements.get(contribution_id):
                members[placed.theme_id].append(ref)
        made_into: dict[str, list[str]] = defaultdict(list)
        for candidate in self._candidates:
            for ref in candidate.theme_refs:
                made_into[ref].append(candidate.ref)
        for theme in self._themes:
            known = rows.Theme(
                ref=theme.ref, name=theme.called(self.language), size=theme.size, terms=theme.terms,
                languages=theme.languages, sectors=theme.sectors, municipalities=theme.municipalities,
                supporters=theme.supporters, confidence=theme.confidence, goals=theme.goals,
                representatives=theme.representatives,
            )
            yield rows.theme_row(known, made_into[theme.ref], members[theme.id], self._around)

    def _candidate_rows(self) -> Iterator[rows.Row]:
        for candidate in self._candidates:
            yield rows.candidate_row(candidate, self._around)


def _run(programme_id: int) -> Run | None:
    run = theme_queries.latest_run(programme_id)
    if run is None:
        return None
    return Run(_local(run.at), run.seed, run.input_hash, run.settings, run.versions, run.texts, run.unsorted)


def _published(programme_id: int) -> dict[int, str]:
    """Contribution → reference, of what is published, oldest first."""
    found = session.execute(
        select(Contribution.id, Contribution.ref)
        .where(Contribution.programme_id == programme_id, Contribution.visibility == Visibility.PUBLISHED)
        .order_by(Contribution.id)
    )
    return {row[0]: row[1] for row in found}


def _contributions(programme_id: int, variant: Variant) -> Iterator[rows.Contribution]:
    found = _every_contribution(variant).where(Contribution.programme_id == programme_id)
    if variant is Variant.PUBLIC:
        found = found.where(Contribution.visibility == Visibility.PUBLISHED)
    for row in session.execute(found.order_by(Contribution.id).execution_options(yield_per=_AT_ONCE)):
        values = row._asdict()
        for name in ("submitted_at", "published_at"):
            values[name] = values[name] and _local(values[name])
        yield rows.Contribution(**values)


def _every_contribution(variant: Variant) -> Select[*tuple[Any, ...]]:
    """Contributions with the version everyone may read, or the newest where there is none."""
    shown = case(
        (Contribution.visibility == Visibility.PUBLISHED, Contribution.public_version),
        else_=newest_number(),
    )
    return select(
        Contribution.id, Contribution.ref, Contribution.external_id, Contribution.municipality_id,
        TextVersion.title, TextVersion.body.label("text"), TextVersion.place,
        TextVersion.number.label("text_version"),
        Contribution.language, Contribution.sector, Contribution.source, Contribution.submitted_at,
        Contribution.published_at, Contribution.visibility, Contribution.handling,
        _latest(HandlingChange, HandlingChange.after, HandlingChange.public_at.is_not(None))
        .label("public_handling"),
        _latest(VisibilityChange, VisibilityChange.reason).label("reason"),
        exists().where(Contact.contribution_id == Contribution.id).label("has_contact"),
        exists().where(OfficialAnswer.contribution_id == Contribution.id, OfficialAnswer.undone_at.is_(None))
        .label("official_answer"),
        Idea.latitude, Idea.longitude, _adds_to(variant).label("adds_to"),
        _merged_into(variant).label("merged_into"),
    ).outerjoin(Idea, Idea.contribution_id == Contribution.id).join(
        TextVersion, and_(TextVersion.contribution_id == Contribution.id, TextVersion.number == shown)
    )


def _adds_to(variant: Variant) -> Any:
    """The reference of the idea that a line is under."""
    idea = aliased(Contribution)
    found = select(idea.ref).join(Voice, Voice.idea_id == idea.id)
    return _told(found.where(Voice.contribution_id == Contribution.id), idea, variant)


def _merged_into(variant: Variant) -> Any:
    """The reference of the idea that another one has gone into."""
    idea = aliased(Contribution)
    found = (
        select(idea.ref).join(Merge, Merge.into_id == idea.id)
        .where(Merge.contribution_id == Contribution.id, Merge.undone_at.is_(None))
    )
    return _told(found, idea, variant)


def _told(found: Select[str], idea: Any, variant: Variant) -> Any:
    """Of another idea the public is told where it can read it."""
    if variant is Variant.PUBLIC:
        found = found.where(idea.visibility == Visibility.PUBLISHED)
    return found.correlate(Contribution).scalar_subquery()


def _latest(change: type[HandlingChange | VisibilityChange], wanted: Any, *chosen: Any) -> Any:
    """A column of the newest step of a contribution."""
    return (
        select(wanted)
        .where(change.contribution_id == Contribution.id, *chosen)
        .order_by(change.id.desc())
        .limit(1)
        .correlate(Contribution)
        .scalar_subquery()
    )


def _candidates(programme_id: int) -> list[rows.Candidate]:
    found = portfolio_queries.candidates(programme_id)
    all_themes = theme_queries.theme_names(programme_id).values()
    refs = {theme.id: theme.ref for theme in all_themes}
    merged_into = {theme.id: theme.merged_into_id for theme in all_themes}
    themes = portfolio_queries.themes_of([candidate.id for candidate in found])
    behind = portfolio_queries.refs_behind(programme_id)
    statuses = portfolio_queries.public_statuses(programme_id)
    quoted = published_texts(programme_id, sorted({i for candidate in found for i in candidate.quotes}))
    quotes = {text.id: text.body for text in quoted}
    return [
        rows.Candidate(
            ref=candidate.ref, title=candidate.title, need=candidate.need, next_step=candidate.next_step,
            status=candidate.status, public_status=statuses.get(candidate.id), goals=candidate.goals,
            evidence=candidate.evidence, evidence_at=_local(candidate.evidence_at),
            theme_refs=[refs[i] for i in standing_themes(themes[candidate.id], merged_into)],
            idea_refs=behind.get(candidate.id, []),
            quotes=[quotes[i] for i in candidate.quotes if i in quotes],
        )
        for candidate in found
    ]


def _local(moment: datetime) -> datetime:
    return moment.astimezone(clock.LOCAL)
