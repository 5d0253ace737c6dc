"""A device that stands in a library: many people write on it, and none finds what another wrote.

The session says so, and nobody is signed in in it. Whoever signs in has a session of their own
again, so that ends it. Each room that has a kiosk says which of its pages it shows (`offer`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response

from citizen.base import clock

SHOWN_FOR = 300
"""Seconds after which a receipt can no longer be opened on the device, if nobody has put it away."""

Place = Mapping[str, str]


@dataclass(frozen=True)
class _Kiosk:
    """What a room shows on a device."""

    home: str
    address: Callable[[Place], str]
    shown: frozenset[str]
    allows: Callable[[Place, Mapping[str, Any]], bool]


_kiosks: dict[str, _Kiosk] = {}
# What is part of pages rather than one, a page that is not there too; signing in ends a kiosk.
_parts = {"", "static"}


def offer(
    room: str, *, home: str, address: Callable[[Place], str], shown: Iterable[str],
    parts: Iterable[str] = (),
    allows: Callable[[Place, Mapping[str, Any]], bool] = lambda _place, _asked: True,
) -> None:
    """Tell what a room's kiosk shows; whatever else is opened on it leads home.

    Parameters
    ----------
    home : the endpoint where the next person begins: whoever was there before is forgotten.
    address : of home, from what `turn_on` was told.
    shown : endpoints of its other pages.
    parts : endpoints of files that pages are made of, on whichever kiosk.
    allows : whether one of these pages may be shown at a place, by the values of its address.
    """
    _kiosks[room] = _Kiosk(home, address, frozenset({home, *shown}), allows)
    _parts.update(parts)


def turn_on(room: str, **told: str) -> None:
    """Make this browser a room's kiosk; who was signed in no longer is."""
    session.clear()
    session.permanent = True
    session["kiosk"] = {"room": room, **told}


def place(room: str | None = None) -> dict[str, str] | None:
    """What `turn_on` was told of this device; None where it is no kiosk, or not that room's."""
    found: dict[str, str] | None = session.get("kiosk")
    if not found or found.get("room") not in _kiosks or "user" in session:
        return None
    if room not in (None, found["room"]):
        return None
    return {name: value for name, value in found.items() if name != "room"}


def is_on(room: str | None = None) -> bool:
    """Whether this device is a kiosk, or that of a room."""
    return place(room) is not None


def home() -> str:
    """The address where the next person begins."""
    return _kiosks[session["kiosk"]["room"]].address(place() or {})


def show_receipt(code: str) -> None:
    """Let the person at the device see their receipt, for a while; asking once more makes it no longer."""
    if session.get("kiosk_receipt", [""])[0] != code:
        session["kiosk_receipt"] = [code, clock.now().timestamp()]


def may_show(code: str) -> bool:
    """Whether a receipt belongs to the person who is at the device now."""
    shown, since = session.get("kiosk_receipt", ["", 0])
    return bool(shown == code and clock.now().timestamp() - since < SHOWN_FOR)


def start_again() -> None:
    """Forget the one who was here, for the next."""
    for name in [name for name in session if name not in ("kiosk", "_permanent", "csrf_token")]:
        session.pop(name)


def init(app: Flask) -> None:
    """Have every page that a kiosk does not show lead back to its beginning."""

    @app.before_request
    def keep_to_the_kiosk() -> Response | None:
        asked = request.endpoint or ""
        is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        # The session is looked at last: an answer that depends on it can be kept by nobody.
        if not is_page or asked in _parts or asked.startswith("accounts."):
            return None
        here = place()
        if here is None:
            return None
        kiosk = _kiosks[session["kiosk"]["room"]]
        if asked not in kiosk.shown or not kiosk.allows(here, request.view_args or {}):
            return redirect(kiosk.address(here))
        if asked == kiosk.home:
            start_again()
        return None
