"""Decisions about surveys, from values alone."""

from enum import StrEnum


class Level(StrEnum):
    """How far an answer can be traced to a person; told in the same words to staff and respondents.

    ``NAMED``: staff see who answered what. ``CONFIDENTIAL``: who answered what is kept apart, seen by nobody
    who reads answers, and destroyed when the survey closes. ``ANONYMOUS``: nobody can find out, now or later.
    """

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Channel(StrEnum):
    """How an answer came in."""

    LINK = "link"
    INVITATION = "invitation"
    PAPER = "paper"
    KIOSK = "kiosk"


HELD = "held:"
"""What the pools of answers begin with that are held back."""


class TextState(StrEnum):
    """How far a translation can be trusted. ``STALE``: its source has changed since."""

    MISSING = "missing"
    MACHINE = "machine"
    REVIEWED = "reviewed"
    STALE = "stale"


class Shown(StrEnum):
    """When everybody may see the results."""

    NEVER = "never"
    AFTERWARDS = "afterwards"
    LIVE = "live"


FLOOR, USUAL_K = 3, 5
"""The fewest people a figure may be about, and as few as is usual."""
KEPT_UNFINISHED_DAYS = 14
"""An unfinished answer is gone so many days after it was last touched."""
CORRECTION_DAYS = 7
"""How long an answer can be corrected with its receipt, if the survey is still open."""
