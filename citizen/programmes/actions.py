"""Every write to municipalities, programmes, and a municipality's own words and colours."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import update

from citizen.base import audit, clock
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.programmes import queries
from citizen.programmes.models import Municipality, OwnConcept, Partner, Phase, Programme
from citizen.programmes.rules.themes import Theme
from citizen.programmes.rules.words import MOST_ENTRIES, Entry, from_details


def create_municipality(
    slug: str, country: str, names: Mapping[str, str], languages: Sequence[str], contact_email: str
) -> Municipality:
    """Add a municipality; ``languages`` in the order it wants them."""
    municipality = Municipality(
        slug=slug, country=country, names=dict(names), languages=list(languages),
        contact_email=contact_email,
    )
    session.add(municipality)
    session.flush()
    return municipality


def create_programme(
    slug: str,
    texts: Mapping[str, Mapping[str, str]],
    level: str,
    municipalities: Sequence[Municipality],
    phases: Sequence[tuple[str, date, date]],
) -> Programme:
    """Add a programme run by municipalities, the first one in charge.

    Parameters
    ----------
    texts : ``titles``, ``summary``, ``about``, ``can_change``, ``cannot_change`` and ``promise``,
        each a text per language; a missing one is empty.
    phases : (kind, first day, last day).
    """
    fields = ("titles", "summary", "about", "can_change", "cannot_change", "promise")
    programme = Programme(
        slug=slug, level=level, created_at=clock.now(),
        **{name: dict(texts.get(name, {})) for name in fields},
    )
    programme.partners = [
        Partner(municipality_id=m.id, position=i) for i, m in enumerate(municipalities)
    ]
    programme.phases = [Phase(kind=kind, starts_on=first, ends_on=last) for kind, first, last in phases]
    session.add(programme)
    session.flush()
    return programme


def change_moderation(programme: Programme, mode: str, promise_days: int, *, user_id: int) -> None:
    """Say when somebody looks at what comes in, and within how many days. What waits already still does."""
    before = (programme.moderation, programme.promise_days)
    programme.moderation, programme.promise_days = mode, promise_days
    session.flush()
    audit.record("programme.moderation", programme.slug, user_id, before=before, after=(mode, promise_days))


def note_usual_hours(programme_id: int, hours: int | None) -> None:
    """Keep how long decisions have taken lately."""
    session.execute(
        update(Programme).where(Programme.id == programme_id, Programme.usual_hours.is_distinct_from(hours))
        .values(usual_hours=hours).execution_options(synchronize_session=False)
    )


def change_colours(
    municipality: Municipality, chosen: Theme | None, *, seen: str, user_id: int | None
) -> None:
    """Dress a municipality's pages in colours that have been checked; None: those that all start with.

    Raises
    ------
    Conflict
        If they have been changed since the page was made, on which they were ``seen``.
    """
    queries.hold(municipality.id)
    session.refresh(municipality)
    if queries.colours_seen(municipality) != seen:
        raise Conflict(_("Somebody else has changed the colours. Nothing was overwritten."))
    municipality.main_colour = chosen.main if chosen else None
    municipality.second_colour = chosen.second if chosen else None
    session.flush()
    audit.record("colours.change", municipality.slug, user_id,
                 main=municipality.main_colour, second=municipality.second_colour)


# ---- own words


def save_entry(
    municipality: Municipality, entry: Entry, *, version: int, user_id: int | None
) -> int:
    """Add an entry (version 0), or change the one with its key.

    Returns
    -------
    The number under which it can be taken back.

    Raises
    ------
    Conflict
        If somebody else has added, changed or removed it since the page was made.
    """
    queries.hold(municipality.id)
    row = queries.own_rows(municipality.id).get(entry.key)
    if (row.version if row else 0) != version:
        raise Conflict(_("Somebody else has changed these words. Nothing was overwritten."))
    return _keep(municipality, "change" if row else "add", {entry.key: entry}, user_id)


def remove_entry(municipality: Municipality, key: str, *, version: int, user_id: int | None) -> int:
    """Take an entry away; what it said stays in the audit.

    Returns
    -------
    The number under which it can be taken back.

    Raises
    ------
    Conflict
        If somebody else has changed or removed it since the page was made.
    """
    queries.hold(municipality.id)
    row = queries.own_rows(municipality.id).get(key)
    if row is None or row.version != version:
        raise Conflict(_("Somebody else has changed these words. Nothing was overwritten."))
    return _keep(municipality, "remove", {key: None}, user_id)


def import_entries(municipality: Municipality, entries: Sequence[Entry], *, user_id: int | None) -> int:
    """Add and change entries at once; those that are not among them stay.

    Returns
    -------
    The number under which all of it can be taken back.

    Raises
    ------
    Refused
        If there would be more entries than can be kept.
    """
    queries.hold(municipality.id)
    return _keep(municipality, "import", {entry.key: entry for entry in entries}, user_id)


def undo_change(municipality: Municipality, audit_id: int, *, user_id: int) -> None:
    """Take back what somebody did, whole.

    Raises
    ------
    Conflict
        If one of the entries has been changed since.
    """
    queries.hold(municipality.id)
    done = queries.change_of_words(audit_id, municipality.slug)
    if done is None or done.actor_id != user_id or done.action == "words.undo" \
            or not done.details.get("changes"):
        raise Conflict(_("This cannot be taken back any more. Nothing was changed."))
    changes = {change["key"]: change for change in done.details["changes"]}
    rows = queries.own_rows(municipality.id)
    for key, change in changes.items():
        now = queries.as_entry(rows[key]).as_details() if key in rows else None
        if now != change["after"]:
            raise Conflict(_("These words have been changed again since. Nothing was overwritten."))
    before = {key: change["before"] for key, change in changes.items()}
    entries = {key: from_details(kept) if kept else None for key, kept in before.items()}
    _keep(municipality, "undo", entries, user_id, undoes=audit_id)


def _keep(
    municipality: Municipality, kind: str, entries: Mapping[str, Entry | None], user_id: int | None,
    **more: int,
) -> int:
    """Make rows say what they shall, None for no row, and note what they said before."""
    rows = queries.own_rows(municipality.id)
    if len(rows.keys() | {key for key, entry in entries.items() if entry}) > MOST_ENTRIES:
        raise Refused(_("There can be at most %(most)s concepts. Nothing was stored.", most=MOST_ENTRIES))
    changes = []
    for key, entry in entries.items():
        before = queries.as_entry(rows[key]) if key in rows else None
        if before == entry:
            continue
        changes.append({"key": key, "before": before.as_details() if before else None,
                        "after": entry.as_details() if entry else None})
        if entry is None:
            session.delete(rows[key])
        else:
            _write(rows.get(key) or OwnConcept(municipality_id=municipality.id, version=0), entry, user_id)
    session.flush()
    audit.record(f"words.{kind}", municipality.slug, user_id, changes=changes, **more)
    session.flush()
    noted = queries.latest_change_of_words(municipality.slug, user_id)
    return noted.id if noted else 0


def _write(row: OwnConcept, entry: Entry, user_id: int | None) -> None:
    row.key, row.extends, row.names = entry.key, entry.extends, dict(entry.names)
    row.stems, row.area, row.goals = list(entry.stems), entry.area, list(entry.goals)
    row.los = entry.los
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), user_id
    session.add(row)
