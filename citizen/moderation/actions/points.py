"""A point on the map that tells whose home it is: kept from others, and shown again. Nothing is deleted."""

from flask_babel import gettext as _

from citizen.base import audit
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution
from citizen.ideas import actions as ideas


def show_point(contribution: Contribution, shows: bool, *, user_id: int, expected_version: int) -> None:
    """Show everyone an idea's point, or keep it from them; its author and staff see it all the same.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Refused
        If it is not one that anything can be taken out of.
    """
    if contribution.version != expected_version:
        raise contributions.StaleDecision(contribution_queries.latest_change(contribution.id))
    if not states.may_be_redacted(contribution.visibility):
        raise Refused(_("This idea cannot take that step from where it is now."))
    ideas.show_point(contribution.id, shows)
    contributions.touch(contribution)
    audit.record("moderation.show_point" if shows else "moderation.hide_point", contribution.ref, user_id)
