"""Builds the demo through the same actions that people's pages call."""

from citizen.demo.actions.ideas import build_ideas, build_programme
from citizen.demo.actions.maps import build_maps
from citizen.demo.actions.people import build_people, door_links
from citizen.demo.actions.portfolio import build_candidates, find_themes, name_themes

__all__ = [
    "build_candidates", "build_ideas", "build_maps", "build_people", "build_programme", "door_links",
    "find_themes", "name_themes",
]
