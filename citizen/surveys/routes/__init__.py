"""URL → HTTP for surveys."""

from citizen.surveys.routes import publishing, reading
from citizen.surveys.routes.blueprint import rooms

__all__ = ["publishing", "reading", "rooms"]
