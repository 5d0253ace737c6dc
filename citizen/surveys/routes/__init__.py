"""URL → HTTP for surveys."""

from citizen.surveys.routes import reading, translating, translation_files
from citizen.surveys.routes.blueprint import rooms

__all__ = ["reading", "rooms", "translating", "translation_files"]
