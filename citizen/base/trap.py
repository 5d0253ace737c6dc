"""What a program trips over and people do not: a field nobody sees, a form that is back before it was read.

Nobody is stopped by it: what tripped is held back, or counts less, until somebody has looked. Forms lie on
phones for days and are sent when there is coverage, so that no form is ever too old.
"""

from datetime import datetime

from flask import Flask, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from citizen.base import clock

UNSEEN, SHOWN = "homepage", "shown"
"""Names of the two fields: one that stays empty, one that says when the form was shown."""


def shown_at(moment: datetime) -> str:
    """What a form carries that was shown at a moment; signed, so that no other can be told."""
    return str(_signer().dumps(int(moment.timestamp())))


def form_shown() -> str:
    """What this page's form carries: when it was shown first, also where it comes back to be put right."""
    before = request.form.get(SHOWN, "")
    return before if _shown(before) is not None else shown_at(clock.now())


def is_tripped() -> bool:
    """Whether the form that was sent was filled in as no person does it."""
    shown = _shown(request.form.get(SHOWN, ""))
    if request.form.get(UNSEEN) or shown is None:
        return True
    # Sooner nobody has opened a form, written a sentence and sent it.
    fastest: int = current_app.extensions["citizen.settings"].fastest_form
    return clock.now().timestamp() - shown < fastest


def is_filled_in() -> bool:
    """Whether the field was filled in that nobody sees, for forms that are rightly sent at once."""
    return bool(request.form.get(UNSEEN))


def _shown(value: str) -> int | None:
    """The second a form was shown, as we signed it; None for anything else."""
    try:
        found = _signer().loads(value)
    except BadData:
        return None
    return found if isinstance(found, int) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="form-shown")


def init(app: Flask) -> None:
    """Have templates say when they were shown (`parts/trap.html`)."""
    app.jinja_env.globals["form_shown"] = form_shown
