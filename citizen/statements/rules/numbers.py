"""Organisation numbers: their check digits and how they are written."""

import re

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def organisation_number(typed: str, country: str) -> str | None:
    """The number as the country writes it (``212000-1234``, ``987 654 325``); None where it is none."""
    digits = re.sub(r"[\s-]", "", typed)
    if not (digits.isascii() and digits.isdecimal()):
        return None
    if country == "NO":
        valid = len(digits) == 9 and _is_norwegian(digits)
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if valid else None
    # The third digit is at least 2, so that no personal identity number is taken for one.
    valid = len(digits) == 10 and digits[2] >= "2" and _is_luhn(digits)
    return f"{digits[:6]}-{digits[6:]}" if valid else None


def _is_luhn(digits: str) -> bool:
    doubled = (int(d) * (2 - place % 2) for place, d in enumerate(digits))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _is_norwegian(digits: str) -> bool:
    remainder = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11
    return (11 - remainder) % 11 == int(digits[8])
