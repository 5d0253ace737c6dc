"""Every read of municipalities, programmes and a municipality's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from citizen.accounts.models import User
from citizen.analysis.lexicon import OWN_AREA, Addition, Concept, Lexicon, load_lexicon
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.programmes.models import Municipality, OwnConcept, Partner, Programme
from citizen.programmes.rules import matching
from citizen.programmes.rules.matching import Spoken, Warned
from citizen.programmes.rules.themes import Theme
from citizen.programmes.rules.words import Entry

NEWEST_TEXTS = 1_000
"""Published ideas that words are tried on while somebody waits for the page."""


def programmes() -> Sequence[Programme]:
    """All programmes, newest first."""
    return session.scalars(select(Programme).order_by(Programme.created_at.desc(), Programme.id)).all()


def programme(slug: str) -> Programme | None:
    return session.scalar(select(Programme).where(Programme.slug == slug))


def programmes_of(municipality_ids: set[int]) -> Sequence[Programme]:
    """Programmes that one of the municipalities takes part in, newest first."""
    return session.scalars(
        select(Programme)
        .where(
            Programme.id.in_(
                select(Partner.programme_id).where(Partner.municipality_id.in_(municipality_ids))
            )
        )
        .order_by(Programme.created_at.desc(), Programme.id)
    ).all()


def municipalities() -> Sequence[Municipality]:
    """All municipalities by slug."""
    return session.scalars(select(Municipality).order_by(Municipality.slug)).all()


def municipality(slug: str) -> Municipality | None:
    return session.scalar(select(Municipality).where(Municipality.slug == slug))


def only_municipality() -> Municipality | None:
    """The municipality of an install that has one alone."""
    found = session.scalars(select(Municipality).limit(2)).all()
    return found[0] if len(found) == 1 else None


def theme_of(municipality: Municipality) -> Theme | None:
    """The colours a municipality has chosen, if it has."""
    main, second = municipality.main_colour, municipality.second_colour
    return Theme(main, second or main) if main else None


def colours_seen(municipality: Municipality) -> str:
    """The colours as a page remembers them, to find out whether somebody else has changed them."""
    theme = theme_of(municipality)
    return f"{theme.main} {theme.second}" if theme else ""


def moderation_of(programme_id: int) -> tuple[str, int]:
    """When somebody looks at what comes in, and within how many days."""
    mode, days = session.execute(
        select(Programme.moderation, Programme.promise_days).where(Programme.id == programme_id)
    ).one()
    return mode, days


def programme_by_id(programme_id: int) -> Programme:
    """The programme behind a reference from another room."""
    return session.get_one(Programme, programme_id)


# ---- own words


@dataclass(frozen=True)
class OwnEntry:
    """An entry with its row's number and version, and who wrote it last; nobody is the command line."""

    id: int
    entry: Entry
    version: int
    changed_at: datetime
    changed_by: str | None


def hold(municipality_id: int) -> None:
    """Wait until nobody else changes a municipality's words, and keep others waiting until the end."""
    session.execute(
        select(Municipality.id).where(Municipality.id == municipality_id).with_for_update(key_share=True)
    )


def own_entries(municipality_id: int) -> list[OwnEntry]:
    """What a municipality has added, by key."""
    rows = session.execute(
        select(OwnConcept, User.name)
        .outerjoin(User, User.id == OwnConcept.changed_by)
        .where(OwnConcept.municipality_id == municipality_id)
        .order_by(OwnConcept.key)
    )
    return [
        OwnEntry(row.id, as_entry(row), row.version, row.changed_at, name) for row, name in rows
    ]


def own_rows(municipality_id: int) -> dict[str, OwnConcept]:
    """Key → row of everything a municipality has added, in the order of the keys."""
    found = session.scalars(
        select(OwnConcept).where(OwnConcept.municipality_id == municipality_id).order_by(OwnConcept.key)
    )
    return {row.key: row for row in found}


def as_entry(row: OwnConcept) -> Entry:
    """What a row says."""
    return Entry(
        row.key, tuple(row.stems), row.extends, dict(row.names), row.area, tuple(row.goals), row.los
    )


def change_of_words(audit_id: int, municipality: str) -> AuditRow | None:
    """A change of a municipality's words, as the audit keeps it."""
    return session.scalar(
        select(AuditRow).where(
            AuditRow.id == audit_id, AuditRow.subject == municipality, AuditRow.action.startswith("words.")
        )
    )


def latest_change_of_words(municipality: str, actor_id: int | None) -> AuditRow | None:
    """The newest thing that somebody did with a municipality's words."""
    return session.scalar(
        select(AuditRow)
        .where(AuditRow.subject == municipality, AuditRow.action.startswith("words."),
               AuditRow.actor_id == actor_id)
        .order_by(AuditRow.id.desc())
        .limit(1)
    )


def shipped_lexicon() -> Lexicon:
    """The concepts that every municipality has."""
    return load_lexicon()


def shipped_concepts() -> dict[str, Concept]:
    """The concepts that every municipality has, by id."""
    return {concept.id: concept for concept in shipped_lexicon().concepts}


def lexicon_of(municipality: Municipality) -> Lexicon:
    """The concepts that every municipality has, and what one adds to them."""
    return load_lexicon(additions_of(municipality))


def lexicon_additions(programme_id: int) -> list[Addition]:
    """What the municipalities of a programme add to the lexicon: for `load_lexicon`."""
    partners = select(Partner.municipality_id).where(Partner.programme_id == programme_id)
    return _additions(session.execute(
        select(OwnConcept, Municipality.slug)
        .join(Municipality, Municipality.id == OwnConcept.municipality_id)
        .where(OwnConcept.municipality_id.in_(partners))
        .order_by(Municipality.slug, OwnConcept.key)
    ).all())


def additions_of(municipality: Municipality) -> list[Addition]:
    """What one municipality adds to the lexicon."""
    return _additions([(row, municipality.slug) for row in own_rows(municipality.id).values()])


def _additions(rows: Sequence[tuple[OwnConcept, str]]) -> list[Addition]:
    """Rows as the lexicon takes them; words for a concept that it no longer has are left out."""
    shipped = shipped_concepts()
    return [
        as_addition(as_entry(row), slug) for row, slug in rows if not row.extends or row.key in shipped
    ]


def as_addition(entry: Entry, municipality: str) -> Addition:
    """An entry as the lexicon takes it. An own concept's id begins with the municipality's short name,
    for two that run a programme together may both have a *torget*."""
    if entry.extends:
        return Addition(entry.key, entry.stems)
    area = entry.area if entry.area in shipped_lexicon().areas else OWN_AREA
    return Addition(f"{municipality}:{entry.key}", entry.stems, entry.names, area, entry.goals, entry.los)


def newest_texts(municipality_id: int) -> list[str]:
    """The newest published ideas of the programmes a municipality takes part in, at most `NEWEST_TEXTS`."""
    found = select(Partner.programme_id).where(Partner.municipality_id == municipality_id)
    return published_texts(session.scalars(found.order_by(Partner.programme_id)).all(), NEWEST_TEXTS)


def published_texts(programme_ids: Sequence[int], most: int | None = None) -> list[str]:
    """Published texts of programmes, newest first; the rooms above keep them and have said how to ask."""
    ask = current_app.extensions["citizen.published_texts"]
    found: list[str] = ask(programme_ids, most)
    return found


def spoken_in(municipality: Municipality) -> Spoken:
    """The words of the newest published ideas."""
    return Spoken(newest_texts(municipality.id))


def warnings_of(municipality: Municipality, entries: Sequence[Entry]) -> list[Warned]:
    """What saving some entries would do that somebody should know first."""
    have = {own.entry.key: own.entry for own in own_entries(municipality.id)}
    new = {entry.key: as_addition(entry, municipality.slug) for entry in entries}
    fresh = {
        new[entry.key].id: [s for s in entry.stems if entry.key not in have or s not in have[entry.key].stems]
        for entry in entries
    }
    replaced = {one.id for one in new.values()}
    others: list[Addition] = [a for a in additions_of(municipality) if a.id not in replaced]
    if not any(fresh.values()):
        return []
    return matching.warnings(list(new.values()), fresh, others, spoken_in(municipality))


def concept_names(municipality: Municipality, more: Sequence[Entry] = ()) -> dict[str, Mapping[str, str]]:
    """Id → names of every concept a page may speak of, with those of entries that are not stored yet."""
    known = {concept.id: concept.names for concept in lexicon_of(municipality).concepts}
    return known | {
        as_addition(entry, municipality.slug).id: entry.names for entry in more if not entry.extends
    }
