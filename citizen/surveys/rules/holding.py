"""How many answers of one address count at once, and how often the same may come."""

SHARE = 10
"""A school answers a survey in one hour, all of it behind one address: ten times what ideas have."""

BUSY = 300
"""So many by the open link in one day make it a busy one."""
BUSY_SHARE = 4

REPEATED = 20
"""So often one address may say exactly the same within an hour …"""
FEWEST_ANSWERS = 5
"""… where so many questions were answered. To one or two a whole class says the same."""


def allowance(hold_after: int, *, is_busy: bool) -> int:
    """How many answers from one address within an hour count at once.

    On a busy day an address gets a quarter: many people are many addresses.
    """
    whole = hold_after * SHARE
    return max(1, whole // BUSY_SHARE) if is_busy else whole


def is_repeated(same: int, answered: int) -> bool:
    """Whether the same whole answer has come from one address more often than from people behind it."""
    return answered >= FEWEST_ANSWERS and same > REPEATED
