"""The queue of what has come in, and requests for deletion."""

from citizen.moderation.routes import deciding, deletions, further, merging, moving, queue, reasons
from citizen.moderation.routes.blueprint import rooms

__all__ = ["deciding", "deletions", "further", "merging", "moving", "queue", "reasons", "rooms"]
