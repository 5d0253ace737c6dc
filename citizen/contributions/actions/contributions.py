"""Every write to a contribution. Actions flush; the edge commits."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from citizen.analysis.terms import version
from citizen.base import clock, ids, outbox
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions import pictures, search
from citizen.contributions.actions.contacts import stop_news
from citizen.contributions.actions.pictures import Described
from citizen.contributions.actions.versions import overtake_revision, set_aside
from citizen.contributions.models import (
    Contribution,
    HandlingChange,
    TextVersion,
    VisibilityChange,
)
from citizen.contributions.rules import Handling, Visibility

PREFIX = {"idea": "I", "answer": "A", "voice": "V"}


class StaleDecision(Conflict):
    """The contribution changed after the page was made; ``latest`` is the newest step."""

    def __init__(self, latest: VisibilityChange | None) -> None:
        super().__init__(_("Somebody else has changed this idea. Nothing was overwritten."))
        self.latest = latest


def receive(
    *,
    kind: str,
    programme_id: int,
    municipality_id: int,
    source: str,
    language: str,
    sector: str | None,
    client_key: str,
    title: str | None,
    body: str,
    place: str | None = None,
    external_id: str | None = None,
    submitted_at: datetime | None = None,
    held_as: str | None = None,
) -> tuple[Contribution, bool]:
    """Take in what somebody sent, once per client key.

    Parameters
    ----------
    held_as : why it waits apart from the queue, where it does.

    Returns
    -------
    (contribution, whether it is new). The same key again gives back what it made the first time.
    """
    if known := queries.by_client_key(client_key):
        return known, False
    at = submitted_at or clock.now()
    ref = ids.new_ref(PREFIX[kind])
    contribution = Contribution(
        ref=ref, kind=kind, programme_id=programme_id, municipality_id=municipality_id,
        source=source, language=language, sector=sector, client_key=client_key,
        receipt_digest=_receipt_digest(ref), visibility=Visibility.SUBMITTED,
        handling=Handling.RECEIVED, submitted_at=at, external_id=external_id,
        held_as=held_as,
    )
    contribution.texts.append(
        TextVersion(number=1, title=title, body=body, place=place, made_by="author", created_at=at)
    )
    try:
        with session.begin_nested():
            session.add(contribution)
            session.flush()
    except IntegrityError:
        # Two sends of the same key at once: the other one was kept.
        known = queries.by_client_key(client_key)
        if known is None:
            raise
        return known, False
    return contribution, True


def receipt_code(ref: str) -> str:
    """The code that opens a contribution's receipt."""
    return ids.secret_code(_key(), f"receipt:{ref}")


def _receipt_digest(ref: str) -> str:
    return ids.digest_of(_key(), receipt_code(ref))


def _key() -> str:
    return str(current_app.secret_key)


def decide(
    contribution: Contribution,
    after: Visibility,
    *,
    user_id: int | None,
    reason: str | None = None,
    words_to_author: str | None = None,
    expected_version: int,
    lot: str | None = None,
    by_two: bool = False,
    on_appeal: bool = False,
) -> VisibilityChange:
    """Take a step along the first axis on behalf of staff.

    Parameters
    ----------
    lot : names a decision about several, of which this is one.
    by_two : a second person stands for it, or has been asked to.
    on_appeal : somebody else looks at an earlier decision, because the author asked.

    Raises
    ------
    StaleDecision
        If the contribution is no longer at ``expected_version``.
    Refused
        If the step is not one staff may take, or not alone, or a reason is missing.
    """
    if contribution.version != expected_version:
        raise StaleDecision(queries.latest_change(contribution.id))
    may_step = rules.may_step_on_appeal if on_appeal else rules.staff_may_step
    if not may_step(contribution.visibility, after, contribution.kind):
        raise Refused(_("This idea cannot take that step from where it is now."))
    if rules.needs_reason(after) and not reason:
        raise Refused(_("Choose a reason"))
    if after is Visibility.PUBLISHED:
        # A part of it may have been removed when it was public before.
        reason = reason or queries.removed_for(contribution.id)
    if not by_two:
        refuse_alone(contribution, after, reason)
    return _step(
        contribution, after, user_id=user_id, reason=reason, words_to_author=words_to_author, lot=lot
    )


def publish_at_once(contribution: Contribution) -> VisibilityChange:
    """Publish what has just come in, as the mode of its programme has it; somebody looks afterwards."""
    return _step(contribution, Visibility.PUBLISHED, user_id=None, at_once=True)


def refuse_alone(contribution: Contribution, after: Visibility, reason: str | None) -> None:
    """Refuse what two people decide, and all else while the second of them is waited for."""
    if rules.needs_two(after, reason):
        raise Refused(_("Hate and threats are decided by two people."))
    if queries.open_look(contribution.id):
        raise Refused(_("This waits for a second person, who confirms or disagrees. Until then nothing else"
                        " can be decided about it."))


def touch(contribution: Contribution) -> None:
    """Count a change that is no step: whoever has the page from before must not decide by it."""
    flag_modified(contribution, "visibility")
    session.flush()
    tell_moved(contribution)


def undo(contribution: Contribution, *, user_id: int, expected_version: int) -> VisibilityChange:
    """Take back the newest step that staff took.

    Raises
    ------
    StaleDecision
        If something has happened since the page was made.
    Refused
        If the newest step is not one that can be taken back.
    """
    latest = queries.latest_change(contribution.id)
    if contribution.version != expected_version:
        raise StaleDecision(latest)
    if latest is None or not rules.may_be_undone(latest.after, is_undoing=latest.undoes_id is not None):
        raise Refused(_("There is nothing to undo."))
    set_aside(contribution, latest)
    return _step(contribution, Visibility(latest.before), user_id=user_id, undoes_id=latest.id)


def withdraw(contribution: Contribution, *, user_id: int | None = None) -> None:
    """Take a contribution back; its text leaves the public at once.

    Parameters
    ----------
    user_id : who typed it in for its author and takes that back; none is the author.
    """
    if not rules.author_may_withdraw(contribution.visibility):
        raise Refused(_("This idea has already been withdrawn."))
    overtake_revision(contribution)
    _step(contribution, Visibility.WITHDRAWN, user_id=user_id)
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
    _step(contribution, Visibility.SUBMITTED, user_id=None)


def _step(
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


def arrived(contribution: Contribution) -> None:
    """Tell the rooms above that something new is here whole, with its photos; `app.py` names them."""
    for told in current_app.extensions["citizen.arrived"]:
        told(contribution)


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


def set_handling(
    contribution_ids: list[int],
    after: Handling,
    *,
    user_id: int | None,
    about: str | None = None,
    about_names: dict[str, str] | None = None,
    words: str | None = None,
    public: bool = False,
) -> int:
    """Take a step along the second axis for several contributions at once.

    Those already there about the same subject get no second row, unless it becomes public now.

    Returns
    -------
    How many took the step.
    """
    standing = select(Contribution.id, Contribution.handling).where(Contribution.id.in_(contribution_ids))
    before = {row.id: row.handling for row in session.execute(standing)}
    moving = {i: state for i, state in before.items() if state != after or public}
    now = clock.now()
    session.add_all(
        HandlingChange(contribution_id=i, before=state, after=after, at=now, user_id=user_id, about=about,
                       about_names=about_names or {}, words=words, public_at=now if public else None)
        for i, state in moving.items()
    )
    session.flush()
    # Not through the mapper: handling is no ground for telling a moderator of a conflict.
    session.execute(
        update(Contribution).where(Contribution.id.in_(moving)).values(handling=after)
        .execution_options(synchronize_session="fetch")
    )
    return len(moving)
