"""Every read of moderators."""

from citizen.moderation.queries.further import Note, both, notes
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
from citizen.moderation.queries.reasons import our_words, own_words, reason_words, words_for, words_seen

__all__ = [
    "PAGE_SIZE", "Item", "Place", "Selection", "Step", "contribution", "contributions_by_ref",
    "count_waiting", "counts", "history", "items", "items_by_ref", "next_waiting", "place_in_queue",
    "texts", "waiting_lot",
]
__all__ += ["Note", "both", "notes", "our_words", "own_words", "reason_words", "words_for", "words_seen"]
