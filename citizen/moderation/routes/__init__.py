"""The queue of what has come in, and requests for deletion."""

from citizen.moderation.routes import deciding, deletions, digests, figures, queue
from citizen.moderation.routes.blueprint import rooms

__all__ = ["deciding", "deletions", "digests", "figures", "queue", "rooms"]
