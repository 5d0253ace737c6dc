"""Redactions, what led to them looked at again, and the text as it was shown once more."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from citizen.base import audit
from citizen.base.pictures import Ready, hide
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.actions import Described, Redacted
from citizen.contributions.models import Contribution, Picture, TextVersion, VisibilityChange
from citizen.ideas import actions as ideas
from citizen.moderation.actions import queueing
from citizen.moderation.actions.deciding import sealed
from citizen.moderation.actions.telling import tell_decision


def redact(
    contribution: Contribution,
    *,
    of_version: int,
    texts: Mapping[str, str],
    photos: Sequence[tuple[Picture, str, Collection[int]]],
    removed: Mapping[str, Any],
    user_id: int,
    reason: str | None,
    words: str,
    expected_version: int,
) -> VisibilityChange:
    """Publish a text with something taken out, which closes what readers have reported, and tell its author.

    Parameters
    ----------
    texts : title, body and place as everyone will read them.
    photos : each with its description as it will be, and the cells that are to be hidden.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.redact` does.
    """
    if contribution.version != expected_version:
        raise contributions.StaleDecision(contribution_queries.latest_change(contribution.id))
    change = contributions.redact(
        contribution,
        Redacted(of_version, texts["title"] or None, texts["body"], texts["place"] or None,
                 [(_hidden(picture, cells), alt) for picture, alt, cells in photos], removed),
        user_id=user_id, reason=reason, words_to_author=words, expected_version=expected_version,
    )
    audit.record(
        "moderation.redact", contribution.ref, user_id, reason=reason, of_version=of_version,
        texts=sum(len(found) for name, found in removed.items() if name != "photos"),
        photos=sum(bool(cells) for _one, _alt, cells in photos), **sealed(change),
    )
    _close(contribution, change)
    return change


def show_original(
    contribution: Contribution, text: TextVersion, *, user_id: int, expected_version: int
) -> VisibilityChange:
    """Publish a text again as it was before something was taken out, and tell its author.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.redact` does.
    """
    return show_whole(contribution, text, user_id=user_id, expected_version=expected_version,
                      action="moderation.show_original")


def show_whole(
    contribution: Contribution, text: TextVersion, *, user_id: int, expected_version: int, action: str
) -> VisibilityChange:
    """Have everyone read a version in which nothing is removed; ``action`` is what the audit calls it."""
    photos: list[Described] = list(contribution_queries.pictures_of(contribution.id, text.number))
    change = contributions.redact(
        contribution, Redacted(text.number, text.title, text.body, text.place, photos, {}),
        user_id=user_id, reason=None, expected_version=expected_version,
    )
    audit.record(action, contribution.ref, user_id, of_version=text.number, **sealed(change))
    _close(contribution, change)
    return change


def look(contribution: Contribution, *, user_id: int) -> None:
    """Leave a row: somebody looks at what a text was before something was taken out of it."""
    audit.record("moderation.look", contribution.ref, user_id)


def _hidden(picture: Picture, cells: Collection[int]) -> Picture | Ready:
    content = contribution_queries.picture_content(picture.id, "full") if cells else None
    return hide(content, cells) if content else picture


def _close(contribution: Contribution, change: VisibilityChange) -> None:
    ideas.close_reports(contribution.id, change.id)
    queueing.seen(contribution)
    tell_decision(contribution, change)
