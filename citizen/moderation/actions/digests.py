"""When moderators hear by mail what waits: chosen, sent, stopped."""

from datetime import date

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import delete, update

from citizen.accounts import queries as account_queries
from citizen.base import audit, clock, locale, outbox
from citizen.base.db import rows_of, session
from citizen.contributions.actions.contacts import address
from citizen.moderation import queries, rules
from citizen.moderation.models import DigestChoice
from citizen.moderation.queries.digests import Digest, Receiver
from citizen.moderation.rules.digests import Rhythm
from citizen.programmes import queries as programme_queries


def choose_digest(user_id: int, rhythm: str, weekday: int | None) -> None:
    """Keep when somebody wants to hear what waits, from the next such day on."""
    # Held, so that pressing twice is one after the other.
    account_queries.user(user_id, for_change=True)
    _forget(user_id)
    weekday = weekday if rhythm == Rhythm.WEEKLY else None
    if rhythm != Rhythm.NEVER:
        first = rules.digests.first_day(rhythm, weekday, clock.now().astimezone(clock.LOCAL))
        session.add(DigestChoice(user_id=user_id, rhythm=rhythm, weekday=weekday, next_on=first))
    audit.record("moderation.digest", f"user:{user_id}", user_id, rhythm=rhythm, weekday=weekday)
    session.flush()


def stop_digest(user_id: int) -> None:
    """Send somebody no digest any more, nor one that lies ready: asked by the link in one."""
    _forget(user_id)
    # Whoever has the mail has the link: nobody has signed in.
    audit.record("moderation.digest", f"user:{user_id}", None, rhythm=Rhythm.NEVER, weekday=None)


def _forget(user_id: int) -> None:
    session.execute(delete(DigestChoice).where(DigestChoice.user_id == user_id))
    outbox.take_back(about_digest(user_id))


def send_digest(user_id: int, due_on: date) -> bool:
    """Leave somebody's digest for the outbox, once a day however many workers ask.

    Whoever moves the day on sends: of two at once the second finds it moved. Where nothing waits, there is
    no mail.

    Returns
    -------
    Whether there is one.
    """
    choice = queries.digests.choice(user_id)
    if choice is None:
        return False
    following = rules.digests.next_day(choice.rhythm, choice.weekday, clock.today())
    moved = session.execute(
        update(DigestChoice)
        .where(DigestChoice.user_id == user_id, DigestChoice.next_on == due_on)
        .values(next_on=following).execution_options(synchronize_session=False)
    )
    receiver = queries.digests.receiver(user_id)
    if not rows_of(moved) or receiver is None:
        return False
    digest = queries.digests.digest(receiver.municipalities, clock.now(), user_id)
    if digest.is_empty:
        return False
    _write(user_id, receiver, digest)
    return True


def about_digest(user_id: int) -> str:
    """What a digest is filed under, so that stopping takes back one that has not been sent."""
    return f"digest:{user_id}"


def _write(user_id: int, receiver: Receiver, digest: Digest) -> None:
    language = receiver.language
    stop = address("moderation.stop_digest", language, token=queries.digests.stop_token(user_id))
    programmes = {p.id: p for p in programme_queries.programmes_of(set(receiver.municipalities))}
    with locale.speaking(language):
        outbox.take_back(about_digest(user_id))
        outbox.put(
            receiver=receiver.email, language=language, subject=str(_("What waits for you to look at")),
            about=about_digest(user_id), stop_url=stop,
            body=render_template(
                "mail/digest.txt", name=receiver.name, digest=digest, stop=stop,
                programmes=programmes, queue=address("moderation.index", language),
                seconds=address("moderation.index", language, why="second"),
                appeals=address("moderation.index", language, why="appeal"),
                deletions=address("moderation.deletions", language),
                choose=address("moderation.notices", language),
            ),
        )
