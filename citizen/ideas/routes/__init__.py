"""Reading, sending, joining others, reporting, and the receipt with which an author follows an idea."""

from citizen.ideas.routes import phone, reading, receipt, reporting, sending, voices
from citizen.ideas.routes.blueprint import rooms

__all__ = ["phone", "reading", "receipt", "reporting", "rooms", "sending", "voices"]
