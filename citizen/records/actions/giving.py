"""Which pieces of a record the person of a case is given."""

from collections.abc import Collection

from flask_babel import gettext as _

from citizen.base import audit
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.records import queries
from citizen.records.models import CaseItem, SubjectCase
from citizen.records.rules import Outcome


def choose_passages(
    case: SubjectCase, item: CaseItem, *, shown: Collection[str], given: Collection[str],
    was_given: Collection[str], user_id: int,
) -> int:
    """Keep what is given out of what was written beside a record; nothing of it is changed.

    Parameters
    ----------
    shown, was_given : the pieces that stood on the page, and those that were ticked when it was made.

    Returns
    -------
    How many pieces are given.

    Raises
    ------
    Refused
        If the case is closed, the record gone, or somebody else has chosen meanwhile.
    """
    if case.closed_at is not None:
        raise Refused(_("This case is closed. Open it again to change something."))
    found = queries.contribution_of(item, case.municipality_id) if item.kind == "contribution" else None
    if found is None or item.outcome == Outcome.DELETED:
        raise Refused(_("This record is no longer kept."))
    known = {piece.key: piece.is_given for piece in queries.passages(item, found.id)}
    seen = [key for key in shown if key in known]
    if any(known[key] != (key in was_given) for key in seen):
        raise Refused(_("Somebody else has changed this meanwhile. Nothing was overwritten."))
    item.given = {**item.given, **{key: key in given for key in seen}}
    count = sum(key in given for key in seen)
    audit.record("case.choose", case.ref, user_id, kind=item.kind, key=item.key, given=count,
                 left_out=len(seen) - count)
    session.flush()
    return count
