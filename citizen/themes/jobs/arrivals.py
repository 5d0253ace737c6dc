"""Placing what arrives by what the accepted run has learnt."""

from citizen.analysis.model import Outdated, from_bytes
from citizen.base.db import only_reading
from citizen.base.jobs import RunningJob
from citizen.themes import actions, queries
from citizen.themes.actions import Item
from citizen.themes.jobs.placing import concepts, place_all
from citizen.themes.jobs.reading import word_lists

_PLACED = 0.95


def place_arrivals(job: RunningJob) -> None:
    """Place published texts that nothing has placed as they read now, by what the accepted run learnt.

    Where the word lists have changed since, they stay unsorted until themes are found again.
    """
    programme_id = int(job.arguments["programme_id"])
    job.progress(0.0, "reading")
    with only_reading():
        kept, lists = queries.model(programme_id), word_lists(programme_id)
        if kept is None:
            return
        texts, run_id, raw = queries.waiting_texts(programme_id), kept.run_id, kept.raw
    try:
        model = from_bytes(raw, *lists)
    except Outdated:
        kept = queries.model(programme_id)
        if kept is not None and kept.run_id == run_id:
            kept.outdated = True
        return
    rows = list(place_all(model, texts, lambda share: job.progress(_PLACED * share, "placing")))
    job.progress(_PLACED, "saving")
    queries.hold(programme_id)
    kept = queries.model(programme_id)
    # Other themes may be in use by now; accepting them has asked for another placing.
    if kept is not None and kept.run_id == run_id:
        items = [
            Item(row.contribution_id, row.text_version, row.cluster, row.second, row.confidence,
                 row.reasons, near=[], alike=None)
            for row in rows
        ]
        actions.place_arrivals(kept, programme_id, items, concepts(lists.lexicon, rows))
