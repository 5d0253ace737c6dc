"""Every read of candidates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.queries import PublishedText, published_texts, told_about
from citizen.portfolio.models import Candidate, CandidateIdea, CandidateTheme, StatusChange
from citizen.portfolio.rules import standing_themes
from citizen.themes.models import Theme


@dataclass(frozen=True)
class StatusStep:
    """A candidate's step with the name of whoever took it."""

    id: int
    before: str | None
    after: str
    at: datetime
    by: str | None
    public_at: datetime | None
    words: str | None


def candidates(programme_id: int) -> list[Candidate]:
    """A programme's candidates, newest first."""
    return list(
        session.scalars(
            select(Candidate).where(Candidate.programme_id == programme_id).order_by(Candidate.id.desc())
        )
    )


def candidate(programme_id: int, ref: str, *, for_change: bool = False) -> Candidate | None:
    """A programme's candidate by its reference."""
    found = select(Candidate).where(Candidate.programme_id == programme_id, Candidate.ref == ref)
    return session.scalar(found.with_for_update() if for_change else found)


def candidate_counts(programme_ids: Sequence[int]) -> dict[int, int]:
    """How many candidates each programme has; programmes without any are left out."""
    rows = session.execute(
        select(Candidate.programme_id, func.count())
        .where(Candidate.programme_id.in_(programme_ids))
        .group_by(Candidate.programme_id)
    )
    return dict(rows.all())


def themes_of(candidate_ids: Sequence[int]) -> dict[int, list[int]]:
    """Ids of the themes that each candidate is made from."""
    found: dict[int, list[int]] = {i: [] for i in candidate_ids}
    rows = session.execute(
        select(CandidateTheme.candidate_id, CandidateTheme.theme_id)
        .where(CandidateTheme.candidate_id.in_(candidate_ids))
        .order_by(CandidateTheme.candidate_id, CandidateTheme.theme_id)
    )
    for candidate_id, theme_id in rows:
        found[candidate_id].append(theme_id)
    return found


def themes_behind(candidate_ids: Sequence[int]) -> dict[int, list[Theme]]:
    """The themes that each candidate is made from, merged and closed ones too."""
    found: dict[int, list[Theme]] = defaultdict(list)
    rows = session.execute(
        select(CandidateTheme.candidate_id, Theme)
        .join(Theme, Theme.id == CandidateTheme.theme_id)
        .where(CandidateTheme.candidate_id.in_(candidate_ids))
        .order_by(CandidateTheme.candidate_id, Theme.id)
    )
    for candidate_id, theme in rows:
        found[candidate_id].append(theme)
    return found


def standing_themes_of(candidate: Candidate) -> list[int]:
    """Ids of a candidate's themes as they stand now, mergers followed."""
    rows = session.execute(
        select(Theme.id, Theme.merged_into_id).where(Theme.programme_id == candidate.programme_id)
    )
    merged_into = dict(rows.all())
    return standing_themes(themes_of([candidate.id])[candidate.id], merged_into)


def ids_behind(candidate_id: int) -> list[int]:
    """Ids of the contributions behind a candidate."""
    return list(
        session.scalars(
            select(CandidateIdea.contribution_id)
            .where(CandidateIdea.candidate_id == candidate_id)
            .order_by(CandidateIdea.contribution_id)
        )
    )


def behind_others(candidate_id: int, contribution_ids: Sequence[int]) -> set[int]:
    """Which of some contributions stand behind another candidate too."""
    return set(
        session.scalars(
            select(CandidateIdea.contribution_id).where(
                CandidateIdea.candidate_id != candidate_id,
                CandidateIdea.contribution_id.in_(contribution_ids),
            )
        )
    )


def history(candidate_id: int) -> list[StatusStep]:
    """A candidate's steps, oldest first."""
    rows = session.execute(
        select(
            StatusChange.id, StatusChange.before, StatusChange.after, StatusChange.at, User.name,
            StatusChange.public_at, StatusChange.words,
        )
        .outerjoin(User, User.id == StatusChange.user_id)
        .where(StatusChange.candidate_id == candidate_id)
        .order_by(StatusChange.id)
    )
    return [StatusStep(*row) for row in rows]


def latest_change(candidate_id: int) -> StatusChange:
    """The newest step. Every candidate has one: the one it was made with."""
    return session.scalars(
        select(StatusChange)
        .where(StatusChange.candidate_id == candidate_id)
        .order_by(StatusChange.id.desc())
        .limit(1)
    ).one()


def public_change(candidate_id: int) -> StatusChange | None:
    """The newest step that authors have been told; None where nothing has been made public."""
    return session.scalar(
        select(StatusChange)
        .where(StatusChange.candidate_id == candidate_id, StatusChange.public_at.is_not(None))
        .order_by(StatusChange.id.desc())
        .limit(1)
    )


def audience(candidate: Candidate) -> list[PublishedText]:
    """Whose authors hear of a candidate's public status: of every idea behind it that is published.

    An idea that has moved on since its author was told is among them: the author hears the end of it.
    """
    ids = set(ids_behind(candidate.id)) | set(told_about(candidate.ref))
    return published_texts(candidate.programme_id, sorted(ids))


def public_statuses(programme_id: int) -> dict[int, str]:
    """Candidate → the status that has been made public; candidates without one are left out."""
    rows = session.execute(
        select(StatusChange.candidate_id, StatusChange.after)
        .join(Candidate, Candidate.id == StatusChange.candidate_id)
        .where(Candidate.programme_id == programme_id, StatusChange.public_at.is_not(None))
        .order_by(StatusChange.id)
    )
    return {row[0]: row[1] for row in rows}


def refs_behind(programme_id: int) -> dict[int, list[str]]:
    """References of the contributions behind each of a programme's candidates."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(CandidateIdea.candidate_id, Contribution.ref)
        .join(Candidate, Candidate.id == CandidateIdea.candidate_id)
        .join(Contribution, Contribution.id == CandidateIdea.contribution_id)
        .where(Candidate.programme_id == programme_id)
        .order_by(CandidateIdea.candidate_id, CandidateIdea.contribution_id)
    )
    for candidate_id, ref in rows:
        found[candidate_id].append(ref)
    return found
