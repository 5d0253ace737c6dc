"""Reading, sending, and the receipt with which an author follows an idea."""

from citizen.ideas.routes import phone, reading, receipt, sending
from citizen.ideas.routes.blueprint import rooms

__all__ = ["phone", "reading", "receipt", "rooms", "sending"]
