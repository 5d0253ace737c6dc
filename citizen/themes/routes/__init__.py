"""Themes: finding them, reading them, correcting them."""

from citizen.themes.routes.rooms import rooms  # isort: skip
from citizen.themes.routes import changes, pages, runs

__all__ = ["changes", "pages", "rooms", "runs"]
