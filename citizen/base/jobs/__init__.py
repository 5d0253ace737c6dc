"""Long work: the job table is the truth, the queue only wakes a worker.

A queue's task dies with its worker. So a job's state, progress and heartbeat are rows; whatever a
killed worker left is claimed again, and a result is kept only by the attempt that still owns the
job, in the same transaction that marks it done: it finishes once.
"""

from citizen.base.jobs.leaving import enqueue, enqueue_once, wake_after_commit
from citizen.base.jobs.rows import Job, JobState, cancel, job, latest, under_way
from citizen.base.jobs.running import (
    SILENCE,
    Cancelled,
    Handler,
    JobFailed,
    NotOurs,
    RunningJob,
    Watch,
    run,
)
from citizen.base.jobs.sweeping import put_back, sweep

__all__ = [
    "SILENCE", "Cancelled", "Handler", "Job", "JobFailed", "JobState", "NotOurs", "RunningJob", "Watch",
    "cancel", "enqueue", "enqueue_once", "job", "latest", "put_back", "run", "sweep", "under_way",
    "wake_after_commit",
]
