"""The queue of what needs somebody's eyes, decisions, and requests for deletion."""

from citizen.moderation.routes import (
    deciding,
    deletions,
    digests,
    dossier,
    figures,
    further,
    hands,
    holding,
    merging,
    modes,
    moving,
    queue,
    reasons,
    redacting,
    revising,
    second,
    several,
)
from citizen.moderation.routes.blueprint import rooms

__all__ = [
    "deciding", "deletions", "digests", "dossier", "figures", "further", "hands", "holding", "merging",
    "modes", "moving", "queue", "reasons", "redacting", "revising", "rooms", "second", "several",
]
