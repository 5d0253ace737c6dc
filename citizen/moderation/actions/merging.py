"""Merge an idea with another one that says the same."""

from flask_babel import lazy_gettext as _l

from citizen.base import audit, outbox
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, Merge
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.moderation.actions import apart, deciding
from citizen.moderation.actions.telling import tell
from citizen.programmes import queries as programme_queries


def merge(
    contribution: Contribution, into: Contribution, *, user_id: int, expected_version: int
) -> Merge:
    """Merge an idea with another; one that still waits is published with it. Both are locked.

    Support counts for the other one from now on, each browser once, and both authors hear of it.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.merge` does.
    """
    published_by = None
    if contribution.visibility == Visibility.SUBMITTED:
        published_by = deciding.decide(
            contribution, Visibility.PUBLISHED, user_id=user_id, reason=None, words="",
            expected_version=expected_version,
        )
        # One mail tells of both.
        outbox.take_back(contributions.about_decision(contribution.ref))
        expected_version = contribution.version
    wholes = idea_queries.counting_ideas(into.id)
    ideas.hold_support({contribution.id, *wholes})
    with ideas.counting_support(wholes):
        row = contributions.merge(
            contribution, into, user_id=user_id, expected_version=expected_version, published_by=published_by
        )
    audit.record("moderation.merge", contribution.ref, user_id, into=into.ref)
    _tell(row, contribution, into, "merged")
    _tell(row, into, contribution, "joined")
    return row


def unmerge(contribution: Contribution, *, user_id: int, expected_version: int) -> None:
    """Take a merge back, with the publication that came with it where nothing has happened since.

    Raises
    ------
    StaleDecision, Conflict
        As `citizen.contributions.actions.take_merge_back` does.
    """
    row = contribution_queries.standing_merge(contribution.id)
    latest = contribution_queries.latest_change(contribution.id)
    if row and latest and row.change_id == latest.id:
        deciding.undo(contribution, user_id=user_id, expected_version=expected_version)
        return
    apart.take_apart(contribution, user_id=user_id, expected_version=expected_version)


def _tell(row: Merge, contribution: Contribution, other: Contribution, kind: str) -> None:
    title = contribution_queries.latest_text(other.id).title
    slug = programme_queries.programme_by_id(other.programme_id).slug
    for author in contribution_queries.contacts([contribution.id]):
        tell(
            author, _l("Your idea has been merged with another one"), apart.about_merge(row), kind=kind,
            title=title, was_published=row.change_id is not None,
            address=contributions.address("ideas.show", author.language, slug=slug, ref=other.ref),
        )
