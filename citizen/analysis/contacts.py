"""Telephone numbers and e-mail addresses in free text, also where they are disguised."""

import re
from collections.abc import Iterator

from citizen.analysis.identity import DASHES, SPACES

# What people write between the digits of a number.
_GAP = rf"[{SPACES}]?[{DASHES}./]?[{SPACES}]?"
_DIGIT = rf"(?:[{SPACES}{DASHES}.]?\d)"
# Codes of Swedish areas behind the 0: one of a digit, those of two, all others of three.
_AREA = r"(?:8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90|[1-9]\d\d)"
_MONEY = rf"(?![{SPACES}]?(?:kr|kron|nok|sek|:-))"
_PHONE = re.compile(rf"""
    # With the code of a country: +47 912 34 567, 0046 (0)70-123 45 67.
    (?<![\d+]) (?:\+|00(?=4[67])) \(?[1-9]\d\)?{_GAP} (?:\(0\){_GAP})? \d{_DIGIT}{{6,11}} (?!\d) {_MONEY}
    # Swedish mobiles.
    | (?<![\d+]) (?<!\d[.,]) \(?07\d\)?{_GAP} \d{_DIGIT}{{6}} (?!\d)
    # Other Swedish numbers, where area and number are parted.
    | (?<![\d+{DASHES}]) (?<!\d[.,:])
      (?: \(0{_AREA}\)[{SPACES}]? | 0{_AREA}[{SPACES}]?[{DASHES}/][{SPACES}]? )
      [1-9](?:[{SPACES}]?\d){{4,7}} (?![{SPACES}{DASHES}./:]?\d)
    # Norwegian ones in pairs: 22 12 34 56. Longer rows of pairs are times or lots.
    | (?<![\d+]) (?<!\d[{SPACES}.,]) [2-9]\d(?:[{SPACES}]\d\d){{3}} (?![{SPACES}]?\d) (?![.,:]\d)
    # Three, two, three: 912 34 567, 800 12 345.
    | (?<![\d+]) (?<!\d[{SPACES}.,]) [489]\d\d(?P<gap>[{SPACES}.{DASHES}])\d\d(?P=gap)\d{{3}}
      (?![{SPACES}]?\d) (?![.,]\d)
    # A Norwegian mobile in a row; a round sum is none.
    | (?<![\d+]) (?<!\d[.,{DASHES}]) [49]\d{{3}}(?!0000)\d{{4}} (?!\d) (?![.,{DASHES}]\d) {_MONEY}
""", re.VERBOSE | re.IGNORECASE)
# Any Norwegian number in a row behind a word that says so; a date is none.
_PHONE_SAID = re.compile(rf"""
    \b(?:tlf|tel|telefon\w{{0,6}}|telephone|phone|mob|mobil\w{{0,6}}|mobile|sms|call|ring|ringe|nummer\w{{0,2}}|numret)
    [.:]{{0,2}}[{SPACES}]{{0,2}}(?:(?:på|on|nr\.?|is|er|är)[{SPACES}])?
    (?P<number>
      (?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))
      (?!(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)
      [2-9]\d{{7}}
    ) (?!\d) (?![.,{DASHES}]\d)
""", re.VERBOSE | re.IGNORECASE)

_NAME = r"(?<![\w.+-])[\w.+-]{1,64}"
# Where an address is disguised, its end has to be one that is in use.
_END = r"(?:no|se|com|net|org|nu|dk|fi|eu|info|io|me|uk|online|email|example)(?!\w)"
_SIGN = r"(?:snabel[- ]?a|krøll-?alfa|alfakrøll|kanelbulle)"
_AT = rf"""(?: [{SPACES}]?[(\[{{<][{SPACES}]?(?:at|a|@|{_SIGN})[{SPACES}]?[)\]}}>][{SPACES}]?
    | [{SPACES}]{_SIGN}[{SPACES}] | [{SPACES}]@[{SPACES}]? | @[{SPACES}]? )"""
_SPOKEN_DOT = rf"[{SPACES}](?:dot|punkt|punktum|prikk)[{SPACES}]"
_DOT = rf"""(?: \. | {_SPOKEN_DOT}
    | [{SPACES}]?[(\[{{<][{SPACES}]?(?:dot|punkt|punktum|prikk|\.)[{SPACES}]?[)\]}}>][{SPACES}]? )"""
_EMAIL = re.compile(rf"""
    {_NAME}@(?:[\w-]{{1,63}}\.){{1,8}}[a-z]{{2,24}}(?!\w)
    | {_NAME}{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,4}}{_END}
    # "At" and a full stop are words of every text: both have to be spoken.
    | {_NAME}[{SPACES}](?:at|@)[{SPACES}]
      (?:[\w-]{{1,63}}(?:\.|{_SPOKEN_DOT})){{0,3}}[\w-]{{1,63}}{_SPOKEN_DOT}{_END}
""", re.VERBOSE | re.IGNORECASE)


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand; one may be told twice."""
    for match in _PHONE.finditer(text):
        yield match.span()
    for match in _PHONE_SAID.finditer(text):
        yield match.span("number")


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand."""
    return (match.span() for match in _EMAIL.finditer(text))
