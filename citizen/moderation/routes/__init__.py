"""The queue of what has come in, what waits for another person, and requests for deletion."""

from citizen.moderation.routes import deciding, deletions, queue, second
from citizen.moderation.routes.blueprint import rooms

__all__ = ["deciding", "deletions", "queue", "rooms", "second"]
