"""Two ideas that had been merged are two again."""

from flask_babel import lazy_gettext as _l

from citizen.base import audit
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, Merge, VisibilityChange
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.moderation.actions.telling import tell, untell


def about_merge(merge: Merge) -> str:
    """What mail about a merge is filed under."""
    return f"merge:{merge.id}"


def take_apart(contribution: Contribution, *, user_id: int, expected_version: int) -> None:
    """Take a merge back: support counts again where it was given, and each author hears of their own.

    Raises
    ------
    StaleDecision, Conflict
        As `citizen.contributions.actions.take_merge_back` does.
    """
    wholes = idea_queries.counting_ideas(contribution.id)[1:]
    ideas.hold_support({contribution.id, *wholes})
    with ideas.counting_support(wholes):
        merge = contributions.take_merge_back(
            contribution, user_id=user_id, expected_version=expected_version
        )
    into = session.get_one(Contribution, merge.into_id)
    audit.record("moderation.unmerge", contribution.ref, user_id, into=into.ref)
    if untell(about_merge(merge), merge.at):
        for author, other in ((contribution, into), (into, contribution)):
            _tell(merge, author, other)


def with_publication(contribution: Contribution, undone: VisibilityChange, *, user_id: int) -> None:
    """A merge that came with a publication goes with it."""
    if contribution_queries.merge_published_by(undone.id):
        take_apart(contribution, user_id=user_id, expected_version=contribution.version)


def _tell(merge: Merge, contribution: Contribution, other: Contribution) -> None:
    title = contribution_queries.latest_text(other.id).title
    for author in contribution_queries.contacts([contribution.id]):
        tell(author, _l("News about your idea"), about_merge(merge), kind="apart", title=title)
