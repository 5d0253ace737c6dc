"""URL → HTTP for surveys."""

from citizen.surveys.routes import desk, editing, preview, questions, reading
from citizen.surveys.routes.blueprint import rooms

__all__ = ["desk", "editing", "preview", "questions", "reading", "rooms"]
