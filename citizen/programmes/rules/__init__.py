"""Decisions about programmes, from values alone. What own words mean is decided in the modules beside."""

from citizen.programmes.rules.phases import days_left, nearest_municipality, phase_on, takes_ideas

__all__ = ["days_left", "nearest_municipality", "phase_on", "takes_ideas"]
