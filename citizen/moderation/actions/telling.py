"""Mail that puts right what an author has been told."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.contributions.queries import Address

# So long a decision can be undone without the author ever hearing of it.
MAIL_WAITS = timedelta(minutes=5)


def tell_taken_back(contribution: Contribution, change: VisibilityChange) -> None:
    """Tell the author that a decision they have heard of no longer stands, and what does."""
    contact = contribution_queries.contact(contribution.id)
    if contact is None:
        return
    contributions.write_to_author(
        Address(contribution.ref, contact.email, contact.language), _l("A decision has been taken back"),
        "mail/taken_back.txt", about=contributions.about_decision(contribution.ref), wait=MAIL_WAITS,
        change=change,
    )
