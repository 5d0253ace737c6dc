"""What needs somebody's eyes: kept in step with what happens, taken in hand, laid on somebody's desk."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import and_, or_, update
from sqlalchemy.exc import IntegrityError

from citizen.analysis.terms import content_words
from citizen.base import audit, clock
from citizen.base.db import rows_of, session
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.moderation import queries
from citizen.moderation.models import QueueItem
from citizen.moderation.rules.urgency import (
    CLAIM,
    READ_AS,
    Kind,
    Mode,
    due_at,
    is_public_at_once,
    usual_hours,
)
from citizen.privacy import queries as privacy_queries
from citizen.privacy import rules as privacy_rules
from citizen.programmes import actions as programmes
from citizen.programmes import queries as programme_queries


class _Need(NamedTuple):
    """Why something needs somebody's eyes, since when, what readers have reported, whose eyes not, and which
    version is to be read where it is not the newest."""

    kind: Kind
    since: datetime
    reports: Sequence[Any] = ()
    deciders: Collection[int] = ()
    version: int | None = None


def arrived(contribution: Contribution) -> None:
    """Have what has just come in wait, or publish it at once, as the mode of its programme says."""
    item = refresh(contribution)
    mode, _days = programme_queries.moderation_of(contribution.programme_id)
    if item is None:
        return
    flagged = mode == Mode.FLAGGED and _is_flagged(item)
    if not is_public_at_once(mode, contribution.kind, contribution.source, flagged=flagged):
        return
    contributions.publish_at_once(contribution)
    if mode == Mode.AFTER:
        refresh(contribution, review=True)


def was_to_be_seen(contribution: Contribution) -> bool:
    """Whether the step that stands is a publication at once, in a mode in which somebody looks afterwards."""
    step = contribution_queries.standing_step(contribution.id)
    mode, _days = programme_queries.moderation_of(contribution.programme_id)
    return step is not None and step.at_once and mode == Mode.AFTER


def _is_flagged(item: QueueItem) -> bool:
    """Whether somebody should look first: personal data, the same words again, or a photo, which no rule
    reads."""
    return bool(
        item.hits or queries.first_with_words(item) or contribution_queries.photos(item.contribution_id)[1]
    )


def refresh(contribution: Contribution, *, review: bool = False) -> QueueItem | None:
    """Bring the queue in step with a contribution after anything that happened to it.

    Parameters
    ----------
    review : it was published as it came in, and somebody is to look.

    Returns
    -------
    Its place in the queue; None where nobody has to look.
    """
    if contribution.visibility == Visibility.WITHDRAWN:
        # What readers have reported is gone by its author's own hand, which nobody takes back.
        ideas.close_reports(contribution.id)
    item = session.get(QueueItem, contribution.id)
    review = review or bool(item and item.review and contribution.visibility == Visibility.PUBLISHED)
    need = _need(contribution, review=review)
    if need is None:
        if item:
            session.delete(item)
            session.flush()
        return None
    if item is None and not _begins(contribution, need):
        return refresh(contribution, review=review)
    item = session.get_one(QueueItem, contribution.id)
    _fill(item, contribution, need, review=review)
    if item.assigned_to in need.deciders:
        item.assigned_to = None
    if item.claimed_by in need.deciders:
        item.claimed_by = item.claimed_until = None
    session.flush()
    return item


def _fill(item: QueueItem, contribution: Contribution, need: _Need, *, review: bool) -> None:
    """Say where something waits, why, since when, what its text seems to hold, and when it is due."""
    text = contribution_queries.version(contribution.id, need.version) if need.version else (
        contribution_queries.latest_text(contribution.id))
    if item.municipality_id != contribution.municipality_id:
        # It has been moved: whoever had it in hand or on their desk may not even see it there.
        item.assigned_to = item.claimed_by = item.claimed_until = None
    item.municipality_id, item.programme_id = contribution.municipality_id, contribution.programme_id
    item.language, item.kind, item.since, item.review = contribution.language, need.kind, need.since, review
    item.decided_by, item.confirmed_by = (*need.deciders, None, None)[:2]
    item.hits, item.words, item.read_as = hits(text, contribution.municipality_id), words(text), READ_AS
    _mode, days = programme_queries.moderation_of(contribution.programme_id)
    item.due_at = due_at(
        need.kind, need.since, days, hits=item.hits, reasons={one.reason for one in need.reports},
        weight=idea_queries.weighed(need.reports) if need.reports else None,
    )
    if first := queries.first_with_words(item):
        # Side by side: what says the same is due with the first of them.
        item.due_at = min(item.due_at, first.due_at)


def _begins(contribution: Contribution, need: _Need) -> bool:
    """Give something a place in the queue; False where somebody else has, at this very moment."""
    try:
        with session.begin_nested():
            session.add(QueueItem(
                contribution_id=contribution.id, municipality_id=contribution.municipality_id,
                programme_id=contribution.programme_id, language=contribution.language, kind=need.kind,
                since=need.since, due_at=need.since, hits=[], words="",
            ))
            session.flush()
    except IntegrityError:
        return False
    return True


def _need(contribution: Contribution, *, review: bool) -> _Need | None:
    """What the state of a contribution asks for; what another person has to look at comes before the rest."""
    need = {
        Visibility.SUBMITTED: _need_of_what_waits, Visibility.PUBLISHED: _need_of_what_is_public,
        Visibility.HIDDEN: _need_of_another, Visibility.REJECTED: _need_of_another,
    }.get(Visibility(contribution.visibility))
    if need is _need_of_what_is_public and review:
        return need(contribution) or _Need(Kind.REVIEW, contribution.published_at or clock.now())
    return need(contribution) if need else None


def _need_of_what_waits(contribution: Contribution) -> _Need | None:
    if need := _need_of_another(contribution):
        return need
    if contribution.held_as:
        # Held back has a list of its own: a flood must not stand among what is read.
        return None
    came_back = queries.came_back_at(contribution.id)
    return _Need(Kind.AGAIN, came_back) if came_back else _Need(Kind.NEW, contribution.submitted_at)


def _need_of_what_is_public(contribution: Contribution) -> _Need | None:
    """An appeal against a redaction may come with readers' reports or a new version: then the row is
    everybody's."""
    open_ones = [one for one in idea_queries.reports(contribution.id) if one.closed_at is None]
    revision = contribution_queries.open_revision(contribution.id)
    if need := _need_of_another(contribution):
        return need._replace(reports=open_ones, deciders=()) if open_ones or revision else need
    if open_ones:
        return _Need(Kind.REPORTED, min(one.at for one in open_ones), open_ones)
    if revision:
        return _Need(Kind.AGAIN, revision.at, version=revision.version)
    return None


def _need_of_another(contribution: Contribution) -> _Need | None:
    """Two people have to look, or its author asks for another one."""
    if look := contribution_queries.open_look(contribution.id):
        return _Need(Kind.SECOND, look.at, deciders=[look.first_id])
    if appeal := contribution_queries.open_appeal(contribution.id):
        deciders = sorted(contribution_queries.deciders(appeal.step_id))
        return _Need(Kind.APPEAL, appeal.at, deciders=deciders)
    return None


def hits(text: TextVersion, municipality_id: int) -> list[str]:
    """Kinds of personal data that a text, or the descriptions of its photos, seem to hold."""
    alts = [alt for _one, alt in contribution_queries.pictures_of(text.contribution_id, text.number)]
    return list(privacy_rules.hits(
        [text.title or "", text.body, text.place or "", *alts],
        with_hints=privacy_queries.shows_hints(municipality_id),
    ))


def words(text: TextVersion) -> str:
    """What two texts share that say the same in the same words; empty where too little is said."""
    found = content_words(f"{text.title or ''}\n{text.body}")
    return hashlib.sha256(" ".join(sorted(found)).encode()).hexdigest()[:16] if len(found) > 1 else ""


def seen(contribution: Contribution) -> None:
    """Somebody has looked, and what is public stays so."""
    if item := session.get(QueueItem, contribution.id):
        session.delete(item)
        session.flush()
    refresh(contribution)


def measure(programme_id: int) -> None:
    """Note how long decisions have taken lately, for the form to say."""
    hours = usual_hours(queries.hours_to_decision(programme_id))
    programmes.note_usual_hours(programme_id, hours)


# ---- in hand


def claim(contribution: Contribution, *, user_id: int) -> bool:
    """Take an item in hand for a while, unless somebody else has it; what was in these hands is free again.

    Returns
    -------
    Whether it is in the user's hands now.
    """
    now = clock.now()
    whose, until = QueueItem.claimed_by, QueueItem.claimed_until
    free = or_(whose.is_(None), until < now, whose == user_id)
    # Whoever has decided already is not the one that it waits for.
    deciders = (QueueItem.decided_by, QueueItem.confirmed_by)
    is_theirs = and_(*(one.is_distinct_from(user_id) for one in deciders))
    taken = session.execute(
        update(QueueItem).where(QueueItem.contribution_id == contribution.id, free, is_theirs)
        .values(claimed_by=user_id, claimed_until=now + CLAIM)
        .execution_options(synchronize_session="fetch")
    )
    has_it = rows_of(taken) == 1
    if has_it:
        session.execute(
            update(QueueItem)
            .where(QueueItem.claimed_by == user_id, QueueItem.contribution_id != contribution.id)
            .values(claimed_by=None, claimed_until=None).execution_options(synchronize_session="fetch")
        )
    audit.record("moderation.claim", contribution.ref, user_id, taken=has_it)
    return has_it


def let_go(contribution: Contribution, *, user_id: int) -> None:
    """Leave an item to others again."""
    session.execute(
        update(QueueItem).where(QueueItem.contribution_id == contribution.id, QueueItem.claimed_by == user_id)
        .values(claimed_by=None, claimed_until=None).execution_options(synchronize_session="fetch")
    )
    audit.record("moderation.let_go", contribution.ref, user_id)


def assign(contribution: Contribution, to: int | None, *, user_id: int) -> None:
    """Lay an item on somebody's desk; on nobody's with None.

    Raises
    ------
    Refused
        If they do not moderate in its municipality, have decided about it themselves, or it waits for
        nobody any more.
    """
    item = session.get(QueueItem, contribution.id)
    if item is None:
        raise Refused(_("This no longer waits for anybody."))
    moderators = {person.id for person in queries.moderators(contribution.municipality_id)}
    if to is not None and to not in moderators:
        raise Refused(_("Choose somebody who moderates in this municipality."))
    if to is not None and to in (item.decided_by, item.confirmed_by):
        raise Refused(_("They have decided about this themselves. Choose another person."))
    item.assigned_to = to
    session.flush()
    audit.record("moderation.assign", contribution.ref, user_id, to=to)
