"""Reading, sending, helping others to send, joining others, reporting, and the receipt of an author."""

from citizen.ideas.routes import (
    appealing,
    following,
    kiosks,
    notes,
    phone,
    reading,
    receipt,
    reporting,
    revising,
    sending,
    voices,
)
from citizen.ideas.routes.blueprint import rooms

__all__ = [
    "appealing", "following", "kiosks", "notes", "phone", "reading", "receipt", "reporting", "revising",
    "rooms", "sending", "voices",
]
