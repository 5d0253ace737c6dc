"""The queue of what needs somebody's eyes, decisions, and requests for deletion."""

from citizen.moderation.routes import (
    appeals,
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
    points,
    queue,
    reasons,
    redacting,
    revising,
    second,
    several,
)
from citizen.moderation.routes.blueprint import rooms

__all__ = [
    "appeals", "deciding", "deletions", "digests", "dossier", "figures", "further", "hands", "holding",
    "merging", "modes", "moving", "points", "queue", "reasons", "redacting", "revising", "rooms",
    "second", "several",
]
