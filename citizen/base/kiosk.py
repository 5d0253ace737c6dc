"""A device that stands in a library: many people write on it, and none finds what another wrote.

The session says so, and nobody is signed in in it. Whoever signs in has a session of their own
again, so that ends it.
"""

from flask import session

from citizen.base import clock

SHOWN_FOR = 300
"""Seconds after which a receipt can no longer be opened on the device, if nobody has put it away."""


def turn_on(slug: str, municipality: str) -> None:
    """Make this browser a kiosk for a programme and a municipality; who was signed in no longer is."""
    session.clear()
    session.permanent = True
    session["kiosk"] = {"slug": slug, "municipality": municipality}


def place() -> dict[str, str] | None:
    """Which programme and municipality this device stands for; None where it is no kiosk."""
    found: dict[str, str] | None = session.get("kiosk")
    return found if found and "user" not in session else None


def is_on() -> bool:
    """Whether this device is a kiosk."""
    return place() is not None


def show_receipt(code: str) -> None:
    """Let the person at the device see their receipt, for a while."""
    session["kiosk_receipt"] = [code, clock.now().timestamp()]


def may_show(code: str) -> bool:
    """Whether a receipt belongs to the person who is at the device now."""
    shown, since = session.get("kiosk_receipt", ["", 0])
    return bool(shown == code and clock.now().timestamp() - since < SHOWN_FOR)


def start_again() -> None:
    """Forget the one who was here, for the next."""
    for name in [name for name in session if name not in ("kiosk", "_permanent", "csrf_token")]:
        session.pop(name)
