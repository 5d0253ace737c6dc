"""Every read of moderators."""

from citizen.moderation.queries.items import Step, contribution, history, texts
from citizen.moderation.queries.queue import (
    PAGE_SIZE,
    Item,
    Place,
    Selection,
    contributions_by_ref,
    count_waiting,
    counts,
    items,
    items_by_ref,
    next_waiting,
    place_in_queue,
    waiting_lot,
)
from citizen.moderation.queries.second import Look, Waiting, looks, others, waiting

__all__ = [
    "PAGE_SIZE", "Item", "Look", "Place", "Selection", "Step", "Waiting", "contribution",
    "contributions_by_ref", "count_waiting", "counts", "history", "items", "items_by_ref", "looks",
    "next_waiting", "others", "place_in_queue", "texts", "waiting", "waiting_lot",
]
