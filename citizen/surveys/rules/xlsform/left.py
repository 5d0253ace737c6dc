"""What does not fit, told row by row so that nothing is lost unseen."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why something is not carried over."""

    TYPE = "type"
    REPEAT = "repeat"
    UNNAMED = "unnamed"
    NO_LIST = "no_list"
    NO_LABEL = "no_label"
    SAME_NAME = "same_name"
    CONDITION = "condition"
    LIMIT = "limit"
    REQUIRED = "required"
    FILTER = "filter"
    COLUMN = "column"
    LOOKS = "looks"
    MARKUP = "markup"
    LANGUAGE = "language"
    UNPAIRED = "unpaired"
    REFERENCE = "reference"
    # On the way out.
    JUMP = "jump"
    UNIT = "unit"
    DECIMALS = "decimals"
    CODES = "codes"
    EXCLUSIVE = "exclusive"
    HIDDEN = "hidden"
    PLACE_WORDS = "place_words"


@dataclass(frozen=True)
class Left:
    """One thing that is not carried over. ``line`` 0: not of one row. ``value``: as it stands in the file."""

    line: int
    name: str
    why: Why
    value: str = ""
