"""URL → HTTP for surveys."""

from citizen.surveys.routes import reading
from citizen.surveys.routes.blueprint import rooms

__all__ = ["reading", "rooms"]
