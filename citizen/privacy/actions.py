"""What a municipality chooses."""

from flask_babel import gettext as _

from citizen.base import audit, clock
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.privacy import queries
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality


def choose(municipality: Municipality, *, shows_hints: bool, version: int, user_id: int) -> None:
    """Keep whether addresses and number plates are marked for moderators.

    Raises
    ------
    Conflict
        If somebody else has chosen since the page was made.
    """
    programmes.hold(municipality.id)
    row = queries.setting(municipality.id)
    if row.version != version:
        raise Conflict(_("Somebody else has changed this meanwhile. Nothing was overwritten."))
    row.shows_hints = shows_hints
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), user_id
    session.add(row)
    audit.record("privacy.choose", municipality.slug, user_id, shows_hints=shows_hints)
    session.flush()
