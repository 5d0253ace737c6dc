"""Word lists a command is given beside those of the package."""

from pathlib import Path

from citizen.analysis.additions import MESSAGES, BadAdditions, read_csv, read_json
from citizen.analysis.jsonlines import BadInput
from citizen.analysis.lexicon import Lexicon, load_lexicon


def read_lexicon_with(path: Path | None) -> Lexicon:
    """Return the lexicon of the package with a municipality's own concepts from a file.

    Raises
    ------
    BadInput
        With a line for every row that is wrong.
    """
    shipped = load_lexicon()
    if path is None:
        return shipped
    read = read_csv if path.suffix.lower() == ".csv" else read_json
    try:
        return shipped.extended(read(path.read_text("utf-8-sig"), shipped))
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8") from None
    except BadAdditions as bad:
        wrong = [f"row {one.row}: {MESSAGES[one.code].format(value=one.value)}" for one in bad.problems]
        raise BadInput("\n  ".join([f"{path}:", *wrong])) from None
