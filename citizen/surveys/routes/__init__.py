"""URL → HTTP for surveys."""

from citizen.surveys.routes import reading, results
from citizen.surveys.routes.blueprint import rooms

__all__ = ["reading", "results", "rooms"]
