"""The queue of what needs somebody's eyes, decisions, and requests for deletion."""

from citizen.moderation.routes import deciding, deletions, digests, figures, hands, modes, queue, several
from citizen.moderation.routes.blueprint import rooms

__all__ = ["deciding", "deletions", "digests", "figures", "hands", "modes", "queue", "rooms", "several"]
