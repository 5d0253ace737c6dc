"""What those who sent something in, or typed it in, do with it afterwards."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions import pictures
from citizen.contributions.actions.contacts import stop_news
from citizen.contributions.actions.pictures import Described
from citizen.contributions.actions.steps import take_step, tell_moved
from citizen.contributions.actions.versions import overtake_revision
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility


def withdraw(contribution: Contribution, *, user_id: int | None = None) -> None:
    """Take a contribution back; its text leaves the public at once.

    Parameters
    ----------
    user_id : who typed it in for its author and takes that back; none is the author.
    """
    if not rules.author_may_withdraw(contribution.visibility):
        raise Refused(_("This idea has already been withdrawn."))
    overtake_revision(contribution)
    take_step(contribution, Visibility.WITHDRAWN, user_id=user_id)
    # Whoever withdraws wants no news either.
    stop_news(contribution)


def retype(
    contribution: Contribution, *, title: str | None, body: str, place: str | None, user_id: int
) -> None:
    """Correct what was typed in for its author while nobody has decided about it: a new version."""
    if not rules.may_be_retyped(contribution.visibility):
        raise Refused(_("This idea can no longer be changed."))
    number = queries.next_number(contribution.id)
    session.add(
        TextVersion(contribution_id=contribution.id, number=number, title=title, body=body, place=place,
                    made_by="staff", user_id=user_id, created_at=clock.now())
    )
    # Whoever has the old text before them must not decide about the new one.
    flag_modified(contribution, "visibility")
    session.flush()
    tell_moved(contribution)


def resend(
    contribution: Contribution, *, title: str | None, body: str, place: str | None = None,
    photos: Sequence[Described] | None = None,
) -> None:
    """Send a returned text again, corrected: a new version, first in line by its first date.

    Parameters
    ----------
    photos : what it shows from now on; the same as before unless given.
    """
    if not rules.author_may_correct(contribution.visibility):
        raise Refused(_("This idea can no longer be changed."))
    overtake_revision(contribution)
    number = queries.next_number(contribution.id)
    session.add(
        TextVersion(contribution_id=contribution.id, number=number, title=title, body=body,
                    place=place, made_by="author", created_at=clock.now())
    )
    if photos is not None:
        pictures.show_pictures(
            contribution, rules.held_by_receipt(contribution.ref), photos, version=number
        )
    # Somebody has looked at it and answered: what comes back is no longer held.
    contribution.held_as = None
    take_step(contribution, Visibility.SUBMITTED, user_id=None)
