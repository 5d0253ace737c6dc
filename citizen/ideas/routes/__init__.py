"""Reading, sending, helping others to send, and the receipt with which an author follows an idea."""

from citizen.ideas.routes import following, kiosks, notes, reading, receipt, sending
from citizen.ideas.routes.blueprint import rooms

__all__ = ["following", "kiosks", "notes", "reading", "receipt", "rooms", "sending"]
