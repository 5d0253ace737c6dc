"""Every write to statements."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from citizen.base import audit, clock, locale, outbox
from citizen.base.db import rows_of, session
from citizen.base.errors import Conflict
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality
from citizen.statements import queries
from citizen.statements.models import Feedback, OwnBreach, StatementText
from citizen.statements.rules.breaches import Ground

ADDRESS_KEPT = timedelta(days=183)
"""How long an address stays with what has been dealt with: the privacy notice says half a year."""


@dataclass(frozen=True)
class NewBreach:
    """Something that is not accessible, already checked. Texts are per language."""

    criterion: str | None
    ground: Ground
    what: Mapping[str, str]
    why: Mapping[str, str]
    groups: Sequence[str]
    since_on: date
    planned_on: date | None = None


@dataclass(frozen=True)
class NewFeedback:
    """What somebody tells of a barrier, already checked."""

    body: str
    page: str
    email: str | None
    language: str
    client_key: str = field(default_factory=lambda: str(uuid.uuid4()))


def save_profile(
    municipality: Municipality, facts: Mapping[str, Any], *, version: int, user_id: int | None
) -> None:
    """Keep what a municipality states of itself.

    Raises
    ------
    Conflict
        If somebody else has changed it since the page was made.
    """
    programmes.hold(municipality.id)
    row = queries.profile(municipality.id)
    _refuse_stale(row.version, version)
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), user_id
    session.add(row)
    audit.record("statements.profile", municipality.slug, user_id, changed=changed)
    session.flush()


def add_breach(municipality: Municipality, told: NewBreach, *, user_id: int | None) -> None:
    """Tell of something that is not accessible."""
    row = OwnBreach(municipality_id=municipality.id, version=0)
    _write(row, told, user_id)
    audit.record("statements.breach.add", municipality.slug, user_id, breach=row.as_details())
    session.flush()


def change_breach(
    municipality: Municipality, breach_id: int, told: NewBreach, *, version: int, user_id: int | None
) -> None:
    """Tell it otherwise.

    Raises
    ------
    Conflict
        If somebody else has changed or removed it since the page was made.
    """
    row = _breach(municipality, breach_id, version)
    before = row.as_details()
    _write(row, told, user_id)
    audit.record("statements.breach.change", municipality.slug, user_id, breach=row.as_details(),
                 before=before)
    session.flush()


def remove_breach(
    municipality: Municipality, breach_id: int, *, version: int, user_id: int | None
) -> None:
    """Take away what has been mended; what it said stays in the audit.

    Raises
    ------
    Conflict
        If somebody else has changed or removed it since the page was made.
    """
    row = _breach(municipality, breach_id, version)
    audit.record("statements.breach.remove", municipality.slug, user_id, before=row.as_details())
    session.delete(row)
    session.flush()


def save_text(
    municipality: Municipality, kind: str, section: str, language: str, body: str | None, *,
    version: int, user_id: int | None,
) -> None:
    """Say a section in the municipality's own words, or, without a body, as the default does.

    Raises
    ------
    Conflict
        If somebody else has changed it since the page was made.
    """
    programmes.hold(municipality.id)
    row = queries.text_row(municipality.id, kind, section, language)
    _refuse_stale(row.version if row else 0, version)
    before = row.body if row else None
    row = row or StatementText(
        municipality_id=municipality.id, kind=kind, section=section, language=language, version=0
    )
    row.body = body
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), user_id
    session.add(row)
    audit.record(f"statements.{kind}", municipality.slug, user_id, section=section, language=language,
                 before=before, after=body)
    session.flush()


def _breach(municipality: Municipality, breach_id: int, version: int) -> OwnBreach:
    programmes.hold(municipality.id)
    row = queries.breach_row(municipality.id, breach_id)
    if row is None:
        raise _overtaken()
    _refuse_stale(row.version, version)
    return row


def _refuse_stale(now: int, seen: int) -> None:
    if now != seen:
        raise _overtaken()


def _overtaken() -> Conflict:
    return Conflict(_("Somebody else has changed this meanwhile. Nothing was overwritten."))


def _write(row: OwnBreach, told: NewBreach, user_id: int | None) -> None:
    row.criterion, row.ground = told.criterion, told.ground.value
    row.what, row.why, row.groups = dict(told.what), dict(told.why), list(told.groups)
    row.since_on, row.planned_on = told.since_on, told.planned_on
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), user_id
    session.add(row)


# ---- feedback


def send_feedback(municipality: Municipality, told: NewFeedback) -> bool:
    """Keep what somebody tells of a barrier, once per key, and let the municipality know.

    Returns
    -------
    Whether it is new.
    """
    row = Feedback(
        municipality_id=municipality.id, at=clock.now(), language=told.language, body=told.body,
        page=told.page, email=told.email, client_key=told.client_key,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        if queries.feedback_by_key(told.client_key) is None:
            raise
        return False
    _tell_municipality(municipality, row)
    return True


def _tell_municipality(municipality: Municipality, row: Feedback) -> None:
    """In the municipality's first language; the sender's address stays where it can be removed."""
    language = municipality.languages[0]
    base: str = current_app.extensions["citizen.settings"].base_url
    # The demo and commands have no request to build an address from.
    path = current_app.url_map.bind("").build(
        "statements.feedback_list", {"language": language, "town": municipality.slug}
    )
    with locale.speaking(language):
        outbox.put(
            receiver=municipality.contact_email, language=language, about=f"feedback:{row.id}",
            subject=_("Somebody has reported an accessibility problem"),
            body=render_template("mail/feedback.txt", told=row, address=f"{base}{path}"),
        )


def mark_handled(feedback: Feedback, *, user_id: int) -> None:
    """Note that it has been dealt with; once is enough."""
    if feedback.handled_at is None:
        feedback.handled_at, feedback.handled_by = clock.now(), user_id
    audit.record("feedback.handle", f"feedback:{feedback.id}", user_id)
    session.flush()


def mark_open(feedback: Feedback, *, user_id: int) -> None:
    """Take that back."""
    feedback.handled_at = feedback.handled_by = None
    audit.record("feedback.reopen", f"feedback:{feedback.id}", user_id)
    session.flush()


def forget_addresses() -> int:
    """Remove the addresses of those whose message has been dealt with for half a year.

    Returns
    -------
    How many there were.
    """
    done = update(Feedback).where(
        Feedback.email.is_not(None), Feedback.handled_at < clock.now() - ADDRESS_KEPT
    )
    return rows_of(session.execute(
        done.values(email=None).execution_options(synchronize_session=False)
    ))


def dispose_feedback(feedback_ids: Sequence[int]) -> int:
    """Delete messages that have been handled, by a retention rule."""
    return rows_of(session.execute(
        delete(Feedback).where(Feedback.id.in_(feedback_ids), Feedback.handled_at.is_not(None))
        .execution_options(synchronize_session=False)
    ))


def erase_feedback_words(row: Feedback, erase: Callable[[str], tuple[str, int]], *, address: bool) -> int:
    """Take somebody's words out of a message for good, and their address where that is asked for.

    Returns
    -------
    How many places were changed.
    """
    row.body, count = erase(row.body)
    if address and row.email:
        row.email, count = None, count + 1
    session.flush()
    return count
