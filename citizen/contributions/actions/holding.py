"""What was held back goes to the queue, or back from it. Actions flush; the edge commits."""

from sqlalchemy.orm.attributes import flag_modified

from citizen.base.db import session
from citizen.contributions.actions.steps import tell_moved
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility


def release(contribution: Contribution) -> str | None:
    """Let what was held back wait with the rest.

    Returns
    -------
    Why it was held; None where it was not, or no longer waits.
    """
    held_as = contribution.held_as
    if held_as is None or contribution.visibility != Visibility.SUBMITTED:
        return None
    contribution.held_as = None
    session.flush()
    tell_moved(contribution)
    return held_as


def hold_again(contribution: Contribution, held_as: str) -> bool:
    """Hold back again what was released by mistake.

    Returns
    -------
    Whether it still waited, so that it could be.
    """
    if contribution.visibility != Visibility.SUBMITTED or contribution.held_as is not None:
        return False
    contribution.held_as = held_as
    # Whoever has it before them must not decide about what has been taken away.
    flag_modified(contribution, "held_as")
    session.flush()
    tell_moved(contribution)
    return True
