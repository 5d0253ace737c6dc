"""What happens to moderation by itself, once a minute."""

import logging

from citizen.base import clock
from citizen.base.db import session
from citizen.moderation import actions, queries, rules

log = logging.getLogger(__name__)


def send_digests() -> int:
    """Write the digests that are due, each in a transaction of its own.

    What goes wrong with one keeps none of the others waiting.

    Returns
    -------
    How many there were.
    """
    until = rules.digests.last_due(clock.now().astimezone(clock.LOCAL))
    waiting = queries.digests.due(until)
    session.rollback()
    sent = 0
    for user_id, due_on in waiting:
        try:
            sent += actions.send_digest(user_id, due_on)
            session.commit()
        except Exception:
            session.rollback()
            log.exception("The digest of user %s could not be written", user_id)
    return sent


def clear_desks() -> int:
    """Take from desks what lies on those of people who have left; gives how much that was."""
    return actions.clear_desks()


def count_figures() -> int:
    """Count once a month what everybody may read, each programme in a transaction of its own.

    Of two workers at once both may count; what they keep is the same.

    Returns
    -------
    How many programmes there were.
    """
    month = rules.figures.first_of_month(clock.today())
    waiting = queries.figures.to_count(rules.figures.begins(month, clock.LOCAL))
    session.rollback()
    done = 0
    for programme_id in waiting:
        try:
            actions.keep_years(programme_id, actions.count_years(programme_id))
            session.commit()
            done += 1
        except Exception:
            session.rollback()
            log.exception("Programme %s could not be counted", programme_id)
    return done
