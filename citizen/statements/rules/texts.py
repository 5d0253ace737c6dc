"""Privacy notice and rules: their sections, and how names in braces are filled in."""

import re
from collections.abc import Mapping

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "privacy": (
        "controller", "officer", "purpose", "basis", "stored", "receivers", "period", "record", "rights",
        "authority", "automatic", "transfer",
    ),
    "rules": ("run", "visible", "reasons", "decisions", "unlawful", "withdraw"),
}

NAMES = (
    "municipality", "service", "organisation_number", "address", "email", "phone", "officer", "authority",
)
"""What a text may have in braces."""

_BRACES = re.compile(r"\{([^{}\n]*)\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with the municipality's facts in it.

    A line about a fact that the municipality has not stated is left out.
    """
    lines = [_BRACES.sub(lambda m: values.get(m[1], m[0]), line)
             for line in text.split("\n") if _can_say(line, values)]
    return "\n".join(lines)


def _can_say(line: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name, name) for name in _BRACES.findall(line))


def unknown_names(text: str) -> list[str]:
    """What stands in braces and is no fact that can be filled in."""
    return [name for name in dict.fromkeys(_BRACES.findall(text)) if name not in NAMES]
