"""Street addresses and number plates in free text: guesses, often wrong."""

import re
from collections.abc import Iterator

from citizen.analysis.identity import DASHES, SPACES

_WORD = r"[A-ZÅÄÖÆØÉ][\w-]{1,40}"
_OF_TWO = (r"(?:Nya|Gamla|Stora|Lilla|Norra|Södra|Östra|Västra|Övre|Nye|Gamle|Store|Lille|Nordre|Søndre|Østre"
           r"|Vestre|Øvre|Nedre)")
_STREET = (r"(?:gat(?:an|a|e|en)|väg(?:en)?|ve[gi](?:en)?|stig(?:en)?|sti(?:en)?|gränd(?:en)?|allé(?:n|en)?"
           r"|backen|bakken)")
_UNITS = r"(?:km|m|meter|min|minut\w*|gång\w*|gong\w*|ganger|år|kr\w*|procent|prosent|%)"
# A name that ends like a street's, or a street's word behind one or two names; then the number of a house.
_ADDRESS = re.compile(rf"""
    (?<!\w) (?: (?:{_OF_TWO}[{SPACES}])?{_WORD}{_STREET} | (?:{_WORD}[{SPACES}]){{1,2}}{_STREET} )
    [{SPACES}]\d{{1,3}} (?:[{DASHES}]\d{{1,3}} | [{SPACES}]?[A-H](?!\w))?
    (?![\w{DASHES}:]) (?![.,]\d) (?![{SPACES}]{_UNITS}(?!\w))
""", re.VERBOSE)
# These have numbers of their own.
_ROAD = re.compile(r"(?:riks|läns|fylkes|europa|kommun\w{0,3}|skogs|motor|ring)(?:väg|ve[gi])", re.IGNORECASE)
# Swedish plates have no I, Q or V; Norwegian ones two letters and five digits.
_PLATE = re.compile(rf"""
    (?<![\w{DASHES}])
    (?: [A-HJ-PR-UW-Z]{{3}}[{SPACES}]?\d\d[A-HJ-PR-UW-Z\d] | [A-HJ-NPR-Z]{{2}}[{SPACES}]?\d{{5}} )
    (?![\w{DASHES}])
""", re.VERBOSE)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where streets with the number of a house stand."""
    return (match.span() for match in _ADDRESS.finditer(text) if not _ROAD.match(match[0]))


def plates(text: str) -> Iterator[tuple[int, int]]:
    """Where the number plates of cars stand."""
    return (match.span() for match in _PLATE.finditer(text))
