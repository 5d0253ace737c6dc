"""Whether what somebody sends goes to the queue, or waits apart until somebody has looked.

Nobody is told and nobody is stopped: all of it is received, and has its receipt.
"""

from flask import current_app

from citizen.base import access, kiosk, trap
from citizen.base.limits import sent_this_hour
from citizen.contributions import queries as contribution_queries
from citizen.contributions.rules import FLOOD_FROM, Held
from citizen.ideas.rules.sending import BUSY, allowance


def held_as(municipality_id: int, text: str) -> Held | None:
    """Why a text that has just come in from a public form is held back; counts it."""
    if access.viewer() is not None:
        return None
    count = sent_this_hour("texts")
    if trap.is_tripped():
        return Held.TRAP
    if _is_much(count, municipality_id):
        return Held.RATE
    return Held.FLOOD if contribution_queries.alike_lately(municipality_id, text) >= FLOOD_FROM else None


def _is_much(count: int, municipality_id: int) -> bool:
    """Whether an address has sent more than people behind one do. The database is asked of few."""
    hold_after, is_kiosk = current_app.extensions["citizen.settings"].hold_after, kiosk.is_on("ideas")
    if count <= allowance(hold_after, is_kiosk=is_kiosk, is_busy=True):
        return False
    is_busy = contribution_queries.arrived_lately(municipality_id, BUSY) >= BUSY
    return count > allowance(hold_after, is_kiosk=is_kiosk, is_busy=is_busy)
