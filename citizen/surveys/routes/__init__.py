"""URL → HTTP for surveys."""

from citizen.surveys.routes import exporting, reading, xlsform
from citizen.surveys.routes.blueprint import rooms

__all__ = ["exporting", "reading", "rooms", "xlsform"]
