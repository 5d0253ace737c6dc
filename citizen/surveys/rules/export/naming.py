"""Names and values that every program takes as they are."""

import re
import unicodedata

_RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
"""What SPSS keeps for itself."""
_LONGEST = 48
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ß": "ss", "đ": "d", "ŋ": "n"})
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 11


def variable(code: str) -> str:
    """A name for a column out of an export code: small letters, digits and ``_``."""
    folded = unicodedata.normalize("NFKD", code.lower().translate(_FOLDED))
    name = re.sub(r"[^a-z0-9]+", "_", folded.encode("ascii", "ignore").decode()).strip("_")[:_LONGEST]
    if not name or not name[0].isalpha() or name in _RESERVED:
        name = f"q_{name}"
    return name.strip("_")


def unlike(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it where it is taken. It is taken from then on."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found


def value(code: str) -> str:
    """An option's export code as a value, never read as a code for a missing answer or as a formula."""
    code = " ".join(code.split())
    return code if re.match(r"\w", code) else f"o{code}"


def submission(number: int) -> str:
    """A submission's random number so that no spreadsheet rounds it: `r` and eleven letters or digits."""
    letters = []
    for _place in range(_ID_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "r" + "".join(reversed(letters))
