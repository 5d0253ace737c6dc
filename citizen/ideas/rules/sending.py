"""How much one address may send before the rest waits apart from the queue; and what reports weigh."""

BUSY = 150
"""So much of one day waiting in a municipality's queue makes it a busy day."""

BUSY_SHARE = 4
KIOSK_SHARE = 4


def allowance(hold_after: int, *, is_kiosk: bool, is_busy: bool) -> int:
    """How much from one address within an hour goes to the queue at once.

    A school class or a library sends as much as it likes; what many people write on one device is more than
    what they write at home. On a busy day an address gets a quarter: many people are many addresses, and
    whoever is the only one to be so busy is a program.
    """
    if is_kiosk:
        return hold_after * KIOSK_SHARE
    return max(1, hold_after // BUSY_SHARE) if is_busy else hold_after
