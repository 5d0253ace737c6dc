"""Asking for themes to be found."""

from citizen.base import jobs
from citizen.base.jobs import Job
from citizen.themes import queries

KIND = "themes.find"


def subject_of(programme_id: int) -> str:
    """What a job about a programme's themes calls its subject."""
    return f"programme:{programme_id}"


def start_finding(
    programme_id: int, *, user_id: int | None, seed: int = 0, clusters: int | None = None,
    accept: bool = False, wake: bool = True,
) -> tuple[Job, bool]:
    """Leave the finding of themes for a worker, unless it waits or runs already.

    Parameters
    ----------
    clusters : how many themes to find; None is as many as there seem to be.
    accept : whether what is found is used at once; else it waits for somebody's decision, but for the
        first themes of a programme, which take the place of nothing.
    wake : whether a worker is told; not where the caller does the work itself.

    Returns
    -------
    (job, whether it is new).
    """
    queries.hold(programme_id)
    if running := jobs.under_way(KIND, subject_of(programme_id)):
        return running, False
    arguments = {"programme_id": programme_id, "seed": seed, "clusters": clusters, "accept": accept}
    return jobs.enqueue(KIND, subject_of(programme_id), arguments, user_id, wake=wake), True
