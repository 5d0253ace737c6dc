"""Every read of moderators."""

from citizen.moderation.queries import digests, figures
from citizen.moderation.queries.items import Step, contribution, history, texts
from citizen.moderation.queries.queue import (
    PAGE_SIZE,
    Item,
    Place,
    Selection,
    Waiting,
    contributions_by_ref,
    contributions_of_lot,
    count_waiting,
    counts,
    items,
    items_by_ref,
    lot,
    next_waiting,
    place_in_queue,
    queued_lot,
    waiting_lot,
)
from citizen.moderation.queries.waiting import (
    Twin,
    came_back_at,
    first_with_words,
    holder,
    hours_to_decision,
    item,
    moderators,
    people,
    saved_views,
    twins,
)

__all__ = [
    "PAGE_SIZE", "Item", "Place", "Selection", "Step", "Twin", "Waiting", "came_back_at", "contribution",
    "contributions_by_ref", "contributions_of_lot", "count_waiting", "counts", "digests", "figures",
    "first_with_words", "history", "holder", "hours_to_decision", "item", "items", "items_by_ref", "lot",
    "moderators", "next_waiting", "people", "place_in_queue", "queued_lot", "saved_views", "texts", "twins",
    "waiting_lot",
]
