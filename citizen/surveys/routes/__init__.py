"""URL → HTTP for surveys."""

from citizen.surveys.routes import kiosks, links, paper, people, reading
from citizen.surveys.routes.blueprint import rooms

__all__ = ["kiosks", "links", "paper", "people", "reading", "rooms"]
