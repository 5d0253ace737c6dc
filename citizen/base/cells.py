"""Text in the cells of a CSV file, where a spreadsheet could take it for a formula.

Written with an apostrophe in front and read back without it, so that what comes in is exactly
what went out. The apostrophe is skipped when the danger is looked for: that makes it reversible.
"""

import re

# Full-width signs are folded into plain ones by some spreadsheets.
_FORMULA = re.compile(r"[\s\"']*[=+\-@\t\r\n＝＋－＠]")
_GUARD = "'"


def guarded(text: str) -> str:
    """The text as it may lie in a cell without being run."""
    return _GUARD + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text behind a cell: takes away what `guarded` put in front."""
    bare = cell.removeprefix(_GUARD)
    return bare if bare != cell and _FORMULA.match(bare) else cell
