"""Reading, sending, and the receipt with which an author follows an idea."""

from citizen.ideas.routes import reading, receipt, sending
from citizen.ideas.routes.blueprint import rooms

__all__ = ["reading", "receipt", "rooms", "sending"]
