"""One unsafe request, one transaction, committed at the edge.

Actions flush; nobody else commits during a request. Whatever answers with an
error leaves nothing behind.
"""

from typing import Any

from flask import Flask, Response, current_app, g, request

from citizen.base import access, audit
from citizen.base.db import SAFE_METHODS, session


def only_asks(view: Any) -> Any:
    """A post that asks and changes nothing: what it carries is too long or too private for an address.

    Nobody who writes waits for it, and what it might write is not kept.
    """
    view.only_asks = True
    return view


def _only_asks() -> bool:
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "only_asks", False))


def keep_anyway() -> None:
    """Keep what this request has stored although its form comes back with errors (422).

    For what the form brought that is in order, where the rest of it is not: nobody sends a photo twice.
    """
    g.keep_anyway = True


def nothing_changed() -> None:
    """Answer well although nothing was done, such as a second press of a button: no row says so, and nothing
    that this request might have written is kept.
    """
    g.nothing_changed = True


class UnauditedAction(RuntimeError):
    """A member of staff changed something and no audit row says so."""


def init(app: Flask) -> None:
    """Commit after an unsafe method that succeeded; everything else is rolled back."""

    @app.before_request
    def begin() -> None:
        g.only_reads = _only_asks()

    @app.after_request
    def commit(response: Response) -> Response:
        kept = response.status_code < 400 or (response.status_code == 422 and g.get("keep_anyway", False))
        if request.method in SAFE_METHODS or not kept or _only_asks() or g.get("nothing_changed", False):
            return response
        _refuse_unaudited()
        session.commit()
        return response


def _refuse_unaudited() -> None:
    declared = access.declared(request.endpoint)
    if declared is None or declared.public or audit.was_recorded():
        return
    raise UnauditedAction(f"{request.endpoint} changed something without an audit row.")
