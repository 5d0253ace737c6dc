"""One unsafe request, one transaction, committed at the edge.

Actions flush; nobody else commits during a request. Whatever answers with an
error leaves nothing behind.
"""

from flask import Flask, Response, request

from citizen.base import access, audit
from citizen.base.db import SAFE_METHODS, session


class UnauditedAction(RuntimeError):
    """A member of staff changed something and no audit row says so."""


def init(app: Flask) -> None:
    """Commit after an unsafe method that succeeded; everything else is rolled back."""

    @app.after_request
    def commit(response: Response) -> Response:
        if request.method in SAFE_METHODS or response.status_code >= 400:
            return response
        _refuse_unaudited()
        session.commit()
        return response


def _refuse_unaudited() -> None:
    declared = access.declared(request.endpoint)
    if declared is None or declared.public or audit.was_recorded():
        return
    raise UnauditedAction(f"{request.endpoint} changed something without an audit row.")
