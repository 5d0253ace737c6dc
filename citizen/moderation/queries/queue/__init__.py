"""Every read of the moderation queue. Order: what waits by when it is due, everything else newest first."""

from citizen.moderation.queries.queue.items import (
    PAGE_SIZE,
    Item,
    Waiting,
    counts,
    decided_by_viewer,
    item_of,
    items,
    items_by_ref,
    items_with_text,
)
from citizen.moderation.queries.queue.lots import (
    contributions_by_ref,
    contributions_of_lot,
    count_waiting,
    lot,
    not_read_lot,
    queued_lot,
    waiting_lot,
)
from citizen.moderation.queries.queue.places import Place, next_waiting, place_in_queue
from citizen.moderation.queries.queue.selection import Selection, within

__all__ = [
    "PAGE_SIZE", "Item", "Place", "Selection", "Waiting", "contributions_by_ref", "contributions_of_lot",
    "count_waiting", "counts", "decided_by_viewer", "item_of", "items", "items_by_ref", "items_with_text",
    "lot", "next_waiting", "not_read_lot", "place_in_queue", "queued_lot", "waiting_lot", "within",
]
