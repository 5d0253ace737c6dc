"""An idea is taken in, from a form or a file, and its receipt is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from citizen.base import audit, locale
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.queries import Address
from citizen.ideas.models import Idea
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


def show_point(idea_id: int, shows: bool) -> None:
    """Show everyone an idea's point, or keep it from all but its author and the staff."""
    session.execute(update(Idea).where(Idea.contribution_id == idea_id).values(hides_point=not shows))


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
