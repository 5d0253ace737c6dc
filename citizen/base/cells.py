"""Text in the cells of a file for spreadsheets.

Where one could take it for a formula, it is written with an apostrophe in front and read back without it,
so that what comes in is exactly what went out. The apostrophe is skipped when the danger is looked for:
that makes it reversible.
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


_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet's cell can hold, in UTF-16 units.
_LONGEST = 32_767
_CUT = " … [cut: the whole text is in the CSV and JSON files]"


def legal_in_xlsx(text: str) -> str:
    """The text as a workbook can hold it."""
    if len(text) < _LONGEST and text.isprintable() and not text.startswith("<r>") and text.isascii():
        return text
    text = _XML_FORBIDS.sub("", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The writer would take it for its own markup and put it into the file as it is.
        text += " "
    if len(text) <= _LONGEST // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT
