"""Every write to ideas."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from citizen.base import audit, clock, locale
from citizen.base.db import rows_of, session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.queries import Address
from citizen.contributions.rules import Source
from citizen.ideas.models import Idea, Report, Support, Voice
from citizen.ideas.queries import PublicIdea
from citizen.ideas.rules import browser_digest
from citizen.ideas.rules.alike import voice_key
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
    # What it shows, and who holds those that are stored already.
    photos: Sequence[contributions.Described] = ()
    holder: str = ""
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
        contributions.show_pictures(contribution, idea.holder, idea.photos, version=1)
    return contribution, is_new


def _row(contribution: Contribution, idea: NewIdea) -> Idea:
    row = Idea(contribution_id=contribution.id, programme_id=idea.programme_id)
    if idea.point:
        row.latitude, row.longitude = idea.point.latitude, idea.point.longitude
    return row


def forget_point(idea_id: int) -> None:
    """Take an idea's point away; nothing of it is kept. Its place in words stays."""
    session.execute(update(Idea).where(Idea.contribution_id == idea_id).values(latitude=None, longitude=None))


def promise_news(contribution: Contribution, email: str, *, later: bool = False) -> None:
    """Keep the author's address and send the receipt there, in the idea's language where we speak it.

    Parameters
    ----------
    later : the author asks from the receipt, not with the idea.
    """
    known = contribution_queries.contact(contribution.id)
    spoken = contribution.language if contribution.language in locale.LANGUAGES else locale.current()
    language = known.language if known else spoken
    contributions.leave_contact(contribution, email, language)
    contributions.write_to_author(
        Address(contribution.ref, email, language),
        _l("News about your idea") if later else _l("Thank you! Your idea has been sent."),
        "mail/receipt.txt", about=f"receipt:{contribution.ref}", later=later,
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


def add_voice(idea: PublicIdea, browser: str, line: str, language: str) -> Contribution | None:
    """Support an idea, and take in what the supporter would add, once per browser and words.

    Returns
    -------
    The contribution that the line is; None where nothing was written.
    """
    support_idea(idea.id, browser)
    if not line:
        return None
    contribution, is_new = contributions.receive(
        kind="voice", programme_id=idea.programme_id, municipality_id=idea.municipality_id,
        source=Source.WEB, language=language, sector=None,
        client_key=voice_key(idea.id, browser, line), title=None, body=line,
    )
    if is_new:
        session.add(Voice(contribution_id=contribution.id, idea_id=idea.id))
        session.flush()
    return contribution


def report(contribution_id: int, browser: str, reason: str, words: str) -> None:
    """Leave a report for those who moderate; a browser's earlier one stands, unless it has been closed."""
    digest, now = browser_digest(browser), clock.now()
    try:
        with session.begin_nested():
            session.add(Report(contribution_id=contribution_id, browser=digest, reason=reason,
                               words=words or None, at=now))
            session.flush()
    except IntegrityError:
        session.execute(
            update(Report)
            .where(Report.contribution_id == contribution_id, Report.browser == digest,
                   Report.closed_at.is_not(None))
            .values(reason=reason, words=words or None, at=now, closed_at=None, decision_id=None)
        )


def close_reports(contribution_id: int, decision_id: int | None = None) -> int:
    """Close what is open, by a decision or because all may stay as it is.

    Returns
    -------
    How many were open.
    """
    return rows_of(session.execute(
        update(Report)
        .where(Report.contribution_id == contribution_id, Report.closed_at.is_(None))
        .values(closed_at=clock.now(), decision_id=decision_id)
    ))


def open_reports_again(decision_id: int) -> None:
    """Open what a decision closed that has been taken back."""
    session.execute(
        update(Report).where(Report.decision_id == decision_id).values(closed_at=None, decision_id=None)
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


def type_note(idea: NewIdea, *, user_id: int) -> tuple[Contribution, bool]:
    """Take in what somebody said or wrote on paper, typed by staff; once per client key.

    The audit remembers who typed it, so that they can correct it or take it back.
    """
    contribution, is_new = submit_idea(idea)
    audit.record("ideas.note", contribution.ref, user_id, source=idea.source)
    return contribution, is_new


def retype_note(
    contribution: Contribution, *, title: str | None, body: str, place: str | None, user_id: int
) -> None:
    """Correct a note that was typed wrong."""
    contributions.retype(contribution, title=title, body=body, place=place, user_id=user_id)
    audit.record("ideas.retype", contribution.ref, user_id)


def take_note_back(contribution: Contribution, *, user_id: int) -> None:
    """Take back a note that should not have been typed."""
    contributions.withdraw(contribution, user_id=user_id)
    audit.record("ideas.take_back", contribution.ref, user_id)


# ---- what retention rules take away


def dispose_reports(report_ids: Sequence[int]) -> int:
    """Delete readers' reports that have been closed."""
    return rows_of(session.execute(
        delete(Report).where(Report.id.in_(report_ids), Report.closed_at.is_not(None))
        .execution_options(synchronize_session=False)
    ))


def dispose_support(idea_ids: Sequence[int]) -> int:
    """Forget which browsers supported ideas; how many did stays with each idea."""
    return rows_of(session.execute(
        delete(Support).where(Support.idea_id.in_(idea_ids)).execution_options(synchronize_session=False)
    ))


def erase_report_words(row: Report, erase: Callable[[str], tuple[str, int]]) -> int:
    """Take somebody's words out of a report for good; gives the number of places changed."""
    words, count = erase(row.words or "")
    row.words = words or None
    session.flush()
    return count
