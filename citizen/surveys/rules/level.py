"""What a level of anonymity means for figures."""

from citizen.surveys.rules import Level


def least_shown(level: str, k: int) -> int:
    """The fewest people that staff see a figure about. Of a named survey they see every answer anyway."""
    return 1 if level == Level.NAMED else k


def told_count(level: str, k: int, count: int) -> int | None:
    """How many answers have come, as staff are told it; None where those are too few to be told."""
    return None if 0 < count < least_shown(level, k) else count
