"""URL → HTTP for surveys."""

from citizen.surveys.routes import answering, reading, receipts, results, starting
from citizen.surveys.routes.blueprint import rooms

__all__ = ["answering", "reading", "receipts", "results", "rooms", "starting"]
