"""Every read of moderators."""

from citizen.moderation.queries.holding import (
    held_counts,
    held_items,
    held_lot,
    lot_items,
    lot_of,
    lot_size,
    newest_held,
)
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

__all__ = [
    "PAGE_SIZE", "Item", "Place", "Selection", "Step", "contribution", "contributions_by_ref",
    "count_waiting", "counts", "held_counts", "held_items", "held_lot", "history", "items", "items_by_ref",
    "lot_items", "lot_of", "lot_size", "newest_held", "next_waiting", "place_in_queue", "texts",
    "waiting_lot",
]
