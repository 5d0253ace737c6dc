"""A step along the first axis, what everyone reads after it, and whom it is told to."""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from citizen.analysis.terms import version
from citizen.base import clock, outbox
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.contributions import queries, rules
from citizen.contributions.actions import search
from citizen.contributions.models import Contribution, TextVersion, VisibilityChange
from citizen.contributions.rules import Visibility


class StaleDecision(Conflict):
    """The contribution changed after the page was made; ``latest`` is the newest step."""

    def __init__(self, latest: VisibilityChange | None) -> None:
        super().__init__(_("Somebody else has changed this idea. Nothing was overwritten."))
        self.latest = latest


def touch(contribution: Contribution) -> None:
    """Count a change that is no step: whoever has the page from before must not decide by it."""
    flag_modified(contribution, "visibility")
    session.flush()
    tell_moved(contribution)


def take_step(
    contribution: Contribution,
    after: Visibility,
    *,
    user_id: int | None,
    reason: str | None = None,
    words_to_author: str | None = None,
    undoes_id: int | None = None,
    at_once: bool = False,
    lot: str | None = None,
) -> VisibilityChange:
    """Write the step, have everyone read what they now may, and tell the rooms above."""
    change = VisibilityChange(
        contribution_id=contribution.id, before=contribution.visibility, after=after,
        at=clock.now(), user_id=user_id, reason=reason, words=words_to_author or None,
        undoes_id=undoes_id, at_once=at_once, lot=lot,
    )
    previous = queries.latest_change(contribution.id)
    change.digest = rules.step_digest(previous.digest if previous else None, change)
    session.add(change)
    text = _show(contribution) if after is Visibility.PUBLISHED else None
    if text is None and contribution.visibility == Visibility.PUBLISHED:
        contribution.public_version = None
    found_by = search.entry(contribution, text)
    contribution.search_text, contribution.search_version = found_by.after, version()
    if after is Visibility.SUBMITTED:
        # A publication that was taken back has not been one; the next one counts from its own day.
        contribution.published_at = None
    contribution.visibility = after
    session.flush()
    if found_by.before or found_by.after:
        search.write_entries([found_by])
    if text is not None:
        tell_shown(contribution.programme_id)
    # What has not been sent about an earlier step is no longer true.
    outbox.take_back(about_decision(contribution.ref))
    tell_moved(contribution)
    return change


def tell_moved(contribution: Contribution) -> None:
    """Tell the rooms above that something has taken a step, or reads otherwise; `app.py` names them."""
    for told in current_app.extensions["citizen.moved"]:
        told(contribution)


def tell_shown(programme_id: int) -> None:
    """Tell the rooms above that a text can be read, or reads otherwise; `app.py` names them."""
    for told in current_app.extensions["citizen.text_shown"]:
        told(programme_id)


def about_decision(ref: str) -> str:
    """What mail about a decision is filed under, so that the next step can take it back."""
    return f"decision:{ref}"


def _show(contribution: Contribution) -> TextVersion:
    text = queries.latest_text(contribution.id)
    contribution.public_version = text.number
    contribution.published_at = contribution.published_at or clock.now()
    return text
