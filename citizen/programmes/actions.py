"""Every write to municipalities and programmes."""

from collections.abc import Mapping, Sequence
from datetime import date

from citizen.base import clock
from citizen.base.db import session
from citizen.programmes.models import Municipality, Partner, Phase, Programme


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
