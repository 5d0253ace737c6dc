"""Every write to ideas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from citizen.base import audit, clock, locale, outbox
from citizen.base.db import rows_of, session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.ideas.models import Idea, Support
from citizen.ideas.rules import browser_digest
from citizen.places.rules.points import Point


@dataclass(frozen=True)
class NewIdea:
    """An idea as it arrives, already checked."""

    programme_id: int
    municipality_id: int
    source: str
    language: str
    client_key: str
    title: str
    body: str
    place: str | None = None
    sector: str | None = None
    external_id: str | None = None
    submitted_at: datetime | None = None
    point: Point | None = None


def submit_idea(idea: NewIdea) -> tuple[Contribution, bool]:
    """Take in an idea, once per client key.

    Returns
    -------
    (contribution, whether it is new).
    """
    contribution, is_new = contributions.receive(
        kind="idea", programme_id=idea.programme_id, municipality_id=idea.municipality_id,
        source=idea.source, language=idea.language, sector=idea.sector, client_key=idea.client_key,
        title=idea.title, body=idea.body, place=idea.place, external_id=idea.external_id,
        submitted_at=idea.submitted_at,
    )
    if is_new:
        session.add(_row(contribution, idea))
        session.flush()
    return contribution, is_new


def _row(contribution: Contribution, idea: NewIdea) -> Idea:
    row = Idea(contribution_id=contribution.id, programme_id=idea.programme_id)
    if idea.point:
        row.latitude, row.longitude = idea.point.latitude, idea.point.longitude
    return row


def forget_point(idea_id: int) -> None:
    """Take an idea's point away; nothing of it is kept. Its place in words stays."""
    session.execute(update(Idea).where(Idea.contribution_id == idea_id).values(latitude=None, longitude=None))


def promise_news(contribution: Contribution, email: str, receipt: str) -> None:
    """Keep the author's address and send the receipt there."""
    language = locale.current()
    contributions.leave_contact(contribution, email, language)
    outbox.put(
        receiver=email, language=language, subject=_("Thank you! Your idea has been sent."),
        body=render_template("mail/receipt.txt", receipt=receipt),
        about=f"receipt:{contribution.ref}",
    )


def support_idea(idea_id: int, browser: str) -> bool:
    """Count one browser's support, once.

    Returns
    -------
    Whether it was counted now.
    """
    try:
        with session.begin_nested():
            session.add(Support(idea_id=idea_id, browser=browser_digest(browser), at=clock.now()))
            session.flush()
    except IntegrityError:
        return False
    _count(idea_id, +1)
    return True


def withdraw_support(idea_id: int, browser: str) -> bool:
    """Take one browser's support back, where it was given."""
    taken = session.execute(
        delete(Support).where(Support.idea_id == idea_id, Support.browser == browser_digest(browser))
    )
    if rows_of(taken) == 0:
        return False
    _count(idea_id, -1)
    return True


def _count(idea_id: int, change: int) -> None:
    session.execute(
        update(Idea)
        .where(Idea.contribution_id == idea_id)
        .values(support_count=Idea.support_count + change)
        .execution_options(synchronize_session=False)
    )


def import_ideas(ideas: Iterable[NewIdea], programme: str, file_name: str) -> tuple[int, int]:
    """Take in checked ideas from a file, each once per client key.

    Returns
    -------
    (how many were new, how many somebody had stored in the meantime).
    """
    outcomes = [is_new for _contribution, is_new in map(submit_idea, ideas)]
    new = sum(outcomes)
    audit.record("ideas.import", programme, None, file=file_name, new=new)
    return new, len(outcomes) - new
