"""Taking words, or parts of photos, out of what everyone may read. What was there before is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions.contributions import StaleDecision, _step, refuse_alone, tell_moved
from citizen.contributions.actions.pictures import Described, show_pictures
from citizen.contributions.models import Contribution, Redaction, Revision, TextVersion, VisibilityChange
from citizen.contributions.rules import Visibility


@dataclass(frozen=True)
class Redacted:
    """What everyone reads from now on, made of an earlier version; ``removed`` says where, never what."""

    of_version: int
    title: str | None
    body: str
    place: str | None
    photos: Sequence[Described]
    removed: Mapping[str, Any]


def redact(
    contribution: Contribution,
    redacted: Redacted,
    *,
    user_id: int,
    reason: str | None,
    words_to_author: str | None = None,
    expected_version: int,
) -> VisibilityChange:
    """Publish a text with something taken out, or, with nothing taken out, as it was before.

    What is made of a new version that its author has sent in answers that one.

    Raises
    ------
    StaleDecision
        If the contribution is no longer at ``expected_version``.
    Refused
        If nothing can be taken out where it is now, or a reason is missing.
    """
    if contribution.version != expected_version:
        raise StaleDecision(queries.latest_change(contribution.id))
    if not rules.may_be_redacted(contribution.visibility):
        raise Refused(_("This idea cannot take that step from where it is now."))
    if redacted.removed and not reason:
        raise Refused(_("Choose a reason"))
    revision = _answered(contribution, redacted)
    if not redacted.removed and revision is None and queries.redaction(contribution.id) is None:
        raise Refused(_("Mark the words or the parts of a photo that are to be removed."))
    refuse_alone(contribution, Visibility.PUBLISHED, reason)
    is_whole = revision is not None and not redacted.removed
    number = _store(contribution, redacted, None if is_whole else user_id)
    change = _step(
        contribution, Visibility.PUBLISHED, user_id=user_id, reason=reason if redacted.removed else None,
        words_to_author=words_to_author,
    )
    session.add(
        Redaction(contribution_id=contribution.id, version=number, of_version=redacted.of_version,
                  change_id=change.id, removed=dict(redacted.removed))
    )
    if revision:
        revision.outcome, revision.answered_at, revision.answered_by = "published", change.at, user_id
        revision.decision_id = change.id
    session.flush()
    if revision:
        # It waits for nobody any more.
        tell_moved(contribution)
    return change


def _answered(contribution: Contribution, redacted: Redacted) -> Revision | None:
    """The new version that this answers."""
    waiting = queries.open_revision(contribution.id)
    return waiting if waiting and waiting.version == redacted.of_version else None


def _store(contribution: Contribution, redacted: Redacted, user_id: int | None) -> int:
    """Keep what everyone is to read; without a member of staff it is the author's, word for word."""
    number = queries.next_number(contribution.id)
    session.add(
        TextVersion(contribution_id=contribution.id, number=number, title=redacted.title, body=redacted.body,
                    place=redacted.place, made_by="staff" if user_id else "author", user_id=user_id,
                    created_at=clock.now())
    )
    session.flush()
    show_pictures(
        contribution, rules.held_by_redaction(contribution.ref), redacted.photos, version=number
    )
    return number
