"""Themes: finding them, deciding about what was found, reading them, correcting them."""

from citizen.themes.routes.rooms import rooms  # isort: skip
from citizen.themes.routes import changes, own, pages, proposals, runs

__all__ = ["changes", "own", "pages", "proposals", "rooms", "runs"]
