"""Steps of a job that several workers share: each takes a part, does it, and takes the next.

The worker that has the job lays out the parts as rows, wakes others through the queue and takes
parts itself until none is left: alone it does them all. It waits only for parts that others have
taken, and takes those again whose worker is gone. What a part gives is kept from one taker only;
all of it goes with the attempt of the job that asked for it.
"""

from citizen.base.parts.helping import Opener, Unfit, help_with
from citizen.base.parts.rows import JobPart, JobStep, PartState, shares, tidy
from citizen.base.parts.sharing import share
from citizen.base.parts.taking import Lost, Tell, Work

__all__ = [
    "JobPart", "JobStep", "Lost", "Opener", "PartState", "Tell", "Unfit", "Work", "help_with", "share",
    "shares", "tidy",
]
