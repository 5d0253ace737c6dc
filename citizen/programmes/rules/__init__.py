"""Decisions about programmes, from values alone. What own words mean is decided in the modules beside."""

from citizen.programmes.rules.phases import (
    collects_until,
    days_left,
    nearest_municipality,
    phase_on,
    takes_ideas,
)

TAKEN_ADDRESSES = frozenset({"colours", "words"})
"""Pages of the room that lie where a programme with this short name would."""

__all__ = [
    "TAKEN_ADDRESSES", "collects_until", "days_left", "nearest_municipality", "phase_on", "takes_ideas",
]
