"""Every read of moderators."""

from citizen.moderation.queries import digests, figures
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
    "count_waiting", "counts", "digests", "figures", "history", "items", "items_by_ref", "next_waiting",
    "place_in_queue", "texts", "waiting_lot",
]
