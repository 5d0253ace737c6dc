"""New versions that authors send in of what is public with a part removed. The public reads the one before
until somebody has looked."""

from collections.abc import Sequence

from flask_babel import gettext as _

from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions.contributions import StaleDecision, touch
from citizen.contributions.actions.pictures import Described, show_pictures
from citizen.contributions.actions.versions import overtake_revision, show_again
from citizen.contributions.models import Contribution, Revision, TextVersion


def revise(
    contribution: Contribution, *, title: str | None, body: str, place: str | None,
    photos: Sequence[Described],
) -> Revision:
    """Take in a new version; one that still waits gives way to it.

    Raises
    ------
    Refused
        If nothing of it has been removed, or it is not public.
    """
    if not queries.may_revise(contribution):
        raise Refused(_("This idea can no longer be changed."))
    overtake_revision(contribution)
    now, number = clock.now(), queries.next_number(contribution.id)
    session.add(
        TextVersion(contribution_id=contribution.id, number=number, title=title, body=body, place=place,
                    made_by="author", created_at=now, set_aside_at=now)
    )
    session.flush()
    show_pictures(contribution, rules.held_by_receipt(contribution.ref), photos, version=number)
    show_again(contribution.id, number, queries.latest_text(contribution.id).number)
    revision = Revision(contribution_id=contribution.id, version=number, at=now)
    session.add(revision)
    session.flush()
    touch(contribution)
    return revision


def decline_revision(
    revision: Revision, contribution: Contribution, *, user_id: int, reason: str | None, words: str,
    expected_version: int,
) -> None:
    """Leave what the public reads as it is, and say why.

    Raises
    ------
    StaleDecision
        If something has happened since the page was made.
    Refused
        If it has been answered, or there is no reason that one person may give.
    """
    if contribution.version != expected_version:
        raise StaleDecision(queries.latest_change(contribution.id))
    if revision.answered_at is not None or not rules.may_be_redacted(contribution.visibility):
        raise Refused(_("This new version has been answered already."))
    if not rules.may_be_declined_for(reason):
        raise Refused(_("Choose a reason"))
    revision.outcome, revision.answered_at, revision.answered_by = "declined", clock.now(), user_id
    revision.reason, revision.words = reason, words or None
    touch(contribution)
    revision.seen_version = contribution.version
    session.flush()
