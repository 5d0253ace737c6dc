"""Every write to ideas."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from citizen.base import audit, clock, locale
from citizen.base.db import rows_of, session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.queries import Address
from citizen.contributions.rules import Source, Visibility
from citizen.ideas import queries
from citizen.ideas.models import Idea, Report, Support, Voice
from citizen.ideas.queries import PublicIdea
from citizen.ideas.rules import browser_digest
from citizen.ideas.rules.alike import voice_key
from citizen.places.rules.points import Point

# Of what one browser has reported, the newest.
_WEIGHED_AGAIN = 20


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
    # Why it waits apart from the queue.
    held_as: str | None = None


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
        submitted_at=idea.submitted_at, held_as=idea.held_as,
    )
    if is_new:
        session.add(_row(contribution, idea))
        session.flush()
        contributions.show_pictures(contribution, idea.holder, idea.photos, version=1)
        contributions.arrived(contribution)
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
    if contribution.held_as is None:
        write_receipt(Address(contribution.ref, email, language), later=later)


def write_receipt(author: Address, *, later: bool = False, wait: timedelta = timedelta(0)) -> None:
    """Send the receipt. What is held back sends none: its address may be anybody's."""
    contributions.write_to_author(
        author,
        _l("News about your idea") if later else _l("Thank you! Your idea has been sent."),
        "mail/receipt.txt", about=about_receipt(author.ref), wait=wait, later=later,
    )


def about_receipt(ref: str) -> str:
    """What mail with a receipt is filed under."""
    return f"receipt:{ref}"


def support_idea(idea_id: int, browser: str) -> bool:
    """Count one browser's support, once, also over what has been merged with the idea.

    For one that has gone into another, it is the other that is supported.

    Returns
    -------
    Whether it was counted now.
    """
    idea_id = _held(idea_id)
    if queries.supported([idea_id], browser):
        return False
    wholes = queries.counting_ideas(idea_id)
    if wholes == [idea_id]:
        # By far most are on their own, and nobody has to be counted again.
        is_new = _give(idea_id, browser)
        _count(idea_id, int(is_new))
        return is_new
    with counting_support(wholes):
        return _give(idea_id, browser)


def _give(idea_id: int, browser: str) -> bool:
    """Keep one browser's support; False where it is there already, given at this very moment."""
    try:
        with session.begin_nested():
            session.add(Support(idea_id=idea_id, browser=browser_digest(browser), at=clock.now()))
            session.flush()
    except IntegrityError:
        return False
    return True


def withdraw_support(idea_id: int, browser: str) -> bool:
    """Take one browser's support back, where it was given: for the idea and for all that has gone into it."""
    idea_id = _held(idea_id)
    parts, wholes = contribution_queries.family([idea_id]), queries.counting_ideas(idea_id)
    if parts == set(wholes):
        taken = _take(parts, browser)
        _count(idea_id, -int(taken))
        return taken
    with counting_support({*parts, *wholes}):
        return _take(parts, browser)


def _take(idea_ids: Collection[int], browser: str) -> bool:
    given = delete(Support).where(Support.idea_id.in_(idea_ids), Support.browser == browser_digest(browser))
    return rows_of(session.execute(given)) > 0


def _held(idea_id: int) -> int:
    """The idea for which a voice for an idea counts, with all that it counts in held."""
    other = queries.merged_into([idea_id]).get(idea_id)
    counted = other.id if other else idea_id
    hold_support({*contribution_queries.family([counted]), *queries.counting_ideas(counted)})
    return counted


def hold_support(idea_ids: Collection[int]) -> None:
    """Wait until nobody else counts the support of some ideas or merges them, and keep others waiting."""
    session.execute(
        select(Idea.contribution_id).where(Idea.contribution_id.in_(idea_ids))
        .order_by(Idea.contribution_id).with_for_update()
    )


@contextmanager
def counting_support(idea_ids: Collection[int]) -> Iterator[None]:
    """Have what some ideas count follow a change of who supports them, or of what has gone into them.

    It changes by as much as they have more or fewer: whoever a retention rule has forgotten stays counted.
    """
    before = {idea_id: queries.supporters(idea_id) for idea_id in sorted(idea_ids)}
    yield
    for idea_id, many in before.items():
        _count(idea_id, queries.supporters(idea_id) - many)


def _count(idea_id: int, more: int) -> None:
    if more:
        session.execute(
            update(Idea).where(Idea.contribution_id == idea_id)
            .values(support_count=Idea.support_count + more)
            .execution_options(synchronize_session=False)
        )


def follow_move(idea_id: int, programme_id: int, municipality_id: int) -> None:
    """Put an idea's row, and what others add to it, under the programme that it has been moved to."""
    session.execute(
        update(Idea).where(Idea.contribution_id == idea_id).values(programme_id=programme_id)
        .execution_options(synchronize_session=False)
    )
    lines = select(Contribution).where(Contribution.id.in_(queries.lines_under(idea_id)))
    for line in session.scalars(lines.order_by(Contribution.id).with_for_update()).all():
        contributions.put_under(line, programme_id, municipality_id)


def add_voice(
    idea: PublicIdea, browser: str, line: str, language: str, *, held_as: str | None = None
) -> Contribution | None:
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
        held_as=held_as,
    )
    if is_new:
        session.add(Voice(contribution_id=contribution.id, idea_id=idea.id))
        session.flush()
        contributions.arrived(contribution)
    return contribution


def report(
    contribution_id: int, browser: str, reason: str, words: str, *, fresh: bool = False,
    doubt: str | None = None,
) -> None:
    """Leave a report for those who moderate; a browser's earlier one stands, unless it has been closed.

    Parameters
    ----------
    fresh : the browser has done nothing here before.
    doubt : why the report counts less.
    """
    digest, now = browser_digest(browser), clock.now()
    # Whoever decides about it at this moment is done first: the report waits for somebody else's eyes.
    reported = session.get_one(Contribution, contribution_id, with_for_update=True, populate_existing=True)
    if reported.visibility != Visibility.PUBLISHED:
        # Gone since the page was made: nobody would ever look.
        return
    try:
        with session.begin_nested():
            session.add(Report(contribution_id=contribution_id, browser=digest, reason=reason,
                               words=words or None, at=now, fresh=fresh, doubt=doubt))
            session.flush()
    except IntegrityError:
        session.execute(
            update(Report)
            .where(Report.contribution_id == contribution_id, Report.browser == digest,
                   Report.closed_at.is_not(None))
            .values(reason=reason, words=words or None, at=now, closed_at=None, decision_id=None,
                    fresh=False, doubt=doubt)
        )
    # What else the same browser has reported weighs less by it.
    weighs = (
        select(Contribution).join(Report, Report.contribution_id == Contribution.id)
        .where(Report.browser == digest, Report.closed_at.is_(None))
        .order_by(Report.id.desc()).limit(_WEIGHED_AGAIN)
        # What somebody is deciding about needs no new place in the queue.
        .with_for_update(of=Contribution, skip_locked=True)
    )
    for one in session.scalars(weighs).all():
        contributions.tell_moved(one)


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
