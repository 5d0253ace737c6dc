"""Every read of moderators."""

from citizen.moderation.queries import desk_figures, digests, figures
from citizen.moderation.queries.desk import (
    Twin,
    came_back_at,
    first_with_words,
    holder,
    hours_to_decision,
    item,
    moderators,
    on_deserted_desks,
    people,
    saved_views,
    twins,
)
from citizen.moderation.queries.further import Note, both, notes
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
    Waiting,
    contributions_by_ref,
    contributions_of_lot,
    count_waiting,
    counts,
    decided_by_viewer,
    items,
    items_by_ref,
    lot,
    next_waiting,
    not_read_lot,
    place_in_queue,
    queued_lot,
    waiting_lot,
)
from citizen.moderation.queries.reading import not_read, reading_choice
from citizen.moderation.queries.reasons import our_words, own_words, reason_words, words_for, words_seen
from citizen.moderation.queries.second import Look, looks, others, waiting

__all__ = [
    "PAGE_SIZE", "Item", "Look", "Note", "Place", "Selection", "Step", "Twin", "Waiting", "both",
    "came_back_at", "contribution", "contributions_by_ref", "contributions_of_lot", "count_waiting",
    "counts", "decided_by_viewer", "desk_figures", "digests", "figures", "first_with_words", "held_counts",
    "held_items", "held_lot", "history", "holder", "hours_to_decision", "item", "items", "items_by_ref",
    "looks", "lot", "lot_items", "lot_of", "lot_size", "moderators", "newest_held", "next_waiting",
    "not_read", "not_read_lot", "notes", "on_deserted_desks", "others", "our_words", "own_words", "people",
    "place_in_queue", "queued_lot", "reading_choice", "reason_words", "saved_views", "texts", "twins",
    "waiting", "waiting_lot", "words_for", "words_seen",
]
