"""Builds the demo through the same actions that people's pages call."""

from citizen.demo.actions.answers import build_answers
from citizen.demo.actions.desk import build_desk
from citizen.demo.actions.ideas import build_ideas, build_programme
from citizen.demo.actions.maps import build_maps
from citizen.demo.actions.people import build_people, door_links
from citizen.demo.actions.portfolio import build_candidates, find_themes, name_themes
from citizen.demo.actions.statements import build_statements
from citizen.demo.actions.surveys import build_survey
from citizen.demo.actions.voices import build_reports, build_voices

__all__ = [
    "build_answers", "build_candidates", "build_desk", "build_ideas", "build_maps", "build_people",
    "build_programme", "build_reports", "build_statements", "build_survey", "build_voices", "door_links",
    "find_themes", "name_themes",
]
