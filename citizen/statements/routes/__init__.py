"""Accessibility, privacy and rules of each municipality: read by everybody, kept by its administrators."""

from citizen.statements.routes import breaches, feedback, manage, pages, texts
from citizen.statements.routes.blueprint import rooms

__all__ = ["breaches", "feedback", "manage", "pages", "rooms", "texts"]
