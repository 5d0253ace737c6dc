"""What a level of anonymity means for figures."""

from citizen.surveys.rules import Level


def least_shown(level: str, k: int) -> int:
    """The fewest people that staff see a figure about. Of a named survey they see every answer anyway."""
    return 1 if level == Level.NAMED else k
